import { answer, logOf } from "../../scripts/dashboard/log-query";
import type { Invocation } from "../../scripts/dashboard/simulated-month";

const made = (at: number, rest: Partial<Invocation>): Invocation => ({
  at,
  outcome: "migrated",
  durationMs: 100,
  coldStart: false,
  sourceSignIns: 1,
  forgotten: false,
  droppedAttributes: [],
  secondFactor: false,
  ...rest,
});

const LOG = logOf(
  [
    made(1, { droppedAttributes: ["nickname", "address"] }),
    made(2, { droppedAttributes: ["nickname"] }),
    made(3, {}),
    made(4, { outcome: "mfa" }),
    made(5, { outcome: "throttled", errorName: "TooManyRequestsException" }),
    made(6, { outcome: "throttled", errorName: "TooManyRequestsException" }),
    made(7, { outcome: undefined }),
    made(99, { outcome: "throttled" }),
  ],
  { from: 0, to: 99 },
);

test("a crash writes no line, and nothing outside the range counts", () => {
  expect(LOG).toHaveLength(6);
  expect(LOG[4]).toMatchObject({
    level: "ERROR",
    outcome: "failed",
    reason: "throttled",
    error_name: "TooManyRequestsException",
  });
});

test("counts the items of a list, the most frequent first", () => {
  const query =
    "SOURCE 'x' | filter ispresent(dropped_attributes.0) | fields jsonParse(@message) as line | unnest line.dropped_attributes into attribute | stats count(*) as users by attribute | sort users desc | limit 10";
  expect(answer(query, LOG)).toEqual([
    { attribute: "nickname", users: 2 },
    { attribute: "address", users: 1 },
  ]);
});

test("counts by two fields what either condition lets through", () => {
  const query =
    'SOURCE \'x\' | filter level = "ERROR" or reason in ["mfa", "challenge"] | stats count(*) as times by reason, error_name | sort times desc | limit 1';
  expect(answer(query, LOG)).toEqual([{ reason: "throttled", error_name: "TooManyRequestsException", times: 2 }]);
  expect(answer(query.replace(" | limit 1", ""), LOG)[1]).toEqual({ reason: "mfa", error_name: undefined, times: 1 });
});

test.each(["display outcome", "filter outcome like /x/", "stats avg(duration_ms) by outcome"])(
  "refuses %s",
  (command) => {
    expect(() => answer(`SOURCE 'x' | ${command}`, LOG)).toThrow("not known here");
  },
);

test("refuses a query without a log group", () => {
  expect(() => answer("filter ispresent(outcome)", LOG)).toThrow("no log group");
});
