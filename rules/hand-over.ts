import type { ForgotPasswordPolicy, MfaConfiguration, MfaPolicy, UnprovenPasswordPolicy } from "./attribute-rules";
import { type AttributeRules, carryAttributes } from "./carry-attributes";
import { type Attributes, isTrue } from "./names";
import { type MigratedOutcome, MigrationFailure, type RefusedOutcome } from "./outcome";
import { isAsDescribed, nameAtDestination, provenAttributes } from "./own-name";
import {
  isRefusedForGroups,
  type Signer,
  type Stamping,
  type StampProof,
  type StampRules,
  stampUser,
} from "./stamp-user";
import type { Dropped } from "./why-dropped";

/** The fields of the event's `response` that the handler sets. */
export interface UserMigrationResponse {
  readonly userAttributes: Attributes;
  /** Absent: Cognito makes the user RESET_REQUIRED. No other value than CONFIRMED is safe to send. */
  readonly finalUserStatus?: "CONFIRMED";
  readonly messageAction: "SUPPRESS";
  readonly forceAliasCreation: false;
  readonly enableSMSMFA?: true;
}

/** What AdminGetUser said. */
export interface SourceUser {
  readonly username: string;
  readonly enabled: boolean;
  readonly status: string;
  readonly attributes: Attributes;
  /** SMS_MFA, EMAIL_OTP, SOFTWARE_TOKEN_MFA. */
  readonly mfaSettings: readonly string[];
}

export interface MigrationRules extends AttributeRules, StampRules {
  readonly sourceMfaConfiguration: MfaConfiguration;
  readonly mfaPolicy: MfaPolicy;
  readonly forgotPassword: ForgotPasswordPolicy;
  readonly unprovenPassword: UnprovenPasswordPolicy;
}

export type Decision =
  | (Omit<Stamping, "attributes"> & {
      readonly outcome: MigratedOutcome;
      readonly response: UserMigrationResponse;
      readonly droppedAttributes: Dropped;
      /** The user's second factors at the source. */
      readonly factors: readonly string[];
      /** Those of them that MFA_POLICY=allow leaves behind. */
      readonly droppedFactors: readonly string[];
    })
  | { readonly outcome: RefusedOutcome; readonly factors?: readonly string[] };

/** What the sign-in at the source has shown. */
export interface Proof extends StampProof {
  /** A lasting password: it decides on CONFIRMED. */
  readonly proven: boolean;
  /** What the source asked for after the password, if anything. */
  readonly secondFactor?: string | undefined;
}

/**
 * Decides what a user takes along who may come over, and whether that is enough to sign in with at the destination.
 *
 * @throws {MigrationFailure} when the source is not as it was described: then nothing is known to be proven.
 */
export function handOver(
  typed: string,
  rules: MigrationRules,
  user: SourceUser,
  proof: Proof,
  signer: Signer,
): Decision {
  const { proven, secondFactor } = proof;
  const refusal = refusalOfProof(proof, rules);
  if (refusal !== undefined) return refusal;
  if (!user.enabled) return { outcome: "user_disabled" };
  const factors = factorsOf(user, rules, { proven, secondFactor });
  if (!isAsDescribed(user, rules)) throw new MigrationFailure("misconfigured", "SOURCE_USERNAME_ATTRIBUTES");
  const carried = carryAttributes(user.attributes, rules);
  const { attributes, unproven } = provenAttributes(carried.attributes, user, rules, proven ? typed : undefined);
  const carriesSmsMfa = rules.mfaPolicy === "sms" && smsMfaSurvives(factors, attributes);
  if (factors.size > 0 && rules.mfaPolicy !== "allow" && !carriesSmsMfa)
    return { outcome: "mfa", factors: [...factors] };
  if (!proven && !canReceiveCode(attributes)) return { outcome: "no_recovery_channel" };
  const name = nameAtDestination(typed, user, attributes, rules);
  if (name === undefined) return { outcome: "sign_in_name" };
  if (carried.lacksRequired) return { outcome: "required_unfit" };
  if (unproven.some((one) => rules.destinationSchema.get(one)?.required)) return { outcome: "required_unproven" };
  const userAttributes = { ...attributes, ...name };
  if (Object.keys(userAttributes).length === 0) return { outcome: "nothing_to_carry" };
  const sourceSub = user.attributes["sub"] ?? "";
  const stamping = stampUser({ sourceSub, typed, carried: userAttributes }, rules, proof, signer);
  if (stamping === undefined) return { outcome: "group_required" };
  const { attributes: stamp, ...stamped } = stamping;
  return {
    outcome: proven ? "migrated" : "migrated_reset_required",
    response: {
      userAttributes: { ...userAttributes, ...stamp },
      ...(proven ? { finalUserStatus: "CONFIRMED" as const } : {}),
      messageAction: "SUPPRESS",
      // true would take the alias away from whoever has it at the destination.
      forceAliasCreation: false,
      ...(carriesSmsMfa ? { enableSMSMFA: true as const } : {}),
    },
    droppedAttributes: {
      ...carried.dropped,
      ...Object.fromEntries(unproven.map((name) => [name, "unproven" as const])),
    },
    factors: [...factors].sort(),
    droppedFactors: carriesSmsMfa ? [] : [...factors].sort(),
    ...stamped,
  };
}

/** Nothing in the profile can change this, so whoever reads profiles asks it first. */
export function refusalOfProof(proof: Proof, rules: MigrationRules): { readonly outcome: RefusedOutcome } | undefined {
  if (!proof.proven && rules.unprovenPassword === "refuse") return { outcome: "password_unproven" };
  return isRefusedForGroups(proof, rules) ? { outcome: "group_required" } : undefined;
}

/** A factor that the source would have asked for, had the user got so far; which one is not known. */
const UNSEEN_FACTOR = "unseen";

/**
 * The user's own list is not all of them: in a pool that demands MFA it can be empty although each sign-in asks for a factor,
 * which Cognito calls expected. A challenge shows what the list does not, but only after the right, lasting password.
 * https://github.com/aws/aws-sdk-js-v3/issues/7961, https://github.com/aws/aws-sdk/issues/693,
 * https://github.com/aws-amplify/amplify-js/issues/11258
 */
function factorsOf(
  { mfaSettings }: SourceUser,
  { sourceMfaConfiguration }: MigrationRules,
  { proven, secondFactor }: Proof,
): ReadonlySet<string> {
  const seen = new Set([...mfaSettings, ...(secondFactor === undefined ? [] : [secondFactor])]);
  return seen.size === 0 && sourceMfaConfiguration === "ON" && !proven ? new Set([UNSEEN_FACTOR]) : seen;
}

/** SMS is the only second factor that Cognito can be told to turn on, and it needs the number that proved itself. */
function smsMfaSurvives(factors: ReadonlySet<string>, attributes: Attributes): boolean {
  return (
    factors.size === 1 &&
    factors.has("SMS_MFA") &&
    attributes["phone_number"] !== undefined &&
    isTrue(attributes["phone_number_verified"])
  );
}

function canReceiveCode(attributes: Attributes): boolean {
  return isTrue(attributes["email_verified"]) || isTrue(attributes["phone_number_verified"]);
}
