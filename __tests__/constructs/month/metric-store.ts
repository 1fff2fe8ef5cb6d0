export type Dimensions = Readonly<Record<string, string>>;

/** Half-open, in seconds since 1970. */
export interface TimeRange {
  readonly from: number;
  readonly to: number;
}

/** Data points by the second in which their period begins; where there is no data, there is no point. */
export type Series = ReadonlyMap<number, number>;

export interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Dimensions;
  readonly times: number[];
  readonly values: number[];
}

/** What CloudWatch keeps: every value under its namespace, name and exact set of dimensions. */
export class MetricStore {
  private readonly metrics = new Map<string, Metric>();

  /** The metric of this name; a new one, without values, if there was none. */
  metric(namespace: string, name: string, dimensions: Dimensions): Metric {
    const key = keyOf(namespace, name, dimensions);
    const metric = this.metrics.get(key) ?? { namespace, name, dimensions, times: [], values: [] };
    this.metrics.set(key, metric);
    return metric;
  }

  find(namespace: string, name: string, dimensions: Dimensions): Metric | undefined {
    return this.metrics.get(keyOf(namespace, name, dimensions));
  }

  all(): readonly Metric[] {
    return [...this.metrics.values()];
  }
}

function keyOf(namespace: string, name: string, dimensions: Dimensions): string {
  return JSON.stringify([namespace, name, Object.entries(dimensions).sort()]);
}

/**
 * A metric's statistic for each period, which begin at multiples of it.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 *
 * @param period Seconds.
 */
export function statistics(metric: Metric | undefined, stat: string, period: number, { from, to }: TimeRange): Series {
  const { floor } = Math;
  const byPeriod = new Map<number, number[]>();
  metric?.times.forEach((time, index) => {
    if (time < from || time >= to) return;
    const start = from + floor((time - from) / period) * period;
    const values = byPeriod.get(start);
    const value = metric.values[index] ?? 0;
    if (values === undefined) byPeriod.set(start, [value]);
    else values.push(value);
  });
  const ordered = [...byPeriod].sort(([a], [b]) => a - b);
  return new Map(ordered.map(([start, values]) => [start, statistic(stat, values)]));
}

/** @param values At least one. */
function statistic(stat: string, values: readonly number[]): number {
  const sum = (): number => values.reduce((total, value) => total + value, 0);
  if (stat === "Sum") return sum();
  if (stat === "SampleCount") return values.length;
  if (stat === "Average") return sum() / values.length;
  const percent = /^p(\d{1,2}(?:\.\d+)?)$/.exec(stat)?.[1];
  if (percent === undefined) throw new Error(`statistic ${stat} is not one that is known here`);
  // The nearest rank: how CloudWatch itself interpolates is not documented.
  const rank = Math.ceil((Number(percent) / 100) * values.length);
  return values.toSorted((a, b) => a - b)[Math.max(rank, 1) - 1] ?? 0;
}
