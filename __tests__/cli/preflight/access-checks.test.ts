import { ACCESS_CHECKS } from "../../../cli/preflight/access-checks";
import { givenWith } from "../../support/preflight";
import { type Row, testFindings } from "../../support/preflight-findings";

const ROWS: readonly Row[] = [
  [
    "credentials of another account",
    "source-reachable",
    "failed",
    {},
    { reach: { ...givenWith().reach, source: { account: "3", expectedAccount: "1", problem: "belong to account 3" } } },
    /account 3/,
  ],
  [
    "no account in the settings",
    "source-reachable",
    "warning",
    {},
    { reach: { ...givenWith().reach, source: { account: "3", expectedAccount: undefined, problem: undefined } } },
    /no setting/,
  ],
  [
    "a destination that is not there",
    "destination-reachable",
    "failed",
    {},
    {
      reach: {
        ...givenWith().reach,
        destination: { account: undefined, expectedAccount: "2", problem: "ResourceNotFoundException" },
      },
    },
    /NotFound/,
  ],
];

testFindings(ACCESS_CHECKS, ROWS);
