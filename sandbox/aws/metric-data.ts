import { jsonOf } from "./json-of";
import { invalidParameter } from "./user-pool/exception";
import type { Body } from "./user-pool/input";

interface Directive {
  readonly Namespace: string;
  readonly Dimensions: readonly (readonly string[])[];
  readonly Metrics: readonly { readonly Name: string }[];
}

/** A log line in the embedded metric format. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
type MetricLine = Readonly<Record<string, unknown>> & {
  readonly _aws: { readonly Timestamp: number; readonly CloudWatchMetrics: readonly Directive[] };
};

export interface MetricDataQuery {
  readonly Id: string;
  readonly MetricStat: {
    readonly Metric: {
      readonly Namespace: string;
      readonly MetricName: string;
      readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
    };
    readonly Period: number;
    readonly Stat: string;
  };
}

/**
 * GetMetricData over the metrics that log lines hold, as sums or greatest values of whole periods, all on one page. Lambda's own it does not have.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetMetricData.html
 *
 * @throws InvalidParameterException for another statistic.
 */
export function metricData(logLines: readonly string[], body: Body): object {
  const from = Number(body["StartTime"]) * 1000;
  const to = Number(body["EndTime"]) * 1000;
  const lines = logLines.flatMap(metricLine).filter(({ _aws: { Timestamp: at } }) => at >= from && at < to);
  const queries = body["MetricDataQueries"] as readonly MetricDataQuery[];
  return {
    MetricDataResults: queries.map((query) => {
      const sums = [...valuesOf(lines, query)].sort(([a], [b]) => b - a);
      return {
        Id: query.Id,
        StatusCode: "Complete",
        Timestamps: sums.map(([second]) => second),
        Values: sums.map(([, sum]) => sum),
      };
    }),
  };
}

/** What is no line of metrics CloudWatch leaves alone. */
function metricLine(line: string): MetricLine[] {
  const parsed = jsonOf(line) as Partial<MetricLine> | null | undefined;
  return parsed?._aws?.CloudWatchMetrics === undefined ? [] : [parsed as MetricLine];
}

/** @returns the statistic of each period that has a value, by its first second. */
function valuesOf(
  lines: readonly MetricLine[],
  { MetricStat: { Metric, Period, Stat } }: MetricDataQuery,
): Map<number, number> {
  if (Stat !== "Sum" && Stat !== "Maximum") throw invalidParameter(`the sandbox has sums and maxima, and no ${Stat}`);
  const sums = new Map<number, number>();
  for (const line of lines) {
    if (!line._aws.CloudWatchMetrics.some((directive) => isAbout(line, directive, Metric))) continue;
    const start = Math.floor(line._aws.Timestamp / 1000 / Period) * Period;
    const value = Number(line[Metric.MetricName]);
    const before = sums.get(start) ?? 0;
    sums.set(start, Stat === "Sum" ? before + value : Math.max(before, value));
  }
  return sums;
}

/** A metric is found by exactly the dimensions that it was written with. */
function isAbout(
  line: MetricLine,
  directive: Directive,
  { Namespace, MetricName, Dimensions = [] }: MetricDataQuery["MetricStat"]["Metric"],
): boolean {
  return (
    directive.Namespace === Namespace &&
    directive.Metrics.some(({ Name }) => Name === MetricName) &&
    directive.Dimensions.some(
      (names) =>
        names.length === Dimensions.length &&
        Dimensions.every(({ Name, Value }) => names.includes(Name) && line[Name] === Value),
    )
  );
}
