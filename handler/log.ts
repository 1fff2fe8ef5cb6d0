import { OUTCOMES, type OutcomeName } from "./outcome";

/** Everything that a log line may hold, and all of it safe to show: nothing the user typed, no attribute value. */
export interface LogEntry {
  readonly outcome: OutcomeName;
  readonly triggerSource: string;
  readonly requestId: string;
  readonly durationMs: number;
  readonly coldStart: boolean;
  /** Names only. */
  readonly droppedAttributes?: readonly string[];
  /** Second factors left behind because MFA_POLICY is allow. */
  readonly droppedFactors?: readonly string[];
  /** Name of the AWS exception behind a failure. */
  readonly errorName?: string | undefined;
}

const LEVEL = { migrated: "INFO", refused: "INFO", failed: "ERROR" } as const;

/** Names of exceptions and trigger sources. Whatever does not look like one might be the user's text. */
const IDENTIFIER = /^[A-Za-z][A-Za-z0-9_.]{0,63}$/;
const identifier = (text: string): string => (IDENTIFIER.test(text) ? text : "other");

/**
 * One line of JSON. With `timestamp` and `level` in it, Lambda's JSON log format passes it on as it is.
 * https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html
 */
export function logLine(entry: LogEntry, now: Date): string {
  const { kind, means } = OUTCOMES[entry.outcome];
  return JSON.stringify({
    timestamp: now.toISOString(),
    level: LEVEL[kind],
    message: `${kind}: ${means}`,
    outcome: entry.outcome,
    trigger_source: identifier(entry.triggerSource),
    request_id: entry.requestId,
    duration_ms: Math.round(entry.durationMs),
    cold_start: entry.coldStart,
    dropped_attributes: entry.droppedAttributes,
    dropped_factors: entry.droppedFactors?.map(identifier),
    error_name: entry.errorName === undefined ? undefined : identifier(entry.errorName),
  });
}
