import { DIMENSION, NAMESPACE } from "../../rules/metrics";
import { SKIPPED, type Skipped } from "../../rules/token-groups";
import { TOKEN_METRICS, type TokenMetricName } from "../../rules/token-metrics";
import { TOKEN_OUTCOMES, type TokenOutcome } from "../../rules/token-outcome";
import type { Sent } from "./due";

/** Everything that a line may hold: numbers and names from tables, nothing of the user and no name of a group. */
export interface TokenLogEntry extends Sent {
  readonly functionName: string;
  readonly requestId: string;
  readonly durationMs: number;
  readonly coldStart: boolean;
  /** Groups that the token has of the stamp alone. */
  readonly added: number;
  readonly skipped?: Skipped | undefined;
  readonly failed: boolean;
}

/** What stands first in the line, when several things have happened. Undefined: nothing has. */
export function outcomeOf(entry: TokenLogEntry): TokenOutcome | undefined {
  if (entry.failed) return "token_failed";
  if (entry.added > 0) return "groups_added";
  if (entry.skipped !== undefined) return "groups_skipped";
  if (entry.membershipsLeft > 0) return "memberships_left";
  if (entry.membershipsAdded > 0) return "memberships";
  if (entry.eventsLeft > 0) return "event_left";
  return entry.eventsSent > 0 ? "event_sent" : undefined;
}

/** Two levels may meet in one line: the higher one counts. */
const levelOf = (outcome: TokenOutcome, { membershipsLeft, eventsLeft }: Sent): string => {
  const { level } = TOKEN_OUTCOMES[outcome];
  return level === "INFO" && membershipsLeft + eventsLeft > 0 ? "WARN" : level;
};

/**
 * One line of JSON that is both the log and the metrics.
 *
 * @returns undefined where nothing has happened: most tokens are of users who came long ago, or never migrated.
 */
export function tokenLogLine(entry: TokenLogEntry, now: Date): string | undefined {
  const outcome = outcomeOf(entry);
  if (outcome === undefined) return undefined;
  const { skipped } = entry;
  const values = metricValues(entry);
  return JSON.stringify({
    timestamp: now.toISOString(),
    level: levelOf(outcome, entry),
    outcome,
    reason: skipped,
    message: `${TOKEN_OUTCOMES[outcome].means}${skipped === undefined ? "" : `: ${SKIPPED[skipped]}`}`,
    request_id: entry.requestId,
    duration_ms: Math.round(entry.durationMs),
    cold_start: entry.coldStart,
    groups: entry.added || undefined,
    memberships_added: entry.membershipsAdded || undefined,
    memberships_left: entry.membershipsLeft || undefined,
    events_sent: entry.eventsSent || undefined,
    events_left: entry.eventsLeft || undefined,
    error_name: entry.errorName,
    ...(Object.keys(values).length === 0 ? {} : embedded(entry, values, now)),
  });
}

type Values = { [Name in TokenMetricName]?: number };

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html */
function embedded({ functionName }: TokenLogEntry, values: Values, now: Date): object {
  const Metrics = Object.keys(values).map((Name) => ({ Name, Unit: TOKEN_METRICS[Name as TokenMetricName] }));
  return {
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [{ Namespace: NAMESPACE, Dimensions: [[DIMENSION.functionName]], Metrics }],
    },
    [DIMENSION.functionName]: functionName,
    ...values,
  };
}

/** Only what there is: a metric that is never written costs nothing. */
function metricValues(entry: TokenLogEntry): Values {
  const all: Record<TokenMetricName, number> = {
    TokenGroups: entry.added > 0 ? 1 : 0,
    MembershipsAdded: entry.membershipsAdded,
    MembershipsLeft: entry.membershipsLeft,
    EventsSent: entry.eventsSent,
    EventsLeft: entry.eventsLeft,
    StampsRefused: entry.skipped === "stamp_refused" ? 1 : 0,
    TokenFailed: entry.failed ? 1 : 0,
  };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value > 0));
}
