import { DIMENSION, METRICS, type MetricName, NAMESPACE, SLOW_MS } from "../../../rules/metrics";
import { OUTCOMES, type OutcomeName } from "../../../rules/outcome";
import type { GroupCounts } from "../../../rules/stamp-user";
import { USER_MIGRATION } from "../../../rules/triggers";
import type { Dropped } from "../../../rules/why-dropped";

/** Everything that a log line may hold, and all of it safe to show: nothing the user typed, no attribute value. */
export interface LogEntry {
  readonly outcome: OutcomeName;
  readonly functionName: string;
  readonly triggerSource: string;
  readonly requestId: string;
  /** Keyed hash of the name that was typed (`userHash` in rules/); absent when there is no key or no name. */
  readonly user?: string | undefined;
  /** What the user waited, cold start included. */
  readonly durationMs: number;
  readonly coldStart: boolean;
  /** Operations that were sent, in order. */
  readonly calls: readonly string[];
  /** Of these the names alone. */
  readonly droppedAttributes?: Dropped;
  /** Second factors of the user at the source. */
  readonly factors?: readonly string[];
  /** Those left behind because MFA_POLICY is allow. */
  readonly droppedFactors?: readonly string[];
  /** Whether the user has got a stamp; absent where none are made. */
  readonly stamped?: boolean | undefined;
  /** What became of the groups; absent where they do not travel. */
  readonly groups?: GroupCounts | undefined;
  /** Name of the AWS exception, or code of Node.js, behind a failure. */
  readonly errorName?: string | undefined;
  /** Whether nobody signed in, but an operator tried what would be. */
  readonly tried: boolean;
}

const METRIC_OF_KIND = {
  migrated: "Migrated",
  reset_required: "ResetRequired",
  refused: "Refused",
  failed: "Failed",
} as const;

const TRIGGER_SOURCES: ReadonlySet<string> = new Set(Object.values(USER_MIGRATION.sources));
const FACTORS = new Set(["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "SELECT_MFA_TYPE", "MFA_SETUP", "unseen"]);

/** A name in an attribute list, as Cognito allows it for custom attributes; whatever does not look like one might be a value. */
const ATTRIBUTE = /^(?:custom:|dev:)?[A-Za-z0-9_.-]{1,25}$/;

const known = (names: ReadonlySet<string>, name: string): string => (names.has(name) ? name : "other");
const attributeName = (name: string): string => (ATTRIBUTE.test(name) ? name : "other");

/**
 * One line of JSON that is both the log and the metrics. With `timestamp` and `level` in it, Lambda's JSON log format passes
 * it on as it is; with `_aws`, CloudWatch takes the metrics out of it.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function logLine(entry: LogEntry, now: Date): string {
  const { kind, means } = OUTCOMES[entry.outcome];
  const values = entry.tried ? { Tried: 1, ...sourceSignIns(entry) } : metricValues(entry);
  const reason = !entry.tried && (kind === "refused" || kind === "failed") ? entry.outcome : undefined;
  return JSON.stringify({
    timestamp: now.toISOString(),
    ...(entry.tried ? { level: "INFO", tried: true, would_be: entry.outcome } : counted(entry)),
    message: `${entry.tried ? "tried: " : ""}${kind}: ${means}`,
    reason,
    trigger_source: known(TRIGGER_SOURCES, entry.triggerSource),
    request_id: entry.requestId,
    user: entry.user,
    duration_ms: Math.round(entry.durationMs),
    cold_start: entry.coldStart,
    calls: entry.calls,
    error_name: entry.errorName,
    _aws: {
      Timestamp: now.getTime(),
      CloudWatchMetrics: [
        directive([DIMENSION.functionName], Object.keys(values) as MetricName[]),
        ...(reason ? [directive([DIMENSION.functionName, DIMENSION.reason], [METRIC_OF_KIND[kind]])] : []),
      ],
    },
    [DIMENSION.functionName]: entry.functionName,
    [DIMENSION.reason]: reason,
    ...values,
  });
}

/** What queries count and look for: a tried sign-in has none of it, so that no query has to leave it out. */
function counted({ outcome, droppedAttributes, droppedFactors, stamped, groups }: LogEntry): object {
  const { kind, level } = OUTCOMES[outcome];
  return {
    level,
    outcome: kind,
    dropped_attributes: droppedAttributes && Object.keys(droppedAttributes).sort().map(attributeName),
    dropped_factors: droppedFactors?.map((name) => known(FACTORS, name)),
    stamped,
    groups,
  };
}

function directive(dimensions: readonly string[], names: readonly MetricName[]): object {
  return {
    Namespace: NAMESPACE,
    Dimensions: [dimensions],
    Metrics: names.map((Name) => ({ Name, Unit: METRICS[Name] })),
  };
}

/** What the source's quota is used up by, whoever signs in. */
const sourceSignIns = ({ calls }: LogEntry) => ({
  SourceSignIns: calls.filter((operation) => operation === "AdminInitiateAuth").length,
});

/** Only what there is: a metric that is never written costs nothing. */
function metricValues(entry: LogEntry): { [Name in MetricName]?: number } {
  const row: { kind: keyof typeof METRIC_OF_KIND; misconfigured?: true } = OUTCOMES[entry.outcome];
  const dropped = Object.keys(entry.droppedAttributes ?? {}).length;
  return {
    [METRIC_OF_KIND[row.kind]]: 1,
    ...(row.kind === "reset_required" && entry.triggerSource === USER_MIGRATION.sources.forgotPassword
      ? { ForgottenPasswords: 1 }
      : {}),
    ...(row.misconfigured ? { Misconfigured: 1 } : {}),
    Duration: Math.round(entry.durationMs),
    ...(entry.durationMs >= SLOW_MS ? { Slow: 1 } : {}),
    ColdStart: entry.coldStart ? 1 : 0,
    ...sourceSignIns(entry),
    ...(dropped > 0 ? { AttributesDropped: dropped } : {}),
    ...(entry.groups?.left === undefined ? {} : { GroupsLeft: 1 }),
    ...(entry.stamped === false ? { Unstamped: 1 } : {}),
    ...(entry.factors?.length ? { MfaUsers: 1 } : {}),
  };
}
