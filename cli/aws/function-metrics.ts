import { type MetricDataQuery, paginateGetMetricData } from "@aws-sdk/client-cloudwatch";
import { DIMENSION, type MetricName, NAMESPACE } from "../../rules/metrics";
import type { TokenMetricName } from "../../rules/token-metrics";
import type { ConfirmedPool } from "./confirmed-pool";
import { becauseOf } from "./explain-aws-error";

/** One of a function's metrics: the whole, or that of one reason. */
export interface CountedMetric {
  readonly name: MetricName | TokenMetricName | "Errors";
  readonly reason?: string;
  /** Ours, where it is absent. Lambda's: https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
  readonly namespace?: typeof NAMESPACE | "AWS/Lambda";
  /** Of all the time: the sum where it is absent, else the greatest value, or 0 where there is none. */
  readonly stat?: "Sum" | "Maximum";
}

const DAY_SECONDS = 86_400;

/** CloudWatch keeps points of an hour and more for 455 days. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export const METRICS_KEPT_DAYS = 455;

/** Sums up metrics of a function over time. @returns one number for each metric, or why there is none: who may list users need not see metrics. */
export async function sumMetrics(
  { aws }: Pick<ConfirmedPool, "aws">,
  functionName: string,
  metrics: readonly CountedMetric[],
  { from, to, signal }: { readonly from: Date; readonly to: Date; readonly signal: AbortSignal },
): Promise<readonly number[] | { readonly because: string }> {
  const sums = metrics.map(() => 0);
  const queries = metrics.map((metric, at) => queryOf(metric, at, functionName));
  const complete = new Set<string>();
  try {
    const pages = paginateGetMetricData(
      { client: aws.cloudWatch() },
      { MetricDataQueries: queries, StartTime: from, EndTime: to },
      { abortSignal: signal },
    );
    for await (const { MetricDataResults = [] } of pages)
      for (const { Id = "", StatusCode, Values = [] } of MetricDataResults) {
        if (StatusCode === "Complete") complete.add(Id);
        const at = Number(Id.slice(1));
        const isGreatest = metrics[at]?.stat === "Maximum";
        sums[at] = Values.reduce((all, value) => (isGreatest ? Math.max(all, value) : all + value), sums[at] ?? 0);
      }
    // What CloudWatch could not read is no zero. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDataResult.html
    return complete.size === queries.length
      ? sums
      : { because: `CloudWatch has read ${complete.size} of ${queries.length} metrics to the end. Run it again.` };
  } catch (error) {
    return becauseOf(error, signal);
  }
}

function queryOf(
  { name, reason, namespace = NAMESPACE, stat = "Sum" }: CountedMetric,
  at: number,
  functionName: string,
): MetricDataQuery {
  return {
    Id: `m${at}`,
    MetricStat: {
      Metric: {
        Namespace: namespace,
        MetricName: name,
        Dimensions: [
          { Name: DIMENSION.functionName, Value: functionName },
          ...(reason === undefined ? [] : [{ Name: DIMENSION.reason, Value: reason }]),
        ],
      },
      Period: DAY_SECONDS,
      Stat: stat,
    },
  };
}
