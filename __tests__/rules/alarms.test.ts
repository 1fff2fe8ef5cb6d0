import { parseDeployment } from "../../config/deployment";
import { alarmArn, alarmNamesOf, alarmsOf } from "../../rules/alarms";
import { exists } from "../support/metrics";
import { BOTH } from "../support/settings";
import { type Json, resources, synthesized } from "../support/stacks";

const FUNCTION = "cognito_migration_customers";
const TOPIC = "arn:aws:sns:eu-central-1:222222222222:operators";

function alarms(env: Record<string, string> = {}): Record<string, Json> {
  const all = Object.entries(resources(synthesized({ ...BOTH, ...env }).destination));
  return Object.fromEntries(
    all
      .filter(([address]) => address.startsWith("aws_cloudwatch_metric_alarm."))
      .map(([address, alarm]) => [address.replace("aws_cloudwatch_metric_alarm.alarm-", ""), alarm]),
  );
}

/** The destination of those settings. */
function migration() {
  const { destination } = parseDeployment(BOTH);
  if (destination === undefined) throw new Error("no destination");
  return destination;
}

const COMMON = {
  provider: "aws.destination",
  alarm_description: expect.stringMatching(
    /\. Dashboard: cognito_migration_customers in CloudWatch\. Runbook: "Alarms and dashboard" in docs\/runbook\.md\.$/,
  ),
  comparison_operator: "GreaterThanOrEqualToThreshold",
};
const OWN = { namespace: "CognitoMigration", dimensions: { FunctionName: FUNCTION } };
const LAMBDA = { namespace: "AWS/Lambda", dimensions: { FunctionName: FUNCTION } };

const SIGN_INS = [
  { id: "errors", metric: { ...LAMBDA, metric_name: "Errors", period: 300, stat: "Sum" } },
  { id: "migrated", metric: { ...OWN, metric_name: "Migrated", period: 300, stat: "Sum" } },
];

test("seven alarms and no other, each complete", () => {
  expect(alarms()).toEqual({
    misconfigured: {
      ...COMMON,
      ...OWN,
      alarm_name: `${FUNCTION}-misconfigured`,
      metric_name: "Misconfigured",
      statistic: "Sum",
      period: 300,
      evaluation_periods: 3,
      datapoints_to_alarm: 1,
      threshold: 1,
      treat_missing_data: "notBreaching",
    },
    failures: {
      ...COMMON,
      alarm_name: `${FUNCTION}-failures`,
      metric_query: [
        {
          id: "failed_percent",
          label: "Failed, percent of those that were handed over with the password or failed",
          expression: "IF(errors >= 5, 100 * errors / (errors + FILL(migrated, 0)), 0)",
          return_data: true,
        },
        ...SIGN_INS,
      ],
      evaluation_periods: 1,
      datapoints_to_alarm: 1,
      threshold: 10,
      treat_missing_data: "notBreaching",
    },
    slow: {
      ...COMMON,
      alarm_name: `${FUNCTION}-slow`,
      metric_query: [
        {
          id: "slow_answers",
          label: "Slow answers, if they are many",
          expression: "IF(100 * FILL(slow, 0) >= (errors + FILL(migrated, 0)), FILL(slow, 0), 0)",
          return_data: true,
        },
        { id: "slow", metric: { ...OWN, metric_name: "Slow", period: 300, stat: "Sum" } },
        ...SIGN_INS,
      ],
      evaluation_periods: 5,
      datapoints_to_alarm: 3,
      threshold: 1,
      treat_missing_data: "notBreaching",
    },
    "forgot-password": {
      ...COMMON,
      alarm_name: `${FUNCTION}-forgot-password`,
      metric_query: [
        {
          id: "walked",
          label: "Came over by forgot password, if no fewer than with the password",
          expression: "IF(FILL(forgotten, 0) >= FILL(migrated, 0), FILL(forgotten, 0), 0)",
          return_data: true,
        },
        { id: "forgotten", metric: { ...OWN, metric_name: "ForgottenPasswords", period: 3600, stat: "Sum" } },
        { id: "migrated", metric: { ...OWN, metric_name: "Migrated", period: 3600, stat: "Sum" } },
      ],
      evaluation_periods: 1,
      datapoints_to_alarm: 1,
      threshold: 20,
      treat_missing_data: "notBreaching",
    },
    throttled: {
      ...COMMON,
      ...LAMBDA,
      alarm_name: `${FUNCTION}-throttled`,
      metric_name: "Throttles",
      statistic: "Sum",
      period: 300,
      evaluation_periods: 1,
      datapoints_to_alarm: 1,
      threshold: 5,
      treat_missing_data: "notBreaching",
    },
    "source-quota": {
      ...COMMON,
      ...OWN,
      alarm_name: `${FUNCTION}-source-quota`,
      metric_name: "SourceSignIns",
      statistic: "Sum",
      period: 60,
      evaluation_periods: 5,
      datapoints_to_alarm: 3,
      // 80 % of 120 a second, in a minute.
      threshold: 5760,
      treat_missing_data: "notBreaching",
    },
    tried: {
      ...COMMON,
      ...OWN,
      alarm_name: `${FUNCTION}-tried`,
      metric_name: "Tried",
      statistic: "Sum",
      period: 300,
      evaluation_periods: 3,
      datapoints_to_alarm: 1,
      threshold: 1,
      treat_missing_data: "notBreaching",
    },
  });
});

test("the names that a command looks for are those of the alarms", () => {
  const destination = migration();
  expect(alarmNamesOf(destination).toSorted()).toEqual(
    Object.values(alarms())
      .map((alarm) => alarm["alarm_name"])
      .toSorted(),
  );
});

test("an alarm's ARN is in the account and the Region of the destination", () => {
  const destination = migration();
  const { failures } = alarmsOf(destination);
  expect(failures && alarmArn(destination, failures)).toBe(
    `arn:aws:cloudwatch:eu-central-1:222222222222:alarm:${FUNCTION}-failures`,
  );
});

test("a topic hears of every alarm and of its end; without one nobody is called", () => {
  for (const alarm of Object.values(alarms({ ALARM_TOPIC_ARN: TOPIC })))
    expect(alarm).toMatchObject({ alarm_actions: [TOPIC], ok_actions: [TOPIC] });
  for (const alarm of Object.values(alarms())) {
    expect(alarm).not.toHaveProperty("alarm_actions");
    expect(alarm).not.toHaveProperty("ok_actions");
  }
});

test("whoever hears that a list is walked through hears what to do", () => {
  const { alarm_description } = alarms()["forgot-password"] ?? {};
  expect(alarm_description).toContain("set FORGOT_PASSWORD=refuse and deploy destination");
});

test("the alarm on the quota follows the setting", () => {
  const { "source-quota": alarm } = alarms({ SOURCE_SIGN_IN_QUOTA: "40" });
  expect(alarm.threshold).toBe(1920);
  expect(alarm.alarm_description).toContain("80 % of the 40 sign-ins per second");
});

test("the alarm on the quota rings at four fifths of any quota, and not a sign-in later", () => {
  const destination = migration();
  for (let quota = 1; quota <= 1000; quota++) {
    // Counted up, where the code divides.
    let fourFifths = 0;
    while (5 * fourFifths < 4 * 60 * quota) fourFifths++;
    const { threshold } = alarmsOf({ ...destination, sourceSignInQuota: quota })["source-quota"] ?? {};
    expect([quota, threshold]).toEqual([quota, fourFifths]);
  }
});

test("each watches metrics that exist, of this function", () => {
  for (const [id, alarm] of Object.entries(alarms())) {
    const queries = (alarm.metric_query ?? [alarm]).map((query: Json) => query.metric ?? query);
    const metrics = queries.filter((query: Json) => query.expression === undefined);
    expect([id, metrics.length]).not.toEqual([id, 0]);
    for (const { namespace, metric_name, dimensions } of metrics)
      expect([id, metric_name, exists(namespace, metric_name, dimensions, FUNCTION)]).toEqual([id, metric_name, true]);
  }
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html */
test("each is within CloudWatch's limits", () => {
  for (const alarm of Object.values(alarms())) {
    expect(alarm.alarm_name).toMatch(/^[\x20-\x7e]{1,255}$/);
    expect(alarm.alarm_description.length).toBeLessThanOrEqual(1024);
    expect(alarm.datapoints_to_alarm).toBeLessThanOrEqual(alarm.evaluation_periods);
    const period = alarm.period ?? alarm.metric_query[1].metric.period;
    expect(period * alarm.evaluation_periods).toBeLessThanOrEqual(86_400);
  }
});
