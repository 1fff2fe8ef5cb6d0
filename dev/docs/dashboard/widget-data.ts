import { evaluate, type Operand, search } from "../../../__tests__/constructs/month/metric-math";
import {
  type Metric,
  type MetricStore,
  type Series,
  statistics,
  type TimeRange,
} from "../../../__tests__/constructs/month/metric-store";
import type { ExpressionRow, MetricRow, MetricWidget } from "../../../constructs/dashboard-body";

/** One line of a graph, or one number. */
export interface Drawn extends Operand {
  readonly label: string;
  readonly color: string | undefined;
  readonly axis: "left" | "right";
}

/** What a metric widget shows of a time range: its own metrics, statistics, periods, expressions and labels. */
export function dataOf({ properties }: MetricWidget, store: MetricStore, range: TimeRange): Drawn[] {
  const { metrics, stat, period, setPeriodToTimeRange } = properties;
  const read = ([namespace, name, dimension, value, row]: MetricRow): Operand => {
    const seconds = setPeriodToTimeRange ? range.to - range.from : (row.period ?? period);
    const metric = store.find(namespace, name, { [dimension]: value });
    return { period: seconds, series: statistics(metric, row.stat ?? stat, seconds, range) };
  };
  const scope: Record<string, Operand> = {};
  for (const row of metrics) if (isMetric(row) && row[4].id !== undefined) scope[row[4].id] = read(row);
  return metrics.flatMap((row) => {
    const rendering = isMetric(row) ? row[4] : row[0];
    if (rendering.visible === false) return [];
    const { label = "", color, yAxis: axis = "left" } = rendering;
    const found = isMetric(row) ? [read(row)] : (search(row[0].expression, store, range) ?? [computed(row, scope)]);
    return byTotal(found).map((operand) => ({
      axis,
      color,
      label: "metric" in operand ? dynamic(label, operand.metric as Metric) : label,
      ...operand,
    }));
  });
}

const isMetric = (row: MetricRow | ExpressionRow): row is MetricRow => row.length > 1;

/** In the period of the metrics that the expression is about. */
function computed([{ expression }]: ExpressionRow, scope: Readonly<Record<string, Operand>>): Operand {
  const [any] = Object.values(scope);
  if (any === undefined) throw new Error(`no metric for ${expression}`);
  return { period: any.period, series: evaluate(expression, scope) };
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html */
function dynamic(label: string, { dimensions }: Metric): string {
  return label.replaceAll(/\$\{PROP\('Dim\.(\w+)'\)\}/g, (_, name: string) => dimensions[name] ?? "");
}

/** The largest first: in which order SEARCH finds is not documented. */
function byTotal<Item extends Operand>(found: readonly Item[]): Item[] {
  const total = (series: Series): number => [...series.values()].reduce((sum, value) => sum + value, 0);
  return found.toSorted((a, b) => total(b.series) - total(a.series));
}
