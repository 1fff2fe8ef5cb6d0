import { USER_MIGRATION } from "../../../rules/triggers";
import { type AppClient, allowsFlow, checkSecretHash, hidesUsers } from "./app-clients";
import { postAuthentication, preAuthentication } from "./authentication-triggers";
import { type Delivery, deliveryTo } from "./codes";
import { AwsException, invalidParameter, notAuthorized } from "./exception";
import { type Body, map, optionalMap, text } from "./input";
import { migrate } from "./migration";
import type { Operation, Operations } from "./operation";
import { type Occasion, tokensFor } from "./token-generation";
import type { User } from "./user";
import { folded } from "./user-names";
import type { UserPool } from "./user-pool";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html */
const PASSWORD_FLOWS = {
  InitiateAuth: ["USER_PASSWORD_AUTH"],
  AdminInitiateAuth: ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"],
} as const;

const WRONG = "Incorrect username or password.";

export const SIGN_IN_OPERATIONS: Operations = {
  InitiateAuth: signIn("InitiateAuth"),
  AdminInitiateAuth: signIn("AdminInitiateAuth"),
};

function signIn(operation: keyof typeof PASSWORD_FLOWS): Operation {
  return (pool, body) => {
    const client = pool.clients.get(text(body, "ClientId"));
    const flow = text(body, "AuthFlow");
    if (flow === "REFRESH_TOKEN_AUTH" || flow === "REFRESH_TOKEN") return refresh(pool, client, body);
    const passwordFlows: readonly string[] = PASSWORD_FLOWS[operation];
    if (!passwordFlows.includes(flow) && flow !== "USER_SRP_AUTH")
      throw invalidParameter(`Initiate Auth method not supported: ${flow}`);
    if (!allowsFlow(client, flow))
      throw invalidParameter(
        operation === "InitiateAuth"
          ? `${flow} flow not enabled for this client`
          : "Auth flow not enabled for this client",
      );
    return flow === "USER_SRP_AUTH" ? verifierChallenge(pool, client, body) : withPassword(pool, client, body);
  };
}

/** The error for a user who is not there. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html */
export function nobody(client: AppClient): AwsException {
  return hidesUsers(client) ? notAuthorized(WRONG) : new AwsException("UserNotFoundException", "User does not exist.");
}

async function withPassword(pool: UserPool, client: AppClient, body: Body): Promise<object> {
  const parameters = map(body, "AuthParameters");
  const userName = text(parameters, "USERNAME");
  const password = text(parameters, "PASSWORD");
  checkSecretHash(client, userName, parameters["SECRET_HASH"]);
  const before = pool.users.find(userName);
  const known = before !== undefined;
  await beforeSignIn(pool, client, body, before);
  if (!known) {
    const validationData = optionalMap(body, "ClientMetadata");
    const more = { password, ...(validationData === undefined ? {} : { validationData }) };
    const hasCome = await migrate(pool, USER_MIGRATION.sources.signIn, client.ClientId, userName, more);
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

/** The folded name is what a function sees of somebody who is not there, as with a migration. */
async function beforeSignIn(pool: UserPool, client: AppClient, body: Body, user: User | undefined): Promise<void> {
  const typed = folded(pool.naming, text(map(body, "AuthParameters"), "USERNAME"));
  const validationData = optionalMap(body, "ClientMetadata");
  const asked = { user, typed, clientId: client.ClientId };
  await preAuthentication(pool, asked, { hidesUsers: hidesUsers(client), validationData });
}

/** Who has proven all that was asked: the functions that come last, and tokens. */
export async function signedIn(pool: UserPool, user: User, client: AppClient, occasion: Occasion): Promise<object> {
  await postAuthentication(pool, user, client.ClientId, occasion.clientMetadata);
  return tokensFor(pool, user, client, occasion);
}

/** Statuses that refuse a sign-in before the password is looked at. */
function refuseWhateverThePassword({ enabled, status }: User): void {
  if (!enabled) throw notAuthorized("User is disabled.");
  if (status === "UNCONFIRMED") throw new AwsException("UserNotConfirmedException", "User is not confirmed.");
  if (status === "RESET_REQUIRED")
    throw new AwsException("PasswordResetRequiredException", "Password reset required for the user");
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
const BY_CODE: Readonly<Record<string, Delivery["AttributeName"]>> = { SMS_MFA: "phone_number", EMAIL_OTP: "email" };

export function challenged(pool: UserPool, user: User, client: AppClient, ChallengeName: string): object {
  const attribute = BY_CODE[ChallengeName];
  if (attribute !== undefined)
    pool.codes.send(user, {
      purpose: "second factor",
      delivery: deliveryTo(attribute, user.attributes[attribute] ?? ""),
    });
  const session = { username: user.username, clientId: client.ClientId, challenge: ChallengeName };
  const ChallengeParameters = {
    USER_ID_FOR_SRP: user.username,
    ...(ChallengeName === "SELECT_MFA_TYPE" ? { MFAS_CAN_CHOOSE: JSON.stringify(user.mfa) } : {}),
  };
  return { ChallengeName, ChallengeParameters, Session: pool.sessions.start(session) };
}

/** A challenge that nobody here can answer: it says that the flow is on, which is all that a check of it wants. */
async function verifierChallenge(pool: UserPool, client: AppClient, body: Body): Promise<object> {
  const userName = text(map(body, "AuthParameters"), "USERNAME");
  const user = pool.users.find(userName);
  await beforeSignIn(pool, client, body, user);
  if (user === undefined && !hidesUsers(client)) throw nobody(client);
  if (user !== undefined) refuseWhateverThePassword(user);
  return {
    ChallengeName: "PASSWORD_VERIFIER",
    ChallengeParameters: { USERNAME: user?.username ?? userName, USER_ID_FOR_SRP: user?.username ?? userName },
    Session: pool.sessions.start({ username: "", clientId: client.ClientId, challenge: "PASSWORD_VERIFIER" }),
  };
}

function refresh(pool: UserPool, client: AppClient, body: Body): Promise<object> {
  if (!allowsFlow(client, "REFRESH_TOKEN_AUTH")) throw invalidParameter("Auth flow not enabled for this client");
  const username = pool.tokens.refresh(text(map(body, "AuthParameters"), "REFRESH_TOKEN"), client.ClientId);
  const user = pool.users.find(username);
  if (user === undefined || !user.enabled) throw notAuthorized("Refresh Token has been revoked");
  return tokensFor(pool, user, client, { source: "RefreshTokens" });
}
