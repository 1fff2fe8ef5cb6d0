import { DIMENSION, type MetricName, NAMESPACE } from "./metrics";
import type { TokenMetricName } from "./token-metrics";

export const ONE_HOUR = 3600;
export const FIVE_MINUTES = 300;
export const ONE_MINUTE = 60;

/** More than one user whom Cognito lets try again: one failed sign-in at night is nobody's page. */
export const FEW = 5;

/** One metric of the function. */
export interface WatchedMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Record<string, string>;
}

/** A metric, or an expression of others. */
interface MetricQuery {
  readonly id: string;
  readonly label?: string;
  readonly expression?: string;
  readonly metric?: WatchedMetric & { readonly period: number; readonly stat: string };
  readonly returnData?: boolean;
}

/** What is an alarm's own: either one metric or queries. Times in seconds. */
export interface Rule extends Partial<WatchedMetric> {
  readonly alarmDescription: string;
  readonly metricQuery?: MetricQuery[];
  readonly statistic?: string;
  readonly period?: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly threshold: number;
}

/** One alarm: what `aws_cloudwatch_metric_alarm` takes, without the provider. */
export interface Alarm extends Rule {
  readonly alarmName: string;
  readonly comparisonOperator: string;
  readonly treatMissingData: string;
  readonly alarmActions?: string[];
  readonly okActions?: string[];
}

/** Log lines arrive late, and with them these metrics: hence M out of N. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Alarms.html */
export const ownMetric = (functionName: string, metricName: MetricName | TokenMetricName): WatchedMetric => ({
  namespace: NAMESPACE,
  metricName,
  dimensions: { [DIMENSION.functionName]: functionName },
});

/** https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export const lambdaMetric = (functionName: string, metricName: "Errors" | "Throttles" | "Duration"): WatchedMetric => ({
  namespace: "AWS/Lambda",
  metricName,
  dimensions: { FunctionName: functionName },
});
