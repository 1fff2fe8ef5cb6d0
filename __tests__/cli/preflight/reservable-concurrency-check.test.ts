import type { State } from "../../../cli/preflight/check";
import { reservableConcurrency } from "../../../cli/preflight/quota-checks";
import { givenWith } from "../../support/preflight";
import { facts, given } from "../../support/preflight-findings";

interface Shape {
  readonly account: { readonly limit: number; readonly unreserved: number };
  /** What the function has by now; undefined where there is no function. */
  readonly own: number | "none" | undefined;
  readonly wanted: string;
}

const found = ({ account, own, wanted }: Shape) =>
  reservableConcurrency.decide({
    ...facts,
    ...givenWith(given({ LAMBDA_RESERVED_CONCURRENCY: wanted })),
    accountConcurrency: account,
    function:
      own === undefined ? undefined : { configuration: {}, reservedConcurrency: own === "none" ? undefined : own },
  });

const SMALL = { limit: 10, unreserved: 10 };
const USUAL = { limit: 1000, unreserved: 1000 };
const NEARLY_ALL = { limit: 1000, unreserved: 100 };

test.each<[string, Shape, State, string, string?]>([
  ["a new account", { account: SMALL, own: undefined, wanted: "10" }, "failed", "can reserve none", "to 110 or more"],
  ["a new account, the least", { account: SMALL, own: "none", wanted: "1" }, "failed", "can reserve none", "leave the"],
  ["a new account, nothing wanted", { account: SMALL, own: "none", wanted: "" }, "warning", "none.", "before you set"],
  [
    "100 in all",
    { account: { limit: 100, unreserved: 100 }, own: undefined, wanted: "1" },
    "failed",
    "can reserve none",
  ],
  ["101 in all", { account: { limit: 101, unreserved: 101 }, own: undefined, wanted: "1" }, "passed", "up to 1;"],
  [
    "the usual account",
    { account: USUAL, own: undefined, wanted: "10" },
    "passed",
    "up to 900; LAMBDA_RESERVED_CONCURRENCY is 10",
  ],
  ["the usual account, nothing wanted", { account: USUAL, own: "none", wanted: "" }, "passed", "up to 900;"],
  ["the usual account, all that there is", { account: USUAL, own: "none", wanted: "900" }, "passed", "up to 900;"],
  [
    "the usual account, one more",
    { account: USUAL, own: "none", wanted: "901" },
    "failed",
    "up to 900;",
    "to 1001 or more, or set LAMBDA_RESERVED_CONCURRENCY=900",
  ],
  [
    "900 reserved by others",
    { account: NEARLY_ALL, own: "none", wanted: "10" },
    "failed",
    "can reserve none",
    "to 1010 or",
  ],
  [
    "900 reserved, ten of them its own",
    { account: NEARLY_ALL, own: 10, wanted: "10" },
    "passed",
    "10 reserved for this function",
  ],
  [
    "900 reserved, ten of them its own, more wanted",
    { account: NEARLY_ALL, own: 10, wanted: "11" },
    "failed",
    "up to 10;",
  ],
  [
    "900 reserved, fifty its own, some left",
    { account: { limit: 1000, unreserved: 150 }, own: 50, wanted: "100" },
    "passed",
    "up to 100;",
  ],
  [
    "a small account that AWS let reserve",
    { account: { limit: 60, unreserved: 50 }, own: 10, wanted: "10" },
    "passed",
    "up to 10;",
  ],
])("%s", (_, shape, state, said, remedy = "") => {
  const finding = found(shape);
  expect(finding).toMatchObject({ state, found: expect.stringContaining(said) });
  expect(finding.remedy ?? "").toContain(remedy);
});
