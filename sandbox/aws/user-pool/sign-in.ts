import { USER_MIGRATION } from "../../../rules/triggers";
import { type AppClient, checkSecretHash, hidesUsers } from "./app-clients";
import type { AddressName } from "./codes";
import { AwsException, disabledUser, mustReset, notAuthorized } from "./exception";
import { type Body, optionalMap, parameter } from "./input";
import { migrate } from "./migration";
import { isSame, type Session } from "./sessions";
import { type Occasion, tokensFor } from "./token-generation";
import type { User } from "./user";
import type { UserPool } from "./user-pool";
import { postAuthentication, preAuthentication } from "./user-triggers";

export const WRONG = "Incorrect username or password.";

/** The error for a user who is not there. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html */
export function nobody(client: AppClient): AwsException {
  return hidesUsers(client) ? notAuthorized(WRONG) : new AwsException("UserNotFoundException", "User does not exist.");
}

/** @returns USERNAME. @throws NotAuthorizedException for a client with a secret that does not prove it. */
export function secretHashChecked(client: AppClient, parameters: Readonly<Record<string, string>>): string {
  const userName = parameter(parameters, "USERNAME");
  checkSecretHash(client, userName, parameters["SECRET_HASH"]);
  return userName;
}

/** @param given `migrates`: whether the user migration trigger is asked for nobody. */
export async function withPassword(
  pool: UserPool,
  client: AppClient,
  given: { userName: string; password: string; body: Body; migrates: boolean },
): Promise<object> {
  const { userName, password, body, migrates } = given;
  const before = pool.users.find(userName);
  const known = before !== undefined;
  await preAuthentication(pool, client, { userName, user: before, body });
  if (!known) {
    const more = { password, validationData: optionalMap(body, "ClientMetadata") };
    const hasCome = migrates && (await migrate(pool, USER_MIGRATION.sources.signIn, client.ClientId, userName, more));
    if (!hasCome) throw nobody(client);
  }
  const user = pool.users.find(userName);
  // A federated user has no password.
  if (user === undefined || user.status === "EXTERNAL_PROVIDER") throw nobody(client);
  refuseWhateverThePassword(user);
  if (user.password === undefined || user.password !== password) throw notAuthorized(WRONG);
  // "The first time that a new user signs in ... even if your user pool requires MFA":
  // https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html
  const challenge = known ? challengeFor(pool, user) : undefined;
  return challenge === undefined
    ? signedIn(pool, user, client, { source: "Authentication" })
    : challenged(pool, user, client, challenge);
}

/** Who has proven all that was asked: the functions that come last, and tokens. */
export async function signedIn(pool: UserPool, user: User, client: AppClient, occasion: Occasion): Promise<object> {
  await postAuthentication(pool, user, client.ClientId, occasion.clientMetadata);
  return tokensFor(pool, user, client, occasion);
}

/** Statuses that refuse a sign-in before the password is looked at. */
export function refuseWhateverThePassword({ enabled, status }: User): void {
  if (!enabled) throw disabledUser();
  if (status === "UNCONFIRMED") throw new AwsException("UserNotConfirmedException", "User is not confirmed.");
  if (status === "RESET_REQUIRED") throw mustReset();
}

/**
 * Who is about to sign in by a session.
 *
 * @throws what an administrator has done since: somebody else under the name, another password, no access.
 */
export function userOf(pool: UserPool, { username, of }: Session): User {
  const user = pool.user(username);
  if (of !== undefined && !isSame(of, user)) throw notAuthorized("Invalid session for the user.");
  refuseWhateverThePassword(user);
  return user;
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa.html */
export function challengeFor({ settings }: UserPool, { status, mfa, attributes }: User): string | undefined {
  if (status === "FORCE_CHANGE_PASSWORD") return "NEW_PASSWORD_REQUIRED";
  if (settings.MfaConfiguration === "OFF") return undefined;
  if (mfa.length > 0) return mfa.length > 1 ? "SELECT_MFA_TYPE" : mfa[0];
  if (settings.MfaConfiguration !== "ON") return undefined;
  // A number is asked where MFA is demanded, whatever the user's own list says. https://github.com/aws/aws-sdk-js-v3/issues/7961
  return settings.SmsConfiguration !== undefined && attributes["phone_number"] ? "SMS_MFA" : "MFA_SETUP";
}

/** Where the code of a challenge goes. */
const BY_CODE: Readonly<Record<string, AddressName>> = { SMS_MFA: "phone_number", EMAIL_OTP: "email" };

export function challenged(pool: UserPool, user: User, client: AppClient, ChallengeName: string): object {
  const attribute = BY_CODE[ChallengeName];
  if (attribute !== undefined) pool.codes.send(user, "second factor", attribute);
  const session = { username: user.username, challenge: ChallengeName, of: user };
  const ChallengeParameters = {
    USER_ID_FOR_SRP: user.username,
    ...(ChallengeName === "SELECT_MFA_TYPE" ? { MFAS_CAN_CHOOSE: JSON.stringify(user.mfa) } : {}),
    ...(ChallengeName === "MFA_SETUP" ? { MFAS_CAN_SETUP: JSON.stringify(["SOFTWARE_TOKEN_MFA"]) } : {}),
  };
  return { ChallengeName, ChallengeParameters, Session: pool.sessions.start(client, session) };
}
