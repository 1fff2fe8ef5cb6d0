import type { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { DestinationSettings } from "../config/deployment";
import { DEADLINE_MS, DIMENSION, type MetricName, NAMESPACE } from "../config/metrics";

const FIVE_MINUTES = 300;
const ONE_MINUTE = 60;

/** More than one user whom Cognito lets try again: one failed sign-in at night is nobody's page. */
const FEW = 5;
/** Of 100 sign-ins: below it one user's trouble, above it everybody's. */
const FAILED_PERCENT = 10;
/** Near enough to the deadline that the slowest users soon fail. */
const SLOW_MS = DEADLINE_MS - 700;
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
        alarmDescription: `${alarmDescription} Runbook: "Alarms and dashboard" in docs/runbook.md.`,
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
const lambdaMetric = (functionName: string, metricName: "Errors" | "Invocations" | "Throttles") => ({
  namespace: "AWS/Lambda",
  metricName,
  dimensions: { FunctionName: functionName },
});

function misconfigured(functionName: string): Rule {
  return {
    alarmDescription:
      "Sign-ins fail for a reason that only an operator can mend: read reason and error_name in the function's log, then run cdktf diff on both stacks.",
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
 * Lambda's own metrics, because a crash or a timeout writes none of ours. The floor is on failures, not on invocations: a
 * small pool in which everything fails is heard, too.
 */
function failures(functionName: string): Rule {
  const sum = (name: "Errors" | "Invocations") => ({
    ...lambdaMetric(functionName, name),
    period: FIVE_MINUTES,
    stat: "Sum",
  });
  return {
    alarmDescription: `At least ${FEW} sign-ins in five minutes, and ${FAILED_PERCENT} % of all, could not be decided: see on the dashboard which reason it is, and do what the runbook says for it.`,
    metricQuery: [
      {
        id: "failed_percent",
        label: "Failed invocations, percent",
        expression: `IF(errors >= ${FEW}, 100 * errors / invocations, 0)`,
        returnData: true,
      },
      { id: "errors", metric: sum("Errors") },
      { id: "invocations", metric: sum("Invocations") },
    ],
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    threshold: FAILED_PERCENT,
    // Nobody signed in, so nobody failed.
    treatMissingData: "notBreaching",
  };
}

function slow(functionName: string): Rule {
  return {
    alarmDescription: `One user in a hundred waits ${SLOW_MS} ms or longer, and at ${DEADLINE_MS} ms the function gives up: look at the source's own triggers, at LAMBDA_MEMORY_MB and at the AWS status of both Regions.`,
    ...ownMetric(functionName, "Duration"),
    extendedStatistic: "p99",
    period: FIVE_MINUTES,
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    threshold: SLOW_MS,
    // CloudWatch would want 1000 sign-ins before it believes a p99; with fewer it is the slowest one, and three of five
    // periods with such a one are worth a look. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html
    evaluateLowSampleCountPercentiles: "evaluate",
    // Nobody waited, so nobody knows whether it is over.
    treatMissingData: "ignore",
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
