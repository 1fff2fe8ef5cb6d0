/** The token function's own CloudWatch metrics, in the namespace of metrics.ts and by its name: only what there is is written. */
export const TOKEN_METRICS = {
  /** Tokens that carry a group of the stamp alone. */
  TokenGroups: "Count",
  /** Memberships that were made. */
  MembershipsAdded: "Count",
  /** Memberships that were due and not made: the command `groups` makes them. */
  MembershipsLeft: "Count",
  /** Events of migrated users that the bus has taken. */
  EventsSent: "Count",
  /** Those that were due and not taken; the next token sends them again, while the stamp is young. */
  EventsLeft: "Count",
  /** Stamps that were not accepted: each once per user and execution environment. */
  StampsRefused: "Count",
  /** Tokens that this function has left as Cognito makes them, because it could not do its work. */
  TokenFailed: "Count",
} as const;

export type TokenMetricName = keyof typeof TOKEN_METRICS;
