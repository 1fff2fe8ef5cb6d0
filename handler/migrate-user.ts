import type { AliasAttribute, ForgotPasswordPolicy, MfaPolicy } from "../config/attribute-rules";
import { type AttributeRules, type Attributes, type CarriedAttributes, carryAttributes } from "./attributes";
import { type MigratedOutcome, MigrationFailure, type RefusedOutcome } from "./outcome";
import { isSameName, nameAtDestination } from "./sign-in-name";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html; unknown fields are let be. */
export interface UserMigrationEvent {
  readonly triggerSource: string;
  readonly userPoolId: string;
  /** What the user typed: a username or an alias. */
  readonly userName: string;
  readonly request: { readonly password?: string | null };
  readonly response?: unknown;
}

/** The fields of the event's `response` that the handler sets. */
export interface UserMigrationResponse {
  readonly userAttributes: Attributes;
  /** Absent: Cognito makes the user RESET_REQUIRED. No other value than CONFIRMED is safe to send. */
  readonly finalUserStatus?: "CONFIRMED";
  readonly messageAction: "SUPPRESS";
  readonly forceAliasCreation: false;
  readonly enableSMSMFA?: true;
}

/** What AdminInitiateAuth said. */
export type SignIn =
  | { readonly kind: "tokens" }
  | { readonly kind: "challenge"; readonly name: string }
  | { readonly kind: "reset_required" }
  | { readonly kind: "refused"; readonly outcome: RefusedOutcome };

/** What AdminGetUser said. */
export interface SourceUser {
  readonly username: string;
  readonly enabled: boolean;
  readonly status: string;
  readonly attributes: Attributes;
  /** SMS_MFA, EMAIL_OTP, SOFTWARE_TOKEN_MFA. */
  readonly mfaSettings: readonly string[];
}

/** The source, as far as a migration needs it. Both calls throw {@link MigrationFailure} when they get no answer. */
export interface SourceUserPool {
  signIn(username: string, password: string): Promise<SignIn>;
  /** @returns undefined when there is no such user. */
  getUser(username: string): Promise<SourceUser | undefined>;
}

export interface MigrationRules extends AttributeRules {
  readonly destinationUserPoolId: string;
  /** What users of the destination sign in with instead of a username. */
  readonly destinationUsernameAttributes: readonly AliasAttribute[];
  /** What users of the destination sign in with beside the username. */
  readonly destinationAliasAttributes: readonly AliasAttribute[] | undefined;
  readonly destinationCaseSensitive: boolean;
  readonly mfaPolicy: MfaPolicy;
  readonly forgotPassword: ForgotPasswordPolicy;
}

export type Decision =
  | {
      readonly outcome: MigratedOutcome;
      readonly response: UserMigrationResponse;
      readonly droppedAttributes: readonly string[];
      /** Second factors that MFA_POLICY=allow leaves behind. */
      readonly droppedFactors: readonly string[];
    }
  | { readonly outcome: RefusedOutcome };

/**
 * Challenges that come only after the right, lasting password.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
 */
const SECOND_FACTOR = new Set(["SMS_MFA", "SOFTWARE_TOKEN_MFA", "EMAIL_OTP", "SELECT_MFA_TYPE", "MFA_SETUP"]);

/** Pattern and length of Username in every user pool operation; anything else costs no call. */
const USERNAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]{1,128}$/u;

/**
 * Decides what becomes of one user who is unknown at the destination. It only reads, so that Cognito may call it twice.
 *
 * @throws {MigrationFailure} when the source did not answer, or the event is not one of this trigger and user pool.
 */
export async function migrateUser(
  event: UserMigrationEvent,
  rules: MigrationRules,
  source: SourceUserPool,
): Promise<Decision> {
  if (event.userPoolId !== rules.destinationUserPoolId) throw new MigrationFailure("unexpected_event");
  if (!USERNAME.test(event.userName)) return { outcome: "username_invalid" };
  switch (event.triggerSource) {
    case "UserMigration_Authentication":
      return await atSignIn(event, rules, source);
    case "UserMigration_ForgotPassword":
      return await atForgotPassword(event, rules, source);
    default:
      throw new MigrationFailure("unexpected_event");
  }
}

/**
 * The profile is read only after the source has spoken for the password, or has said that there is none: AdminGetUser
 * makes the user a billed monthly active user, and a password sprayer must not run up the source's bill.
 */
async function atSignIn(event: UserMigrationEvent, rules: MigrationRules, source: SourceUserPool): Promise<Decision> {
  const { password } = event.request;
  if (!password) return { outcome: "password_missing" };
  const signIn = await source.signIn(event.userName, password);
  if (signIn.kind === "refused") return { outcome: signIn.outcome };

  const challenge = signIn.kind === "challenge" ? signIn.name : undefined;
  const secondFactor = challenge !== undefined && SECOND_FACTOR.has(challenge) ? challenge : undefined;
  const temporaryPassword = challenge === "NEW_PASSWORD_REQUIRED";
  if (challenge !== undefined && secondFactor === undefined && !temporaryPassword) return { outcome: "challenge" };

  const user = await source.getUser(event.userName);
  if (!user) return { outcome: "user_not_found" };
  const proven = signIn.kind === "tokens" || secondFactor !== undefined;
  if (proven && user.status === "CONFIRMED") return handOver(event, rules, user, { proven, secondFactor });
  // A temporary or void password must not become a lasting one; the code that Cognito sends proves the user instead.
  const awaitsReset =
    user.status === "RESET_REQUIRED" || (temporaryPassword && user.status === "FORCE_CHANGE_PASSWORD");
  return awaitsReset ? handOver(event, rules, user, { proven: false, secondFactor }) : refuseByStatus(user);
}

/**
 * Nobody has proven anything here, so only a user whom the source itself would send a code is carried over. Whoever asks
 * makes the user an active one at the source, and ends the user's chance to keep the password: FORGOT_PASSWORD=refuse.
 */
async function atForgotPassword(
  event: UserMigrationEvent,
  rules: MigrationRules,
  source: SourceUserPool,
): Promise<Decision> {
  if (rules.forgotPassword === "refuse") return { outcome: "forgot_password" };
  const user = await source.getUser(event.userName);
  if (!user) return { outcome: "user_not_found" };
  return user.status === "CONFIRMED" || user.status === "RESET_REQUIRED"
    ? handOver(event, rules, user, { proven: false })
    : refuseByStatus(user);
}

function refuseByStatus(user: SourceUser): Decision {
  if (!user.enabled) return { outcome: "user_disabled" };
  if (user.status === "UNCONFIRMED") return { outcome: "user_unconfirmed" };
  if (user.status === "EXTERNAL_PROVIDER") return { outcome: "user_federated" };
  return { outcome: "user_status" };
}

function handOver(
  event: UserMigrationEvent,
  rules: MigrationRules,
  user: SourceUser,
  { proven, secondFactor }: { readonly proven: boolean; readonly secondFactor?: string | undefined },
): Decision {
  if (!user.enabled) return { outcome: "user_disabled" };
  // A pool that demands MFA may ask for a factor that the user's own list does not name.
  const factors = new Set([...user.mfaSettings, ...(secondFactor === undefined ? [] : [secondFactor])]);
  const carried = carryAttributes(user.attributes, rules);
  const { attributes, dropped } = mayBeUntypedAlias(event.userName, user, rules)
    ? without("preferred_username", carried)
    : carried;
  const carriesSmsMfa = rules.mfaPolicy === "sms" && smsMfaSurvives(factors, attributes);
  if (factors.size > 0 && rules.mfaPolicy !== "allow" && !carriesSmsMfa) return { outcome: "mfa" };
  if (!proven && !canReceiveCode(attributes)) return { outcome: "no_recovery_channel" };
  const name = nameAtDestination(event.userName, user, attributes, rules);
  if (name === undefined) return { outcome: "sign_in_name" };
  const userAttributes = { ...attributes, ...name };
  if (Object.keys(userAttributes).length === 0) return { outcome: "nothing_to_carry" };
  return {
    outcome: proven ? "migrated" : "migrated_reset_required",
    response: {
      userAttributes,
      ...(proven ? { finalUserStatus: "CONFIRMED" as const } : {}),
      messageAction: "SUPPRESS",
      // true would take the alias away from whoever has it at the destination.
      forceAliasCreation: false,
      ...(carriesSmsMfa ? { enableSMSMFA: true as const } : {}),
    },
    droppedAttributes: dropped,
    droppedFactors: carriesSmsMfa ? [] : [...factors].sort(),
  };
}

/**
 * Anyone may write any preferred_username, and only signing in with it shows that it is this user's. Where it can be an
 * alias, or nobody has said that it cannot, an untyped one stays behind.
 */
function mayBeUntypedAlias(typed: string, user: SourceUser, rules: MigrationRules): boolean {
  const isAlias = rules.destinationAliasAttributes?.includes("preferred_username") ?? true;
  const canBeAlias = rules.destinationUsernameAttributes.length === 0 && isAlias;
  return canBeAlias && !isSameName(user.attributes["preferred_username"], typed, rules);
}

function without(name: string, { attributes, dropped }: CarriedAttributes): CarriedAttributes {
  const { [name]: value, ...rest } = attributes;
  return value === undefined ? { attributes, dropped } : { attributes: rest, dropped: [...dropped, name].sort() };
}

/** SMS is the only second factor that Cognito can be told to turn on, and it needs the number that proved itself. */
function smsMfaSurvives(factors: ReadonlySet<string>, attributes: Attributes): boolean {
  return (
    factors.size === 1 &&
    factors.has("SMS_MFA") &&
    attributes["phone_number"] !== undefined &&
    attributes["phone_number_verified"] === "true"
  );
}

function canReceiveCode(attributes: Attributes): boolean {
  return attributes["email_verified"] === "true" || attributes["phone_number_verified"] === "true";
}
