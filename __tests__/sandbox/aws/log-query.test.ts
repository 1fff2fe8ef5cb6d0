import { answer } from "../../../sandbox/aws/log-query";
import type { Invocation } from "../../constructs/month/invocation";
import { logOf } from "../../constructs/month/simulated-log";

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

const SIGN_INS = [
  { user: "a", at: 1_000, "@timestamp": 1_000 },
  { user: "b", at: 2_000, "@timestamp": 2_000 },
  { user: "a", at: 61_500, "@timestamp": 61_500 },
];

test("adds up, group by group, and then over the groups", () => {
  const perUser =
    "SOURCE 'x' | fields toMillis(@timestamp) as ms | stats count(*) as times, (max(ms) - min(ms)) / 1000 as seconds by user";
  expect(answer(perUser, SIGN_INS)).toEqual([
    { user: "a", times: 2, seconds: 60.5 },
    { user: "b", times: 1, seconds: 0 },
  ]);
  expect(answer(`${perUser} | stats sum(times) as all, max(seconds) as longest, count(*) as users`, SIGN_INS)).toEqual([
    { all: 3, longest: 60.5, users: 2 },
  ]);
});

test.each([
  ["1 + 2 * 3 as x", 7],
  ["(1 + 2) * 3 as x", 9],
  ["10 - 2 - 3 as x", 5],
  ["least(floor(at / 1000), 7, 9) as x", 1],
])("reckons %s", (fields, x) => {
  expect(answer(`SOURCE 'x' | fields ${fields}`, SIGN_INS.slice(0, 1))[0]).toMatchObject({ x });
});

test("tells values apart, and leaves out lines without one", () => {
  expect(answer("SOURCE 'x' | stats count_distinct(user) as users", [...SIGN_INS, { at: 5 }])).toEqual([{ users: 2 }]);
});

test("shows the fields that it is asked for, and no others", () => {
  expect(answer("SOURCE 'x' | sort at desc | limit 2 | display user, nothing", SIGN_INS)).toEqual([
    { user: "a", nothing: undefined },
    { user: "b", nothing: undefined },
  ]);
});

test("nothing at all has no row", () => {
  expect(answer("SOURCE 'x' | stats count(*) as users", [])).toEqual([]);
});

test.each([
  "display outcome as kind",
  "filter outcome like /x/",
  "stats avg(duration_ms) as mean by outcome",
  "stats count(*) by outcome",
  "fields at + as x",
  "fields (at as x",
  "fields at at as x",
  "fields 'at' as x",
])("refuses %s", (command) => {
  expect(() => answer(`SOURCE 'x' | ${command}`, LOG)).toThrow("not known here");
});

test("refuses a query without a log group", () => {
  expect(() => answer("filter ispresent(outcome)", LOG)).toThrow("no log group");
});
