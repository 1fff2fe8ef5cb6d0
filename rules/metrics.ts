/**
 * The function's own CloudWatch metrics: what the handler writes, and what alarms, dashboard and operator's tools read.
 * Every invocation counts as exactly one of Migrated, ResetRequired, Refused and Failed; one that an operator tries counts as Tried, and as
 * nothing else.
 */
export const NAMESPACE = "CognitoMigration";

/** Refused and Failed exist twice: by function, and by function and reason (a name from rules/outcome.ts). */
export const DIMENSION = { functionName: "FunctionName", reason: "Reason" } as const;

/** Units as CloudWatch spells them: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_MetricDatum.html */
export const METRICS = {
  /** Users who were handed over with their password; whether Cognito took them, it does not say. */
  Migrated: "Count",
  /** The same without it: they must set a new one. */
  ResetRequired: "Count",
  /** Of these, who came by "forgot password", whoever asked for it: the password that they have at the source is lost to them. */
  ForgottenPasswords: "Count",
  /** Sign-ins that were answered as for an unknown user. */
  Refused: "Count",
  /** Sign-ins that could not be decided. */
  Failed: "Count",
  /** Of all sign-ins, those that only an operator can mend: nothing of this kind is ever normal. */
  Misconfigured: "Count",
  /** What a user waited for the function, cold start included. */
  Duration: "Milliseconds",
  /** Answers for which a user waited {@link SLOW_MS} or longer, whatever they were. */
  Slow: "Count",
  ColdStart: "Count",
  /** Attributes that the destination's schema had no place for. */
  AttributesDropped: "Count",
  /** Users whose groups were left to the command `groups`: the log says why. */
  GroupsLeft: "Count",
  /** Users who were handed over without a stamp, because the destination has no place for it. */
  Unstamped: "Count",
  /** Users with a second factor at the source, whatever became of them. */
  MfaUsers: "Count",
  /** AdminInitiateAuth requests that were sent: our share of the source's UserAuthentication quota. */
  SourceSignIns: "Count",
  /** Sign-ins that somebody has tried past Cognito, by `npx cognito-migration try` or by a call of the function like it. */
  Tried: "Count",
} as const;

export type MetricName = keyof typeof METRICS;

/** After so many milliseconds the handler answers, whatever it waits for; Cognito waits 5000. */
export const DEADLINE_MS = 4700;

/** Near enough to the deadline that the slowest users soon fail; in milliseconds. */
export const SLOW_MS: number = DEADLINE_MS - 700;
