import { evaluate, type Operand } from "./metric-math";
import { type Dimensions, type MetricStore, type Series, statistics, type TimeRange } from "./metric-store";

/** `aws_cloudwatch_metric_alarm` as it is synthesized, as far as its evaluation goes. */
export interface SynthesizedAlarm extends Partial<WatchedMetric> {
  readonly alarm_name: string;
  readonly statistic?: string;
  readonly extended_statistic?: string;
  readonly period?: number;
  readonly metric_query?: readonly MetricQuery[];
  readonly evaluation_periods: number;
  readonly datapoints_to_alarm: number;
  readonly comparison_operator: string;
  readonly threshold: number;
  readonly treat_missing_data: string;
}

interface WatchedMetric {
  readonly namespace: string;
  readonly metric_name: string;
  readonly dimensions: Dimensions;
}

interface MetricQuery {
  readonly id: string;
  readonly expression?: string;
  readonly return_data?: boolean;
  readonly metric?: WatchedMetric & { readonly period: number; readonly stat: string };
}

export type AlarmState = "OK" | "ALARM" | "INSUFFICIENT_DATA";

/** A change of state, at the end of the period that brought it. */
export interface Transition {
  readonly at: number;
  readonly state: AlarmState;
}

/** Every change of an alarm's state within the range; it begins with INSUFFICIENT_DATA, as a new alarm does. */
export function transitionsOf(alarm: SynthesizedAlarm, store: MetricStore, range: TimeRange): Transition[] {
  if (alarm.comparison_operator !== "GreaterThanOrEqualToThreshold")
    throw new Error(`not known here: ${alarm.comparison_operator}`);
  const { series, period } = watched(alarm, store, range);
  const transitions: Transition[] = [];
  let state: AlarmState = "INSUFFICIENT_DATA";
  const seen: (boolean | undefined)[] = [];
  for (let start = range.from; start + period <= range.to; start += period) {
    const value = series.get(start);
    seen.push(value === undefined ? undefined : value >= alarm.threshold);
    const next = nextState(state, seen, alarm);
    if (next !== state) transitions.push({ at: start + period, state: next });
    state = next;
  }
  return transitions;
}

/** CloudWatch looks back further than it evaluates, by a number that it does not document; in its example, by two. */
const LOOKS_BACK_FURTHER = 2;

/**
 * The state after the latest data points: true is breaching, undefined is missing.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function nextState(
  before: AlarmState,
  points: readonly (boolean | undefined)[],
  rule: Pick<SynthesizedAlarm, "evaluation_periods" | "datapoints_to_alarm" | "treat_missing_data">,
): AlarmState {
  const { evaluation_periods: n, datapoints_to_alarm: m, treat_missing_data: missing } = rule;
  const real = points
    .slice(-n - LOOKS_BACK_FURTHER)
    .filter((point) => point !== undefined)
    .slice(-n);
  if (real.filter(Boolean).length >= m) return "ALARM";
  if (missing === "notBreaching") return "OK";
  if (missing === "ignore") return real.length === n || real.includes(false) ? "OK" : before;
  throw new Error(`treat_missing_data = ${missing} is not known here`);
}

function watched(alarm: SynthesizedAlarm, store: MetricStore, range: TimeRange): Operand {
  const { namespace, metric_name, dimensions, period, metric_query: queries } = alarm;
  const read = (metric: WatchedMetric, stat: string, seconds: number): Series =>
    statistics(store.find(metric.namespace, metric.metric_name, metric.dimensions), stat, seconds, range);
  const stat = alarm.statistic ?? alarm.extended_statistic;
  if (namespace && metric_name && dimensions && stat && period)
    return { period, series: read({ namespace, metric_name, dimensions }, stat, period) };
  const scope = Object.fromEntries(
    (queries ?? []).flatMap(({ id, metric }) =>
      metric === undefined ? [] : [[id, { period: metric.period, series: read(metric, metric.stat, metric.period) }]],
    ),
  );
  const expression = queries?.find((query) => query.return_data)?.expression;
  const [any] = Object.values(scope);
  if (expression === undefined || any === undefined) throw new Error(`${alarm.alarm_name} watches nothing`);
  return { period: any.period, series: evaluate(expression, scope) };
}
