import { DEADLINE_MS, DIMENSION, type MetricName, NAMESPACE } from "../rules/metrics";
import type { TokenMetricName } from "../rules/token-metrics";
import type { ExpressionRow, GridArea, MetricRow, MetricWidget } from "./dashboard-body";

export interface Watched {
  readonly functionName: string;
  readonly region: string;
}

const HOUR = 3600;
const FIVE_MINUTES = 300;
const SUM_PER_HOUR = { stat: "Sum", period: HOUR };

const GOOD = "#1d8102";
const FAIR = "#67a353";
const DIM = "#8d99a5";
const BAD = "#d13212";
const WORSE = "#7d2105";
const BLUE = "#0073bb";
const PALE_BLUE = "#88bde6";
const ORANGE = "#e07b00";

const own = (
  { functionName }: Pick<Watched, "functionName">,
  name: MetricName | TokenMetricName,
  rendering: MetricRow[4],
): MetricRow => [NAMESPACE, name, DIMENSION.functionName, functionName, rendering];

const lambdas = ({ functionName }: Pick<Watched, "functionName">, name: string, rendering: MetricRow[4]): MetricRow => [
  "AWS/Lambda",
  name,
  "FunctionName",
  functionName,
  rendering,
];

const timeSeries = (
  area: GridArea,
  { region }: Watched,
  properties: Omit<MetricWidget["properties"], "region" | "view">,
): MetricWidget => ({ ...area, type: "metric", properties: { region, view: "timeSeries", ...properties } });

export function totals(area: GridArea, props: Watched): MetricWidget {
  return {
    ...area,
    type: "metric",
    properties: {
      title: "In this time range",
      region: props.region,
      view: "singleValue",
      setPeriodToTimeRange: true,
      stat: "Sum",
      period: HOUR,
      metrics: [
        own(props, "Migrated", { label: "Handed over", color: GOOD }),
        own(props, "ResetRequired", { label: "Handed over, new password due", color: FAIR }),
        own(props, "Refused", { label: "Refused", color: DIM }),
        own(props, "Failed", { label: "Failed", color: BAD }),
        own(props, "MfaUsers", { label: "Sign-ins with a second factor", color: BLUE }),
        own(props, "AttributesDropped", { label: "Attributes dropped", color: ORANGE }),
      ],
    },
  };
}

export function migrated(area: GridArea, props: Watched): MetricWidget {
  return timeSeries(area, props, {
    title: "Handed over per hour",
    stacked: true,
    ...SUM_PER_HOUR,
    metrics: [
      own(props, "Migrated", { label: "with the password", color: GOOD }),
      own(props, "ResetRequired", { label: "new password due", color: FAIR }),
    ],
    yAxis: { left: { min: 0, showUnits: false, label: "users" } },
  });
}

export function broken(area: GridArea, props: Watched): MetricWidget {
  return timeSeries(area, props, {
    title: "Is anything broken? Per hour",
    ...SUM_PER_HOUR,
    metrics: [
      lambdas(props, "Errors", { label: "failed, crashed or timed out", color: BAD }),
      lambdas(props, "Throttles", { label: "turned away by Lambda", color: ORANGE }),
      own(props, "Misconfigured", { label: "only an operator can mend it", color: WORSE }),
    ],
    yAxis: { left: { min: 0, showUnits: false, label: "sign-ins" } },
  });
}

/** SEARCH finds every reason that occurred in the last two weeks, also those that nobody foresaw. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-search-expressions.html */
export function byReason(area: GridArea, props: Watched, metric: "Refused" | "Failed", title: string): MetricWidget {
  const { functionName, reason } = DIMENSION;
  const schema = [NAMESPACE, functionName, reason].join(",");
  const search: ExpressionRow = [
    {
      expression: `SEARCH('{${schema}} MetricName="${metric}" ${functionName}="${props.functionName}"', 'Sum', ${HOUR})`,
      // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/graph-dynamic-labels.html
      label: `\${PROP('Dim.${reason}')}`,
      id: "reasons",
    },
  ];
  return timeSeries(area, props, {
    title,
    stacked: true,
    ...SUM_PER_HOUR,
    metrics: [search],
    yAxis: { left: { min: 0, showUnits: false, label: "sign-ins" } },
  });
}

export function waiting(area: GridArea, props: Watched): MetricWidget {
  return timeSeries(area, props, {
    title: "How long users wait for the function, by the hour",
    stat: "p99",
    period: HOUR,
    metrics: [
      own(props, "Duration", { stat: "p99", label: "1 in 100 waits longer (p99)", color: ORANGE }),
      own(props, "Duration", { stat: "p95", label: "1 in 20 (p95)", color: PALE_BLUE }),
      own(props, "Duration", { stat: "p50", label: "half of them (p50)", color: BLUE }),
      [{ expression: "100 * cold", id: "percent", label: "cold starts, % (right)", color: DIM, yAxis: "right" }],
      own(props, "ColdStart", { stat: "Average", id: "cold", visible: false }),
    ],
    yAxis: {
      left: { min: 0, showUnits: false, label: "ms" },
      right: { min: 0, max: 100, showUnits: false, label: "%" },
    },
    annotations: { horizontal: [{ label: "the function gives up", value: DEADLINE_MS, color: WORSE }] },
  });
}

export function sourceSignIns(area: GridArea, props: Watched, quota: number): MetricWidget {
  return timeSeries(area, props, {
    title: "Sign-ins at the source, per second (5-minute mean)",
    stat: "Sum",
    period: FIVE_MINUTES,
    metrics: [
      [{ expression: "sent / PERIOD(sent)", label: "sent by the function", id: "rate", color: BLUE }],
      own(props, "SourceSignIns", { id: "sent", visible: false }),
    ],
    yAxis: { left: { min: 0, showUnits: false, label: "per second" } },
    annotations: {
      horizontal: [{ label: "SOURCE_SIGN_IN_QUOTA", value: quota, color: WORSE }],
    },
  });
}

/** What tokens got, and what was left undone. @param props Of the token function. */
export function tokensPerHour(area: GridArea, props: Watched): MetricWidget {
  return timeSeries(area, props, {
    title: "Groups and events of migrated users, per hour",
    ...SUM_PER_HOUR,
    metrics: [
      own(props, "TokenGroups", { label: "tokens with a group by the stamp", color: GOOD }),
      own(props, "MembershipsAdded", { label: "memberships made", color: FAIR }),
      own(props, "MembershipsLeft", { label: "memberships left to groups", color: ORANGE }),
      own(props, "EventsSent", { label: "events sent", color: PALE_BLUE }),
      own(props, "EventsLeft", { label: "events not taken", color: WORSE }),
    ],
    yAxis: { left: { min: 0, showUnits: false, label: "count" } },
  });
}

/** Every user of the pool waits for it, migrated or not. @param props Of the token function. */
export function tokenFunctionHealth(area: GridArea, props: Watched): MetricWidget {
  return timeSeries(area, props, {
    title: "Is the token function broken? Per hour",
    ...SUM_PER_HOUR,
    metrics: [
      lambdas(props, "Errors", { label: "crashed or out of time: sign-ins fail", color: BAD }),
      lambdas(props, "Throttles", { label: "turned away by Lambda: sign-ins fail", color: ORANGE }),
      own(props, "TokenFailed", { label: "could not do its work: tokens without groups", color: WORSE }),
      lambdas(props, "Duration", { stat: "Maximum", label: "slowest, ms (right)", color: BLUE, yAxis: "right" }),
    ],
    yAxis: {
      left: { min: 0, showUnits: false, label: "sign-ins" },
      right: { min: 0, showUnits: false, label: "ms" },
    },
  });
}
