import { tokenAlarms } from "../../rules/token-alarms";

const DIMENSIONS = { dimensions: { FunctionName: "fn" } };
const AT_THE_FIRST = { statistic: "Sum", period: 300, evaluationPeriods: 3, datapointsToAlarm: 1, threshold: 1 };
const lambda = (metricName: string) => ({ namespace: "AWS/Lambda", metricName, ...DIMENSIONS });
const own = (metricName: string) => ({ namespace: "CognitoMigration", metricName, ...DIMENSIONS });
/** What has happened, and what to do. */
const says = (...words: string[]) => expect.stringMatching(new RegExp(words.join(".*")));
const OFF = "take the function off the pool with the command detach";

const ALWAYS = {
  "token-errors": {
    alarmDescription: says("crashed or run out of time", "a sign-in has failed", "read its log", OFF),
    ...lambda("Errors"),
    ...AT_THE_FIRST,
  },
  "token-throttles": {
    alarmDescription: says("turned away", "a sign-in has failed", "concurrency", OFF),
    ...lambda("Throttles"),
    ...AT_THE_FIRST,
  },
  "token-slow": {
    alarmDescription: says("2500 ms or longer", "5000 ms", "LAMBDA_MEMORY_MB", OFF),
    ...lambda("Duration"),
    statistic: "Maximum",
    period: 300,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    threshold: 2500,
  },
  "token-failed": {
    alarmDescription: says("without the groups that they should have", "error_name", "cdktf diff"),
    ...own("TokenFailed"),
    ...AT_THE_FIRST,
  },
};

test("four alarms, each complete", () => {
  expect(tokenAlarms("fn")).toEqual(ALWAYS);
  expect(tokenAlarms("fn", false)).toEqual(ALWAYS);
});

test("and a fifth where memberships are demanded", () => {
  expect(tokenAlarms("fn", true)).toEqual({
    ...ALWAYS,
    "token-memberships-left": {
      alarmDescription: says("has not been made", "GROUPS_OR_REFUSE", "groups with --apply"),
      ...own("MembershipsLeft"),
      ...AT_THE_FIRST,
    },
  });
});
