/**
 * A dashboard's body, as far as it is used here.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html
 */
export interface DashboardBody {
  /** Time range at first sight, as an ISO 8601 duration. */
  readonly start: string;
  /** `inherit` obeys each widget's period; by default CloudWatch lengthens it with the time range, and every sum with it. */
  readonly periodOverride: "inherit";
  readonly widgets: readonly Widget[];
}

/** In units of the grid, which has 24 columns. */
export type GridArea = Readonly<Record<"x" | "y" | "width" | "height", number>>;

export type Widget =
  | MetricWidget
  | LogWidget
  | (GridArea & { readonly type: "text"; readonly properties: { readonly markdown: string } })
  | (GridArea & {
      readonly type: "alarm";
      readonly properties: { readonly title: string; readonly alarms: readonly string[] };
    });

interface LogWidget extends GridArea {
  readonly type: "log";
  readonly properties: {
    readonly title: string;
    readonly region: string;
    readonly view: "table";
    /** Logs Insights, with the log group as its first command. */
    readonly query: string;
  };
}

export interface MetricWidget extends GridArea {
  readonly type: "metric";
  readonly properties: {
    readonly title: string;
    readonly region: string;
    readonly view: "timeSeries" | "singleValue";
    readonly stacked?: boolean;
    /** Of every metric that has none of its own. */
    readonly stat: string;
    /** Likewise; seconds. */
    readonly period: number;
    readonly metrics: readonly (MetricRow | ExpressionRow)[];
    readonly yAxis?: { readonly left?: Axis; readonly right?: Axis };
    readonly annotations?: {
      readonly horizontal: readonly { readonly label: string; readonly value: number; readonly color: string }[];
    };
    /** One value for the whole time range. */
    readonly setPeriodToTimeRange?: boolean;
  };
}

/** Namespace, metric, dimension and its value, and how it is drawn. */
export type MetricRow = readonly [
  namespace: string,
  metric: string,
  dimension: string,
  value: string,
  rendering: Rendering & { readonly stat?: string; readonly period?: number },
];

export type ExpressionRow = readonly [Rendering & { readonly expression: string }];

interface Rendering {
  /** Required by expressions that refer to a metric; begins with a lower-case letter. */
  readonly id?: string;
  readonly label?: string;
  readonly color?: string;
  readonly visible?: boolean;
  readonly yAxis?: "left" | "right";
}

interface Axis {
  readonly label?: string;
  readonly min?: number;
  readonly max?: number;
  readonly showUnits?: boolean;
}
