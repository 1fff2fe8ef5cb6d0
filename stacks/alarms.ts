import type { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { DestinationSettings } from "../config/deployment";
import { DEADLINE_MS, DIMENSION, type MetricName, NAMESPACE, SLOW_MS } from "../config/metrics";

const FIVE_MINUTES = 300;
const ONE_MINUTE = 60;

/** More than one user whom Cognito lets try again: one failed sign-in at night is nobody's page. */
const FEW = 5;
/** Of 100 sign-ins: below it one user's trouble, above it everybody's. */
const FAILED_PERCENT = 10;
/** Of 100 sign-ins that can be slow for them. */
const SLOW_PERCENT = 1;
/** Of the quota: what is left is for the bursts that a whole minute hides. */
const QUOTA_SHARE = 0.8;

/** One alarm: what `aws_cloudwatch_metric_alarm` takes, without the provider. */
export type Alarm = Omit<CloudwatchMetricAlarmConfig, "provider">;

/**
 * Everything that an operator is told of without looking, by construct id. Nothing here is a wrong password: refusals ring
 * nothing. Each alarm says by `treatMissingData` what a night without sign-ins means.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function alarmsOf({
  names,
  alarmTopicArn,
  sourceSignInQuota,
}: DestinationSettings): Readonly<Record<string, Alarm>> {
  const alarms = {
    misconfigured: misconfigured(names.function),
    failures: failures(names.function),
    slow: slow(names.function),
    throttled: throttled(names.function),
    "source-quota": sourceQuota(names.function, sourceSignInQuota),
  };
  const actions = alarmTopicArn === undefined ? {} : { alarmActions: [alarmTopicArn], okActions: [alarmTopicArn] };
  return Object.fromEntries(
    Object.entries(alarms).map(([id, { alarmDescription, ...alarm }]) => [
      id,
      {
        alarmName: `${names.function}-${id}`,
        alarmDescription: `${alarmDescription} Dashboard: ${names.dashboard} in CloudWatch. Runbook: "Alarms and dashboard" in docs/runbook.md.`,
        ...alarm,
        comparisonOperator: "GreaterThanOrEqualToThreshold",
        ...actions,
      },
    ]),
  );
}

/** Known before it exists, so that the dashboard can name it without waiting for it. */
export function alarmArn({ userPool }: DestinationSettings, { alarmName }: Alarm): string {
  return `arn:${userPool.partition}:cloudwatch:${userPool.region}:${userPool.account}:alarm:${alarmName}`;
}

type Rule = Omit<Alarm, "alarmName" | "comparisonOperator" | "alarmActions" | "okActions">;

/** Log lines arrive late, and with them these metrics: hence M out of N. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Alarms.html */
const ownMetric = (functionName: string, metricName: MetricName) => ({
  namespace: NAMESPACE,
  metricName,
  dimensions: { [DIMENSION.functionName]: functionName },
});

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
const lambdaMetric = (functionName: string, metricName: "Errors" | "Throttles") => ({
  namespace: "AWS/Lambda",
  metricName,
  dimensions: { FunctionName: functionName },
});

function misconfigured(functionName: string): Rule {
  return {
    alarmDescription:
      "Sign-ins fail for a reason that only an operator can mend: read reason and error_name in the function's log, then run npx cdktf diff source and npx cdktf diff destination.",
    ...ownMetric(functionName, "Misconfigured"),
    statistic: "Sum",
    period: FIVE_MINUTES,
    evaluationPeriods: 3,
    datapointsToAlarm: 1,
    threshold: 1,
    // Written only when something is wrong.
    treatMissingData: "notBreaching",
  };
}

/**
 * What a share is taken of: sign-ins that were handed over or failed. Not those that were refused, and hence not all invocations:
 * anybody can have himself refused as often as he likes, and would dilute every share until nothing rings. Lambda's own count of
 * failures, because a crash or a timeout writes none of ours. Where nobody was handed over, there is no such metric, hence FILL.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
const SIGN_INS = "(errors + FILL(migrated, 0) + FILL(reset, 0))";

function sharesOf(functionName: string) {
  const sum = (metric: ReturnType<typeof ownMetric> | ReturnType<typeof lambdaMetric>) => ({
    ...metric,
    period: FIVE_MINUTES,
    stat: "Sum",
  });
  return {
    sum,
    metrics: [
      { id: "errors", metric: sum(lambdaMetric(functionName, "Errors")) },
      { id: "migrated", metric: sum(ownMetric(functionName, "Migrated")) },
      { id: "reset", metric: sum(ownMetric(functionName, "ResetRequired")) },
    ],
  };
}

/** The floor is on failures, not on sign-ins: a small pool in which everything fails is heard, too. */
function failures(functionName: string): Rule {
  return {
    alarmDescription: `At least ${FEW} sign-ins in five minutes, and ${FAILED_PERCENT} % of those that were handed over or failed, could not be decided: see on the dashboard which reason it is, and do what the runbook says for it.`,
    metricQuery: [
      {
        id: "failed_percent",
        label: "Failed, percent of those that were handed over or failed",
        expression: `IF(errors >= ${FEW}, 100 * errors / ${SIGN_INS}, 0)`,
        returnData: true,
      },
      ...sharesOf(functionName).metrics,
    ],
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    threshold: FAILED_PERCENT,
    // Nobody signed in, so nobody failed.
    treatMissingData: "notBreaching",
  };
}

/** Every slow answer counts, also one that refuses; quick refusals do not count against them, as they would in a percentile. */
function slow(functionName: string): Rule {
  const { sum, metrics } = sharesOf(functionName);
  return {
    alarmDescription: `For ${SLOW_PERCENT} in 100 of those that are handed over or fail somebody waits ${SLOW_MS} ms or longer, and at ${DEADLINE_MS} ms the function gives up: look at the source's own triggers, at LAMBDA_MEMORY_MB and at the AWS status of both Regions.`,
    metricQuery: [
      {
        id: "slow_answers",
        label: "Slow answers, if they are many",
        expression: `IF(${100 / SLOW_PERCENT} * FILL(slow, 0) >= ${SIGN_INS}, FILL(slow, 0), 0)`,
        returnData: true,
      },
      { id: "slow", metric: sum(ownMetric(functionName, "Slow")) },
      ...metrics,
    ],
    // Three of five periods with a slow answer are worth a look in the smallest pool; one is an accident.
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    threshold: 1,
    // Nobody waited.
    treatMissingData: "notBreaching",
  };
}

/** Lambda counts a throttled request neither as an invocation nor as an error. */
function throttled(functionName: string): Rule {
  return {
    alarmDescription: `Lambda turned away at least ${FEW} sign-ins in five minutes: raise LAMBDA_RESERVED_CONCURRENCY, or the account's concurrency, unless somebody is guessing names.`,
    ...lambdaMetric(functionName, "Throttles"),
    statistic: "Sum",
    period: FIVE_MINUTES,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    threshold: FEW,
    // Nobody signed in, so nobody was turned away.
    treatMissingData: "notBreaching",
  };
}

function sourceQuota(functionName: string, perSecond: number): Rule {
  const threshold = Math.ceil(perSecond * QUOTA_SHARE * ONE_MINUTE);
  return {
    alarmDescription: `The function alone uses ${100 * QUOTA_SHARE} % of the ${perSecond} sign-ins per second in SOURCE_SIGN_IN_QUOTA, as a mean over a minute, so that bursts are above it: raise the quota at the source, or lower LAMBDA_RESERVED_CONCURRENCY.`,
    ...ownMetric(functionName, "SourceSignIns"),
    statistic: "Sum",
    period: ONE_MINUTE,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    threshold,
    // Nothing was sent.
    treatMissingData: "notBreaching",
  };
}
