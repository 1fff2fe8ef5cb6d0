/** What the token function says of an invocation in which something has happened. A sign-in succeeds in all of them. */
export const TOKEN_OUTCOMES = {
  groups_added: { level: "INFO", means: "the token carries groups of the stamp" },
  groups_skipped: { level: "INFO", means: "a user with a stamp has no groups of it" },
  memberships: { level: "INFO", means: "the user was added to groups" },
  memberships_left: { level: "WARN", means: "memberships are left to the command groups" },
  event_sent: { level: "INFO", means: "the event of a migrated user was sent" },
  event_left: { level: "WARN", means: "the event of a migrated user was not taken" },
  token_failed: {
    level: "ERROR",
    means: "the function could not do its work, and has left the token as Cognito makes it",
  },
} as const satisfies Readonly<Record<string, { readonly level: string; readonly means: string }>>;

export type TokenOutcome = keyof typeof TOKEN_OUTCOMES;
