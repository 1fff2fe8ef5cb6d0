import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Place } from "../../sandbox/accounts/world";
import type { LiveCloud } from "../deep/lab/live-cloud";
import type { Project } from "../deep/lab/project";
import type { Json } from "./stacks";

function destinationOf(project: Project): Json {
  return JSON.parse(readFileSync(join(project.stackDirectory("destination"), "cdk.tf.json"), "utf8")).resource;
}

/** A dashboard's body as Terraform hands it on: `$${` is its way to write `${`. */
export function synthesizedDashboard(project: Project): Json {
  const { dashboard_body: text } = destinationOf(project).aws_cloudwatch_dashboard.dashboard;
  return JSON.parse(text.replaceAll("$${", () => "${"));
}

/** The alarms of a synthesized stack as CloudWatch would tell of them, by name. */
export function synthesizedAlarms(project: Project): Json[] {
  return sortedBy("AlarmName", Object.values<Json>(destinationOf(project).aws_cloudwatch_metric_alarm).map(described));
}

/** The alarms of an account, without their state and their ARN. */
export async function deployedAlarms(live: LiveCloud, place: Place): Promise<Json[]> {
  const alarms = (await live.alarms(place)).map(({ Metrics, ...alarm }: Json) => {
    const ofItsOwn = Object.entries(alarm).filter(([name]) => !/^State|^AlarmArn$|Timestamp$/.test(name));
    return { ...Object.fromEntries(ofItsOwn), Metrics: sortedBy("Id", Metrics) };
  });
  return sortedBy("AlarmName", alarms);
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricAlarm.html */
function described(alarm: Json): Json {
  return {
    AlarmName: alarm.alarm_name,
    AlarmDescription: alarm.alarm_description,
    ActionsEnabled: true,
    OKActions: alarm.ok_actions ?? [],
    AlarmActions: alarm.alarm_actions ?? [],
    InsufficientDataActions: [],
    Namespace: alarm.namespace,
    MetricName: alarm.metric_name,
    Dimensions: dimensionsOf(alarm),
    Statistic: alarm.statistic,
    ExtendedStatistic: alarm.extended_statistic,
    Period: alarm.period,
    EvaluationPeriods: alarm.evaluation_periods,
    DatapointsToAlarm: alarm.datapoints_to_alarm,
    Threshold: alarm.threshold,
    ComparisonOperator: alarm.comparison_operator,
    TreatMissingData: alarm.treat_missing_data,
    EvaluateLowSampleCountPercentile: alarm.evaluate_low_sample_count_percentiles,
    Metrics: sortedBy("Id", (alarm.metric_query ?? []).map(query)),
  };
}

const query = ({ id, expression, label, return_data = false, metric }: Json): Json => ({
  Id: id,
  Expression: expression,
  Label: label,
  ReturnData: return_data,
  MetricStat: metric && {
    Metric: { Namespace: metric.namespace, MetricName: metric.metric_name, Dimensions: dimensionsOf(metric) },
    Period: metric.period,
    Stat: metric.stat,
  },
});

const dimensionsOf = ({ dimensions = {} }: Json): Json[] =>
  Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));

const sortedBy = (key: string, items: Json[]): Json[] =>
  [...items].sort((a, b) => String(a[key]).localeCompare(String(b[key])));
