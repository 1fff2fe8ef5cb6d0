import { USER_MIGRATION } from "../../../rules/triggers";
import { type AppClient, checkSecretHash, hidesUsers } from "./app-clients";
import { deliveryTo, recoveryDelivery } from "./codes";
import { claimAliases, createUser } from "./create-user";
import { AwsException, invalidParameter, notAuthorized } from "./exception";
import { attributeList, attributes, type Body, map, optionalText, text } from "./input";
import { migrate } from "./migration";
import type { Operations } from "./operation";
import { mayWrite } from "./own-attribute-operations";
import { checkPassword } from "./passwords";
import { signedIn } from "./signed-in";
import type { User } from "./user";
import { mfaAnswer } from "./user-answers";
import type { UserPool } from "./user-pool";

/** What users do with their own accounts. */
export const ACCOUNT_OPERATIONS: Operations = {
  SignUp,
  ConfirmSignUp,
  ResendConfirmationCode,
  ForgotPassword,
  ConfirmForgotPassword,
  GetUser,
};

function clientFor(pool: UserPool, body: Body): AppClient {
  const client = pool.clients.get(text(body, "ClientId"));
  checkSecretHash(client, text(body, "Username"), optionalText(body, "SecretHash"));
  return client;
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
function SignUp(pool: UserPool, body: Body): object {
  const client = clientFor(pool, body);
  if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly === true)
    throw notAuthorized("SignUp is not permitted for this user pool");
  const given = attributes(body);
  mayWrite(client, Object.keys(given));
  const password = text(body, "Password");
  checkPassword(pool.settings, password);
  const name = text(body, "Username");
  // What a user says of an address proves nothing.
  const { email_verified: _, phone_number_verified: __, ...unproven } = given;
  const user = createUser(pool, { name, attributes: unproven, password, status: "UNCONFIRMED" }, "create");
  const verified = addressToVerify(pool, user);
  const delivery = verified && deliveryTo(verified, user.attributes[verified] ?? "");
  if (delivery !== undefined) pool.codes.send(user, { purpose: "sign-up", delivery });
  return {
    UserConfirmed: false,
    UserSub: user.attributes["sub"],
    ...(delivery && { CodeDeliveryDetails: delivery }),
  };
}

function addressToVerify({ settings }: UserPool, { attributes }: User): "email" | "phone_number" | undefined {
  const verified = settings.AutoVerifiedAttributes ?? [];
  return (["phone_number", "email"] as const).find((name) => verified.includes(name) && attributes[name]);
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html */
function ConfirmSignUp(pool: UserPool, body: Body): object {
  const client = clientFor(pool, body);
  const user = pool.users.find(text(body, "Username"));
  if (user === undefined) throw unknownUser(client);
  if (user.status !== "UNCONFIRMED") throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  const address = addressToVerify(pool, user);
  const after = address === undefined ? user.attributes : { ...user.attributes, [`${address}_verified`]: "true" };
  pool.codes.use(user, text(body, "ConfirmationCode"));
  claimAliases(pool, user.username, after, body["ForceAliasCreation"] === true);
  pool.users.change(user, { status: "CONFIRMED", attributes: after });
  return {};
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html */
function ResendConfirmationCode(pool: UserPool, body: Body): object {
  const client = clientFor(pool, body);
  const name = text(body, "Username");
  const user = pool.users.find(name);
  if (user === undefined) {
    if (hidesUsers(client)) return pretended(name);
    throw unknownUser(client);
  }
  if (user.status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
  const address = addressToVerify(pool, user);
  if (address === undefined) throw invalidParameter("Auto verification not turned on.");
  const delivery = deliveryTo(address, user.attributes[address] ?? "");
  pool.codes.send(user, { purpose: "sign-up", delivery });
  return { CodeDeliveryDetails: delivery };
}

/** A delivery that never happens. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html */
const pretended = (name: string): object => ({
  CodeDeliveryDetails: deliveryTo("email", name.includes("@") ? name : "a@b"),
});

function unknownUser(client: AppClient): AwsException {
  return hidesUsers(client)
    ? new AwsException("ExpiredCodeException", "Invalid code provided, please request a code again.")
    : new AwsException("UserNotFoundException", "Username/client id combination not found.");
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html */
async function ForgotPassword(pool: UserPool, body: Body): Promise<object> {
  const client = clientFor(pool, body);
  const name = text(body, "Username");
  if (pool.users.find(name) === undefined) {
    const more = body["ClientMetadata"] === undefined ? {} : { clientMetadata: map(body, "ClientMetadata") };
    await migrate(pool, USER_MIGRATION.sources.forgotPassword, client.ClientId, name, more);
  }
  const user = pool.users.find(name);
  if (user === undefined) {
    if (hidesUsers(client)) return pretended(name);
    throw unknownUser(client);
  }
  if (!user.enabled) throw notAuthorized("User is disabled.");
  if (!["CONFIRMED", "RESET_REQUIRED"].includes(user.status))
    throw notAuthorized("User password cannot be reset in the current state.");
  const delivery = recoveryDelivery(user, pool.settings.AccountRecoverySetting);
  pool.codes.send(user, { purpose: "forgotten password", delivery });
  return { CodeDeliveryDetails: delivery };
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html */
function ConfirmForgotPassword(pool: UserPool, body: Body): object {
  const client = clientFor(pool, body);
  const password = text(body, "Password");
  const user = pool.users.find(text(body, "Username"));
  if (user === undefined) throw unknownUser(client);
  checkPassword(pool.settings, password);
  pool.codes.use(user, text(body, "ConfirmationCode"));
  pool.users.change(user, { password, status: "CONFIRMED" });
  return {};
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html */
function GetUser(pool: UserPool, body: Body): object {
  const { user } = signedIn(pool, body);
  if (user.status !== "CONFIRMED") throw invalidParameter(`the user is ${user.status}`);
  return { Username: user.username, UserAttributes: attributeList(user.attributes), ...mfaAnswer(user) };
}
