import { QUOTA_CHECKS } from "../../../cli/preflight/quota-checks";
import { facts, given, type Row, testFindings, withConcurrency } from "../../support/preflight-findings";

const ROWS: readonly Row[] = [
  [
    "a quota that the account does not have",
    "source-quota",
    "failed",
    { sourceQuota: 60 },
    {},
    /says 120 requests per second, the account has 60/,
  ],
  [
    "more sign-ins than the quota",
    "expected-sign-ins",
    "failed",
    withConcurrency(6),
    { expectSignInsPerSecond: 40, ...given({ SOURCE_SIGN_IN_QUOTA: "30", LAMBDA_RESERVED_CONCURRENCY: "6" }) },
    /40 sign-ins per second are 40 requests of 30/,
  ],
  [
    "no limit for the function",
    "concurrency",
    "warning",
    withConcurrency(undefined),
    given({ LAMBDA_RESERVED_CONCURRENCY: "" }),
    /no limit/,
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

testFindings(QUOTA_CHECKS, ROWS);
