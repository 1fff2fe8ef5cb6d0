import { POOL_CHECKS } from "../../../cli/preflight/pool-checks";
import { decide, facts, type Row, stateOf, testFindings } from "../../support/preflight-findings";

const { source, destination, destinationReplicas } = facts;

const ROWS: readonly Row[] = [
  [
    "a source that can be deleted",
    "deletion-protection",
    "warning",
    { source: { ...source, DeletionProtection: "INACTIVE" } },
    {},
    /inactive in the source\.$/,
  ],
  [
    "two pools that can be deleted, of which AWS tells nothing",
    "deletion-protection",
    "warning",
    {
      source: { ...source, DeletionProtection: undefined },
      destination: { ...destination, DeletionProtection: undefined },
    },
    {},
    /inactive in the source and the destination\.$/,
  ],
  [
    "a replica elsewhere",
    "replication",
    "warning",
    { destinationReplicas: [...destinationReplicas, { RegionName: "us-west-2", Role: "SECONDARY", Status: "ACTIVE" }] },
    {},
    /has a replica in us-west-2 \(ACTIVE\)\. .*nobody migrates while it answers/,
  ],
  [
    "a destination that is the replica",
    "replication",
    "failed",
    {
      destinationReplicas: [
        { RegionName: "us-west-2", Role: "PRIMARY", Status: "ACTIVE" },
        { RegionName: "eu-central-1", Role: "SECONDARY", Status: "ACTIVE" },
      ],
    },
    {},
    /in eu-central-1 is a secondary user pool/,
  ],
];

testFindings(POOL_CHECKS, ROWS);

test("a pool that was never replicated may have no list", () => {
  expect(stateOf(decide({ destinationReplicas: [] }, {}), "replication")).toBe("passed");
});
