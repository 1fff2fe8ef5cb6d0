/**
 * Every way an invocation can end. Three kinds:
 * - `migrated`: the event goes back with the user in it.
 * - `refused`: the event goes back untouched, and Cognito answers as for a user that does not exist.
 * - `failed`: the handler throws, the user is asked to try again, and Lambda's Errors metric counts it.
 */
export const OUTCOMES = {
  migrated: { kind: "migrated", means: "the password was proven; the user is created CONFIRMED" },
  migrated_reset_required: {
    kind: "migrated",
    means: "no lasting password was proven; the user is created RESET_REQUIRED and sets a new one by a code",
  },

  not_authorized: {
    kind: "refused",
    means: "wrong password, unknown user, disabled user or too many attempts: Cognito does not say which",
  },
  user_not_found: { kind: "refused", means: "the source has no such user" },
  username_invalid: { kind: "refused", means: "no user pool can have a user of this name" },
  password_missing: { kind: "refused", means: "a sign-in without a password" },
  user_disabled: { kind: "refused", means: "disabled at the source" },
  user_unconfirmed: { kind: "refused", means: "never confirmed the sign-up at the source" },
  user_federated: { kind: "refused", means: "has no password at the source: signs in through an identity provider" },
  user_status: { kind: "refused", means: "a status that does not allow a sign-in at the source" },
  mfa: { kind: "refused", means: "has a second factor that MFA_POLICY does not carry over" },
  challenge: { kind: "refused", means: "the source asked for something that does not prove a password" },
  sign_in_name: {
    kind: "refused",
    means:
      "was typed a name that another user of the destination could claim: neither the username nor what users sign in with there",
  },
  forgot_password: { kind: "refused", means: "has forgotten the password, and FORGOT_PASSWORD is refuse" },
  nothing_to_carry: { kind: "refused", means: "has no attribute that the destination has a place for" },
  no_recovery_channel: {
    kind: "refused",
    means: "needs a code, but has neither a verified e-mail address nor phone number",
  },
  source_trigger: { kind: "refused", means: "a Lambda trigger of the source user pool refused the sign-in" },

  throttled: { kind: "failed", means: "the source account's request rate quota is used up" },
  source_unavailable: {
    kind: "failed",
    means: "the source, or STS, did not answer or answered with an error of its own",
  },
  source_trigger_failed: { kind: "failed", means: "a Lambda trigger of the source user pool is broken" },
  deadline: { kind: "failed", means: "the time that Cognito waits was nearly over" },
  access_denied: { kind: "failed", means: "the source role cannot be assumed, or may not do what it must" },
  misconfigured: {
    kind: "failed",
    means: "user pool, app client, sign-in flow or the function's environment is not as deployed",
  },
  unexpected_event: { kind: "failed", means: "an event of another trigger or another user pool" },
  unexpected: { kind: "failed", means: "an error nobody foresaw: read error_name in the log" },
} as const satisfies Record<string, { readonly kind: "migrated" | "refused" | "failed"; readonly means: string }>;

type Named<Kind> = {
  [Name in keyof typeof OUTCOMES]: (typeof OUTCOMES)[Name]["kind"] extends Kind ? Name : never;
}[keyof typeof OUTCOMES];

export type OutcomeName = keyof typeof OUTCOMES;
export type MigratedOutcome = Named<"migrated">;
export type RefusedOutcome = Named<"refused">;
export type FailedOutcome = Named<"failed">;

/** The one sentence that a user may see; Cognito shows the text of an error to whoever is signing in. */
export const USER_MESSAGE = "We could not sign you in just now. Please try again in a few minutes.";

/** The migration could not be decided. Carries what the operator needs and nothing of the user. */
export class MigrationFailure extends Error {
  override readonly name = "MigrationFailure";

  /** @param errorName Name of the AWS exception behind it. */
  constructor(
    readonly outcome: FailedOutcome,
    readonly errorName?: string,
  ) {
    super(USER_MESSAGE);
  }
}
