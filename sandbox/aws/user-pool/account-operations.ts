import { USER_MIGRATION } from "../../../rules/triggers";
import { type AppClient, checkSecretHash, hidesUsers, refuseForbidden } from "./app-clients";
import { bearer } from "./bearer";
import { type AddressName, recoveryAddress, resetAddress } from "./codes";
import { addUser, claimAliases, preparedUser } from "./create-user";
import { AwsException, disabledUser, invalidParameter, notAuthorized } from "./exception";
import { attributeList, attributes, type Body, optionalMap, optionalText, text } from "./input";
import { migrate } from "./migration";
import type { Operations } from "./operation";
import { checkPassword } from "./passwords";
import { type Attributes, isTrue } from "./schema";
import { readable } from "./token-claims";
import type { User } from "./user";
import { mfaAnswer } from "./user-answers";
import { folded } from "./user-names";
import type { UserPool } from "./user-pool";
import { givenAlong, postConfirmation, preSignUp } from "./user-triggers";

/** What users do with their own accounts. */
export const ACCOUNT_OPERATIONS: Operations = {
  SignUp,
  ConfirmSignUp,
  ResendConfirmationCode,
  ForgotPassword,
  ConfirmForgotPassword,
  GetUser,
};

/** Who is meant, as the pool keeps names. */
const named = ({ naming }: UserPool, body: Body): string => folded(naming, text(body, "Username"));

function clientFor(pool: UserPool, body: Body): AppClient {
  const client = pool.clients.get(text(body, "ClientId"));
  checkSecretHash(client, text(body, "Username"), optionalText(body, "SecretHash"));
  return client;
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignUp.html */
async function SignUp(pool: UserPool, body: Body): Promise<object> {
  const client = clientFor(pool, body);
  if (pool.settings.AdminCreateUserConfig?.AllowAdminCreateUserOnly === true)
    throw notAuthorized("SignUp is not permitted for this user pool");
  const given = attributes(body);
  refuseForbidden(client, Object.keys(given));
  const password = text(body, "Password");
  checkPassword(pool.settings, password);
  const name = text(body, "Username");
  // What a user says of an address proves nothing.
  const { email_verified: _, phone_number_verified: __, ...unproven } = given;
  const prepared = preparedUser(pool, { name, attributes: unproven, password, status: "UNCONFIRMED" }, "create");
  const decided = await preSignUp(pool, {
    triggerSource: "PreSignUp_SignUp",
    userName: prepared.username,
    clientId: client.ClientId,
    userAttributes: unproven,
    ...givenAlong(body),
  });
  const changed = { ...prepared, attributes: { ...prepared.attributes, ...verifiedIn(prepared, decided.verified) } };
  if (decided.autoConfirmUser) {
    const user = addUser(pool, { ...changed, status: "CONFIRMED" }, decided.verified.length > 0);
    await postConfirmation(pool, user, "ConfirmSignUp", client.ClientId, body);
    return { UserConfirmed: true, UserSub: user.attributes["sub"] };
  }
  // An address that a function has verified moves to the new user.
  const user = addUser(pool, changed, decided.verified.length > 0);
  const verified = addressToVerify(pool, user);
  const CodeDeliveryDetails = verified && pool.codes.send(user, "sign-up", verified);
  return { UserConfirmed: false, UserSub: user.attributes["sub"], CodeDeliveryDetails };
}

/** @throws InvalidParameterException for an address that is not there. */
function verifiedIn({ attributes }: User, addresses: readonly AddressName[]): Attributes {
  const missing = addresses.find((name) => !attributes[name]);
  if (missing !== undefined) throw invalidParameter(`${missing} cannot be verified: the user has none`);
  return Object.fromEntries(addresses.map((name) => [`${name}_verified`, "true"]));
}

function addressToVerify({ settings }: UserPool, { attributes }: User): AddressName | undefined {
  const verified = settings.AutoVerifiedAttributes ?? [];
  return (["phone_number", "email"] as const).find(
    (name) => verified.includes(name) && attributes[name] && !isTrue(attributes[`${name}_verified`]),
  );
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmSignUp.html */
async function ConfirmSignUp(pool: UserPool, body: Body): Promise<object> {
  const client = clientFor(pool, body);
  const name = named(pool, body);
  const code = text(body, "ConfirmationCode");
  const user = pool.users.find(name);
  if (hidesUsers(client) && !user?.enabled) throw pool.codes.refusal(name, "sign-up");
  if (user === undefined) throw unknownUser();
  if (user.status !== "UNCONFIRMED") throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
  const address = addressToVerify(pool, user);
  const after = address === undefined ? user.attributes : { ...user.attributes, [`${address}_verified`]: "true" };
  pool.codes.use(user, code, "sign-up", name);
  claimAliases(pool, user.username, after, body["ForceAliasCreation"] === true);
  const confirmed = pool.users.change(user, { status: "CONFIRMED", attributes: after });
  await postConfirmation(pool, confirmed, "ConfirmSignUp", client.ClientId, body);
  return {};
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ResendConfirmationCode.html */
function ResendConfirmationCode(pool: UserPool, body: Body): object {
  const client = clientFor(pool, body);
  const name = named(pool, body);
  const user = pool.users.find(name);
  if (hidesUsers(client) && !user?.enabled) return { CodeDeliveryDetails: pool.codes.pretend(name, "sign-up") };
  if (user === undefined) throw unknownUser();
  if (user.status !== "UNCONFIRMED") throw invalidParameter("User is already confirmed.");
  const address = addressToVerify(pool, user);
  if (address === undefined) throw invalidParameter("Auto verification not turned on.");
  return { CodeDeliveryDetails: pool.codes.send(user, "sign-up", address) };
}

const unknownUser = (): AwsException =>
  new AwsException("UserNotFoundException", "Username/client id combination not found.");

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ForgotPassword.html */
async function ForgotPassword(pool: UserPool, body: Body): Promise<object> {
  const client = clientFor(pool, body);
  const name = named(pool, body);
  if (pool.users.find(name) === undefined) {
    const more = { clientMetadata: optionalMap(body, "ClientMetadata") };
    await migrate(pool, USER_MIGRATION.sources.forgotPassword, client.ClientId, name, more);
  }
  const user = pool.users.find(name);
  const { AccountRecoverySetting: setting } = pool.settings;
  // Where users are hidden, these three are told the same: nobody, who is disabled, and who has no verified address. A status is told.
  // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
  if (hidesUsers(client) && !(user?.enabled && recoveryAddress(user, setting)))
    return { CodeDeliveryDetails: pool.codes.pretend(name, "password") };
  if (user === undefined) throw unknownUser();
  if (!user.enabled) throw disabledUser();
  return { CodeDeliveryDetails: pool.codes.send(user, "forgotten password", resetAddress(user, setting)) };
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ConfirmForgotPassword.html */
async function ConfirmForgotPassword(pool: UserPool, body: Body): Promise<object> {
  const client = clientFor(pool, body);
  const name = named(pool, body);
  const password = text(body, "Password");
  const code = text(body, "ConfirmationCode");
  // Ahead of the name: whoever is not there must not be told apart.
  checkPassword(pool.settings, password);
  const user = pool.users.find(name);
  if (hidesUsers(client) && !user?.enabled) throw pool.codes.refusal(name, "password", user);
  if (user === undefined) throw unknownUser();
  if (!user.enabled) throw disabledUser();
  pool.codes.use(user, code, "password", name);
  const confirmed = pool.users.change(user, { password, status: "CONFIRMED" });
  await postConfirmation(pool, confirmed, "ConfirmForgotPassword", client.ClientId, body);
  return {};
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUser.html */
function GetUser(pool: UserPool, body: Body): object {
  const { user, client } = bearer(pool, body);
  if (user.status !== "CONFIRMED") throw invalidParameter(`the user is ${user.status}`);
  return {
    Username: user.username,
    UserAttributes: attributeList(readable(user.attributes, client)),
    ...mfaAnswer(user),
  };
}
