import { QUOTA_CHECKS, reservableConcurrency } from "../../../cli/preflight/quota-checks";
import { decide, facts, given, type Row, testFindings, withConcurrency } from "../../support/preflight-findings";

const ROWS: readonly Row[] = [
  [
    "a quota that the account does not have",
    "source-quota",
    "failed",
    { sourceQuota: 60 },
    {},
    /says 120 requests per second, the source account has 60/,
  ],
  [
    "more sign-ins than the quota",
    "expected-sign-ins",
    "failed",
    withConcurrency(6),
    { expectSignInsPerSecond: 40, ...given({ SOURCE_SIGN_IN_QUOTA: "30", LAMBDA_RESERVED_CONCURRENCY: "6" }) },
    /40 sign-ins per second are 40 requests of the source's 30/,
  ],
  [
    "no limit for the function",
    "concurrency",
    "warning",
    withConcurrency(undefined),
    given({ LAMBDA_RESERVED_CONCURRENCY: "" }),
    /LAMBDA_RESERVED_CONCURRENCY is not set/,
  ],
  [
    "a quota below what one at a time can use",
    "concurrency",
    "warning",
    withConcurrency(1),
    { ...given({ SOURCE_SIGN_IN_QUOTA: "3", LAMBDA_RESERVED_CONCURRENCY: "1" }), expectSignInsPerSecond: 1 },
    /are 5 sign-ins per second; SOURCE_SIGN_IN_QUOTA is 3/,
  ],
  [
    "too low a limit",
    "concurrency",
    "failed",
    {},
    { expectSignInsPerSecond: 100 },
    /are 50 sign-ins per second; 100 are expected/,
  ],
  [
    "too high a limit",
    "concurrency",
    "warning",
    {},
    given({ SOURCE_SIGN_IN_QUOTA: "40" }),
    /SOURCE_SIGN_IN_QUOTA is 40/,
  ],
  ["no log group", "log-retention", "failed", { logGroup: undefined }, {}, /no log group/],
  ["a log for ever", "log-retention", "warning", { logGroup: { logGroupName: "x" } }, {}, /ever instead of 90/],
  ["another retention", "log-retention", "warning", { logGroup: { retentionInDays: 7 } }, {}, /7 days instead of 90/],
  ["missing alarms", "alarms", "warning", { alarms: facts.alarms.slice(1) }, {}, /misconfigured is not there/],
  ["alarms that tell nobody", "alarms", "warning", {}, given({ ALARM_TOPIC_ARN: "" }), /notify nobody/],
  [
    "alarms that are switched off",
    "alarms",
    "warning",
    { alarms: facts.alarms.map((alarm, index) => ({ ...alarm, ActionsEnabled: index > 0 })) },
    {},
    /misconfigured do not tell/,
  ],
];

// What cannot be reserved is not yet deployed, so that other checks find something, too: reservable-concurrency-check.test.ts.
testFindings(
  QUOTA_CHECKS.filter(({ id }) => id !== reservableConcurrency.id),
  ROWS,
);

describe("the line for the reserved concurrency", () => {
  const NO_LIMIT = { SOURCE_SIGN_IN_QUOTA: "", LAMBDA_RESERVED_CONCURRENCY: "", ALARM_TOPIC_ARN: "" };
  const findingFor = (environment: Record<string, string>) =>
    decide(withConcurrency(undefined), { ...given({ ...NO_LIMIT, ...environment }), expectSignInsPerSecond: 0 }).find(
      ({ check }) => check.id === "concurrency",
    )?.finding;
  const lineIn = (text = ""): [string, string] => {
    const [, name = "", value = ""] = /\b(LAMBDA_RESERVED_CONCURRENCY)=(\d+)\b/.exec(text) ?? [];
    return [name, value];
  };

  test("stands in what to do, as .env takes it", () => {
    expect(findingFor({})).toMatchObject({
      state: "warning",
      remedy: expect.stringMatching(/^Put LAMBDA_RESERVED_CONCURRENCY=24, or less, into \.env and deploy destination/),
    });
  });

  test("is taken, passes, and one more would not, whatever the quota", () => {
    for (const quota of [5, 6, 9, 15, 35, 40, 55, 119, 120, 999, 12_345, 49_999]) {
      const SOURCE_SIGN_IN_QUOTA = String(quota);
      const [name, value] = lineIn(findingFor({ SOURCE_SIGN_IN_QUOTA })?.remedy);
      const stateWith = (limit: number) => findingFor({ SOURCE_SIGN_IN_QUOTA, [name]: String(limit) })?.state;
      // Five a second each.
      expect([quota, 5 * Number(value) <= quota, stateWith(Number(value))]).toEqual([quota, true, "passed"]);
      expect([quota, stateWith(Number(value) + 1)]).toEqual([quota, "warning"]);
    }
  });

  test.each(["1", "4", "60000", "100000"])("is one that the settings take, at a quota of %s, too", (quota) => {
    const [name, value] = lineIn(findingFor({ SOURCE_SIGN_IN_QUOTA: quota })?.remedy);
    expect(() => given({ [name]: value })).not.toThrow();
    expect(name).toBe("LAMBDA_RESERVED_CONCURRENCY");
  });

  test("what is expected needs no more than it takes", () => {
    for (const [rate, needed] of [
      [15, 3],
      [30, 6],
      [35, 7],
      [36, 8],
    ] as const) {
      const withLimit = (limit: number) =>
        decide(withConcurrency(limit), {
          ...given({ LAMBDA_RESERVED_CONCURRENCY: String(limit) }),
          expectSignInsPerSecond: rate,
        }).find(({ check }) => check.id === "concurrency")?.finding;
      expect([rate, withLimit(needed)?.state]).toEqual([rate, "passed"]);
      expect(withLimit(needed - 1)).toMatchObject({
        state: "failed",
        remedy: expect.stringContaining(`=${needed} or`),
      });
    }
  });
});
