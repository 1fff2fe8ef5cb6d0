import type { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DIMENSION, type MetricName, NAMESPACE } from "../config/metrics";

export const ONE_HOUR = 3600;
export const FIVE_MINUTES = 300;
export const ONE_MINUTE = 60;

/** More than one user whom Cognito lets try again: one failed sign-in at night is nobody's page. */
export const FEW = 5;

/** One alarm: what `aws_cloudwatch_metric_alarm` takes, without the provider. */
export type Alarm = Omit<CloudwatchMetricAlarmConfig, "provider">;

/** What is an alarm's own. */
export type Rule = Omit<Alarm, "alarmName" | "comparisonOperator" | "alarmActions" | "okActions">;

/** One metric of the function. */
interface WatchedMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Record<string, string>;
}

/** Log lines arrive late, and with them these metrics: hence M out of N. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Alarms.html */
export const ownMetric = (functionName: string, metricName: MetricName): WatchedMetric => ({
  namespace: NAMESPACE,
  metricName,
  dimensions: { [DIMENSION.functionName]: functionName },
});

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export const lambdaMetric = (functionName: string, metricName: "Errors" | "Throttles"): WatchedMetric => ({
  namespace: "AWS/Lambda",
  metricName,
  dimensions: { FunctionName: functionName },
});
