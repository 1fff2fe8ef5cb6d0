import { CHALLENGES, type ChallengeMeaning, lookUp, type StatusMeaning, USER_STATUSES } from "./answers";
import { type Decision, handOver, type MigrationRules, type Proof, refusalOfProof, type SourceUser } from "./hand-over";
import { MigrationFailure, type RefusedOutcome } from "./outcome";
import type { Signer } from "./stamp-user";
import { USER_MIGRATION } from "./triggers";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html, as far as it is used. */
export interface UserMigrationEvent {
  readonly triggerSource: string;
  readonly userPoolId: string;
  /** What the user typed: a username or an alias. */
  readonly userName: string;
  readonly password: string | undefined;
}

/** What AdminInitiateAuth said, and of whom. */
export type SignIn =
  /** `groups` are those that the access token names; undefined: it has something else in their place. */
  | { readonly kind: "tokens"; readonly sub: string; readonly groups: readonly string[] | undefined }
  | { readonly kind: "challenge"; readonly name: string; readonly username?: string | undefined }
  | { readonly kind: "reset_required" }
  | { readonly kind: "refused"; readonly outcome: RefusedOutcome };

/** The source, as far as a migration needs it. Both calls throw {@link MigrationFailure} when they get no answer. */
export interface SourceUserPool {
  signIn(username: string, password: string): Promise<SignIn>;
  /** @returns undefined when there is no such user. */
  getUser(username: string): Promise<SourceUser | undefined>;
}

/** Pattern and length of Username in every user pool operation; anything else costs no call. Length in UTF-16, the strictest way to count. */
const USERNAME = /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u;
/** Part of it, asked first: to compile all letters of the world takes a cold start a millisecond. */
const ASCII_USERNAME = /^[!-~]+$/;
const USERNAME_MAX_LENGTH = 128;

export const canBeUsername = (name: string): boolean =>
  name.length <= USERNAME_MAX_LENGTH && (ASCII_USERNAME.test(name) || USERNAME.test(name));

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html */
const PASSWORD_MAX_LENGTH = 256;

/** Half a character would go out as another one, and not what was typed. */
const canBePassword = (text: string): boolean => text.length <= PASSWORD_MAX_LENGTH && text.isWellFormed();

/**
 * Decides what becomes of one user who is unknown at the destination. It only reads, so that Cognito may call it twice.
 *
 * @throws {MigrationFailure} when the source did not answer, or the event is not one of this trigger and user pool.
 */
export async function migrateUser(
  event: UserMigrationEvent,
  rules: MigrationRules,
  source: SourceUserPool,
  signer: Signer,
): Promise<Decision> {
  if (event.userPoolId !== rules.destinationUserPoolId) throw new MigrationFailure("unexpected_event");
  if (!canBeUsername(event.userName)) return { outcome: "username_invalid" };
  switch (event.triggerSource) {
    case USER_MIGRATION.sources.signIn:
      return await atSignIn(event, rules, source, signer);
    case USER_MIGRATION.sources.forgotPassword:
      return await atForgotPassword(event, rules, source, signer);
    default:
      throw new MigrationFailure("unexpected_event");
  }
}

async function atSignIn(
  event: UserMigrationEvent,
  rules: MigrationRules,
  source: SourceUserPool,
  signer: Signer,
): Promise<Decision> {
  const { userName, password } = event;
  if (!password || !canBePassword(password)) return { outcome: "password_invalid" };
  const signIn = await source.signIn(userName, password);
  if (signIn.kind === "refused") return { outcome: signIn.outcome };
  const meaning = meaningOf(signIn);
  if (meaning === undefined) return { outcome: "challenge_unknown" };
  if (meaning === "no_proof") return { outcome: "challenge" };

  const proof: Proof = {
    proven: meaning === "tokens" || meaning === "second_factor",
    secondFactor: signIn.kind === "challenge" && meaning === "second_factor" ? signIn.name : undefined,
    groups: signIn.kind === "tokens" ? signIn.groups : undefined,
  };
  return await withProfile(userName, rules, source, proof, (user) => {
    // The two calls find the user by name, and at the source an alias can change hands between them.
    if (!isSameUser(signIn, user)) throw new MigrationFailure("user_changed");
    const status = lookUp<StatusMeaning>(USER_STATUSES, user.status);
    if (proof.proven && status === "lasting")
      return withNamedProof(signIn, handOver(userName, rules, user, proof, signer));
    // A temporary or void password must not become a lasting one; the code that Cognito sends proves the user instead.
    const awaitsReset = status === "reset" || (meaning === "temporary_password" && status === "temporary");
    return awaitsReset ? handOver(userName, rules, user, { ...proof, proven: false }, signer) : refuseByStatus(user);
  });
}

/**
 * The profile is read only after the source has spoken for the password, or has said that there is none, and only where it
 * can still matter: AdminGetUser makes the user a billed monthly active user, a password sprayer must not run up the source's
 * bill, and a second call takes time that tells.
 */
async function withProfile(
  userName: string,
  rules: MigrationRules,
  source: SourceUserPool,
  proof: Proof,
  decide: (user: SourceUser) => Decision,
): Promise<Decision> {
  const refusal = refusalOfProof(proof, rules);
  if (refusal !== undefined) return refusal;
  const user = await source.getUser(userName);
  return user === undefined ? { outcome: "user_not_found" } : decide(user);
}

function meaningOf(signIn: Exclude<SignIn, { kind: "refused" }>): ChallengeMeaning | "tokens" | "reset" | undefined {
  if (signIn.kind === "challenge") return lookUp<ChallengeMeaning>(CHALLENGES, signIn.name);
  return signIn.kind === "tokens" ? "tokens" : "reset";
}

/**
 * Nobody becomes CONFIRMED by a challenge that names nobody. AWS says that each names the user.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminRespondToAuthChallenge.html, "USER_ID_FOR_SRP"
 *
 * @throws {MigrationFailure}
 */
function withNamedProof(signIn: SignIn, decision: Decision): Decision {
  const isNameless = signIn.kind === "challenge" && signIn.username === undefined;
  if (isNameless && "response" in decision) throw new MigrationFailure("user_changed");
  return decision;
}

/** An exception names nobody, and without a proven password a challenge need not; then the name that was typed ties the two together. */
function isSameUser(signIn: SignIn, user: SourceUser): boolean {
  if (signIn.kind === "tokens") return signIn.sub === user.attributes["sub"];
  return signIn.kind !== "challenge" || signIn.username === undefined || signIn.username === user.username;
}

/**
 * Nobody has proven anything here, so only a user whom the source itself would send a code is carried over. Whoever asks
 * makes the user an active one at the source, and ends the user's chance to keep the password: FORGOT_PASSWORD=refuse.
 */
async function atForgotPassword(
  event: UserMigrationEvent,
  rules: MigrationRules,
  source: SourceUserPool,
  signer: Signer,
): Promise<Decision> {
  if (rules.forgotPassword === "refuse") return { outcome: "forgot_password" };
  const proof = { proven: false };
  return await withProfile(event.userName, rules, source, proof, (user) => {
    const status = lookUp<StatusMeaning>(USER_STATUSES, user.status);
    return status === "lasting" || status === "reset"
      ? handOver(event.userName, rules, user, proof, signer)
      : refuseByStatus(user);
  });
}

function refuseByStatus(user: SourceUser): Decision {
  if (!user.enabled) return { outcome: "user_disabled" };
  const status = lookUp<StatusMeaning>(USER_STATUSES, user.status);
  if (status === undefined) return { outcome: "user_status_unknown" };
  const isAboutPassword = status === "lasting" || status === "reset" || status === "temporary";
  return { outcome: isAboutPassword ? "user_status" : status };
}
