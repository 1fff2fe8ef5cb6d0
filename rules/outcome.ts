/**
 * Every way an invocation can end, and this is the one list: the log, the metrics, docs/outcomes.md and the tests are made
 * from it. Four kinds:
 * - `migrated`: the event goes back with the user in it, CONFIRMED.
 * - `reset_required`: the event goes back with the user in it, but the password proved nothing.
 *   Both are hand-overs: Cognito then makes the user, or refuses to, and the function does not hear of it.
 * - `refused`: the event goes back untouched, and Cognito answers as for a user that does not exist.
 * - `failed`: the handler throws one sentence, the user is asked to try again, and Lambda's Errors metric counts it.
 */
export type Kind = "migrated" | "reset_required" | "refused" | "failed";

/** INFO is everyday, WARN is worth a look when there are many, ERROR is worth a look now. */
export type Level = "INFO" | "WARN" | "ERROR";

export interface OutcomeRow {
  readonly kind: Kind;
  readonly level: Level;
  /** What happened, for the operator. Stands in the log. */
  readonly means: string;
  /** Only an operator can mend it: counted as Misconfigured, too, which has an alarm. */
  readonly misconfigured?: true;
}

const refused = (level: Level, means: string) => ({ kind: "refused", level, means }) as const;
const failed = (means: string) => ({ kind: "failed", level: "ERROR", means }) as const;

/** Only an operator can mend it. */
const forOperators = <const Row extends OutcomeRow>(row: Row) => ({ ...row, misconfigured: true }) as const;

export const OUTCOMES = {
  migrated: {
    kind: "migrated",
    level: "INFO",
    means: "handed over with a proven password, for Cognito to create the user CONFIRMED",
  },
  migrated_reset_required: {
    kind: "reset_required",
    level: "INFO",
    means:
      "handed over without a lasting password, for Cognito to create the user RESET_REQUIRED, who sets a new one by a code",
  },

  not_authorized: refused(
    "INFO",
    "wrong password, unknown user, disabled user or expired temporary password: Cognito does not say which",
  ),
  too_many_attempts: refused("INFO", "too many wrong passwords: the source has locked the user out for a while"),
  user_not_found: refused("INFO", "the source has no such user"),
  username_invalid: refused("INFO", "no user pool can have a user of this name"),
  password_invalid: refused("INFO", "no password, or one that no user can have: too long, or half a character in it"),
  user_disabled: refused("INFO", "disabled at the source"),
  user_unconfirmed: refused("INFO", "never confirmed the sign-up at the source"),
  user_federated: refused("INFO", "has no password at the source: signs in through an identity provider"),
  user_status: refused("INFO", "a status that does not allow a sign-in at the source"),
  user_status_unknown: forOperators(refused("ERROR", "a user status that did not exist when this was written")),
  mfa: refused("WARN", "has, or may have, a second factor that MFA_POLICY does not carry over"),
  challenge: refused("WARN", "the source asked for something that does not prove a password"),
  challenge_unknown: forOperators(
    refused("ERROR", "the source asked for something that did not exist when this was written"),
  ),
  sign_in_name: refused(
    "WARN",
    "the name that was typed is not, or is not verified as, one by which this user can sign in at the destination",
  ),
  required_unproven: refused(
    "WARN",
    "the destination requires an address that is a sign-in name there, and the source does not vouch for this user's",
  ),
  required_unfit: refused(
    "WARN",
    "the destination requires an attribute, and its schema does not take this user's value",
  ),
  group_required: refused(
    "WARN",
    "is, or may be, in a group that GROUPS_OR_REFUSE names, and the membership cannot travel",
  ),
  forgot_password: refused("INFO", "has forgotten the password, and FORGOT_PASSWORD is refuse"),
  password_unproven: refused(
    "INFO",
    "has shown no lasting password (forgotten, temporary, or a reset is due), and UNPROVEN_PASSWORD is refuse",
  ),
  nothing_to_carry: refused("WARN", "has no attribute that the destination has a place for"),
  no_recovery_channel: refused("WARN", "needs a code, but has neither a verified e-mail address nor phone number"),
  source_trigger: refused("WARN", "a Lambda trigger of the source user pool refused the sign-in"),

  throttled: failed("the source account's request rate quota is used up"),
  source_unavailable: failed("the source, or STS, did not answer or answered with an error of its own"),
  source_trigger_failed: failed("a Lambda trigger of the source user pool is broken"),
  deadline: failed("the time that Cognito waits was nearly over"),
  user_changed: failed(
    "the source signed in one user, or nobody by name, and then described another: the name changed hands in between",
  ),
  access_denied: forOperators(failed("the source role cannot be assumed, or may not do what it must")),
  misconfigured: forOperators(
    failed("user pool, app client, sign-in flow or the function's environment is not as deployed"),
  ),
  unexpected_event: forOperators(failed("an event of another trigger or another user pool")),
  unexpected: forOperators(failed("an error nobody foresaw: read error_name in the log")),
} as const satisfies Record<string, OutcomeRow>;

/** What the user gets: decided by the kind alone, so that nobody can tell the reasons within one apart. */
export const USER_GETS: Readonly<Record<Kind, string>> = {
  migrated: "signed in with the old password, unless Cognito refuses to make the user",
  reset_required: "asked for a new password by a code, unless Cognito refuses to make the user",
  refused: "answered as an unknown user",
  failed: "asked to try again later",
};

type Named<Of extends Kind> = {
  [Name in keyof typeof OUTCOMES]: (typeof OUTCOMES)[Name]["kind"] extends Of ? Name : never;
}[keyof typeof OUTCOMES];

export type OutcomeName = keyof typeof OUTCOMES;
/** @returns undefined for a name that only another version knows. */
export const outcomeNamed = (name: string): OutcomeRow | undefined =>
  Object.hasOwn(OUTCOMES, name) ? OUTCOMES[name as OutcomeName] : undefined;
export type MigratedOutcome = Named<"migrated" | "reset_required">;
export type RefusedOutcome = Named<"refused">;
export type FailedOutcome = Named<"failed">;

/** The one sentence that a user may see; Cognito shows the text of an error to whoever is signing in. */
export const USER_MESSAGE = "We could not sign you in just now. Please try again in a few minutes.";

/** The migration could not be decided. Carries what the operator needs and nothing of the user. */
export class MigrationFailure extends Error {
  override readonly name = "MigrationFailure";

  /** @param errorName Name of the AWS exception, or code of Node.js, behind it. */
  constructor(
    readonly outcome: FailedOutcome,
    readonly errorName?: string,
  ) {
    super(USER_MESSAGE);
  }
}
