import type { DashboardBody, GridArea, Widget } from "./dashboard-body";
import {
  broken,
  byReason,
  migrated,
  sourceSignIns,
  tokenFunctionHealth,
  tokensPerHour,
  totals,
  type Watched,
  waiting,
} from "./dashboard-graphs";

export interface DashboardProps extends Watched {
  readonly logGroup: string;
  readonly sourceUserPoolId: string;
  readonly userPoolId: string;
  /** Sign-ins per second that the source has for this migration. */
  readonly sourceSignInQuota: number;
  readonly alarmArns: readonly string[];
  /** Name of the token function; undefined where there is none. */
  readonly tokenFunctionName?: string | undefined;
}

/**
 * What an operator wants to know at a glance, from top to bottom: is anything ringing, how far is the migration, why not
 * everybody, does anybody wait, what does it cost the source, what stays behind, and what tokens get. Counts and names only, no personal data.
 */
export function dashboardBody(props: DashboardProps): DashboardBody {
  const row = (y: number, height: number, x: number, width: number): GridArea => ({ x, y, width, height });
  const { tokenFunctionName, region } = props;
  const token = tokenFunctionName === undefined ? undefined : { functionName: tokenFunctionName, region };
  return {
    start: "-P7D",
    periodOverride: "inherit",
    widgets: [
      header(row(0, 2, 0, 24), props),
      totals(row(2, 5, 0, 16), props),
      {
        ...row(2, 5, 16, 8),
        type: "alarm",
        properties: { title: "Is anything ringing?", alarms: props.alarmArns },
      },
      migrated(row(7, 6, 0, 12), props),
      broken(row(7, 6, 12, 12), props),
      byReason(row(13, 6, 0, 12), props, "Refused", "Refused per hour, by reason: answered as an unknown user"),
      byReason(row(13, 6, 12, 12), props, "Failed", "Failed per hour, by reason: asked to try again"),
      waiting(row(19, 6, 0, 12), props),
      sourceSignIns(row(19, 6, 12, 12), props, props.sourceSignInQuota),
      droppedAttributes(row(25, 5, 0, 12), props),
      unusual(row(25, 5, 12, 12), props),
      ...(token === undefined
        ? []
        : [tokensPerHour(row(30, 6, 0, 12), token), tokenFunctionHealth(row(30, 6, 12, 12), token)]),
    ],
  };
}

function header(area: GridArea, { sourceUserPoolId, userPoolId }: DashboardProps): Widget {
  const markdown = [
    `**Users move from \`${sourceUserPoolId}\` to \`${userPoolId}\` at sign-in.**`,
    'What it means: docs/runbook.md, "Alarms and dashboard". Made by Terraform: changes in the console are lost at the next deploy.',
  ].join("  \n");
  return { ...area, type: "text", properties: { markdown } };
}

const logTable = (area: GridArea, props: DashboardProps, title: string, ...commands: string[]): Widget => ({
  ...area,
  type: "log",
  properties: {
    title,
    region: props.region,
    view: "table",
    query: [`SOURCE '${props.logGroup}'`, ...commands].join(" | "),
  },
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Unnest.html */
function droppedAttributes(area: GridArea, props: DashboardProps): Widget {
  return logTable(
    area,
    props,
    "Attributes that the destination has no place for",
    "filter ispresent(dropped_attributes.0)",
    "fields jsonParse(@message) as line",
    "unnest line.dropped_attributes into attribute",
    "stats count(*) as users by attribute",
    "sort users desc",
    "limit 10",
  );
}

/** What is more than an everyday slip of a user: somebody has to decide or mend something (levels: docs/outcomes.md). */
function unusual(area: GridArea, props: DashboardProps): Widget {
  return logTable(
    area,
    props,
    "Failures and unusual refusals, with the exception behind them",
    'filter level in ["WARN", "ERROR"]',
    "stats count(*) as times by reason, error_name",
    "sort times desc",
    "limit 10",
  );
}
