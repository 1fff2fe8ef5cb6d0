import { ACCESS_CHECKS } from "../../../cli/preflight/access-checks";
import { givenWith } from "../../support/preflight";
import { facts, type Row, testFindings } from "../../support/preflight-findings";

const ROWS: readonly Row[] = [
  [
    "credentials of another account",
    "source-reachable",
    "failed",
    {},
    {
      reach: {
        ...givenWith().reach,
        source: { account: "3", expectedAccount: "1", problem: { found: "belong to account 3", remedy: undefined } },
      },
    },
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
        destination: {
          account: undefined,
          expectedAccount: "2",
          problem: {
            found: "The destination was not found: ResourceNotFoundException.",
            remedy: "Set DESTINATION_PROFILE.",
          },
        },
      },
    },
    /NotFound/,
  ],
];

testFindings(ACCESS_CHECKS, ROWS);

test("what is to be done about a side that did not answer is what the other commands say", () => {
  const problem = { found: "The credentials have expired.", remedy: "aws sso login" };
  const reach = { ...givenWith().reach, source: { account: undefined, expectedAccount: "1", problem } };
  const [source] = ACCESS_CHECKS.map(({ decide }) => decide({ ...facts, ...givenWith({ reach }) }));
  expect(source).toEqual({ state: "failed", found: "The credentials have expired.", remedy: "aws sso login" });
});
