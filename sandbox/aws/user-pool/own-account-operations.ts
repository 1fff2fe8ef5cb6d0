import { refuseForbidden } from "./app-clients";
import { bearer, remove } from "./bearer";
import { type AddressName, keyOf } from "./codes";
import { claimAliases } from "./create-user";
import { invalidParameter, notAuthorized } from "./exception";
import { attributes, type Body, text, texts } from "./input";
import { type Operations, silent } from "./operation";
import { checkPassword } from "./passwords";
import { WRONG } from "./sign-in";
import { updatedAttributes, withoutAttributes } from "./update-attributes";
import type { User } from "./user";
import { foldedAttributes } from "./user-names";
import type { UserPool } from "./user-pool";

/** What users do who are signed in. */
export const OWN_ACCOUNT_OPERATIONS: Operations = {
  /** Sign-ins last. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ChangePassword.html */
  ChangePassword: silent((pool, body) => {
    const { user } = bearer(pool, body);
    const password = text(body, "ProposedPassword");
    if (user.password !== previous(body)) throw notAuthorized(WRONG);
    checkPassword(pool.settings, password);
    pool.users.change(user, { password });
  }),
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUser.html */
  DeleteUser: silent((pool, body) => remove(pool, bearer(pool, body).user)),
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html */
  GlobalSignOut: silent((pool, body) => pool.tokens.endAll(bearer(pool, body).user)),
  UpdateUserAttributes,
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_DeleteUserAttributes.html */
  DeleteUserAttributes: silent((pool, body) => {
    const { user, client } = bearer(pool, body);
    const names = texts(body, "UserAttributeNames") ?? [];
    refuseForbidden(client, names);
    pool.users.change(user, withoutAttributes(pool, user, names));
  }),
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetUserAttributeVerificationCode.html */
  GetUserAttributeVerificationCode: (pool, body) => {
    const { user } = bearer(pool, body);
    const { name, value } = addressIn(pool, user, body);
    return { CodeDeliveryDetails: pool.codes.send(user, "address to verify", name, value) };
  },
  VerifyUserAttribute,
};

/** Who signed in without one may leave it out, and gets the first one so. */
const previous = (body: Body): string | undefined =>
  body["PreviousPassword"] === undefined ? undefined : text(body, "PreviousPassword");

const ADDRESSES: readonly AddressName[] = ["email", "phone_number"];

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserAttributes.html */
function UpdateUserAttributes(pool: UserPool, body: Body): object {
  const { user, client } = bearer(pool, body);
  const given = foldedAttributes(pool.naming, attributes(body));
  refuseForbidden(client, Object.keys(given));
  // What a user says of an address proves nothing.
  if (Object.keys(given).some((name) => name.endsWith("_verified")))
    throw notAuthorized("A client attempted to write unauthorized attribute");
  const { AttributesRequireVerificationBeforeUpdate: later = [] } = pool.settings.UserAttributeUpdateSettings ?? {};
  const isNew = (name: AddressName): boolean => Boolean(given[name]) && given[name] !== user.attributes[name];
  const waiting = ADDRESSES.filter((name) => later.includes(name) && isNew(name));
  const now = Object.fromEntries(Object.entries(given).filter(([name]) => !waiting.includes(name as AddressName)));
  const after =
    Object.keys(now).length === 0 && waiting.length > 0
      ? user
      : pool.users.change(user, updatedAttributes(pool, user, now));
  for (const name of waiting) pool.newAddresses.set(keyOf(after, name), given[name] ?? "");
  const verified = pool.settings.AutoVerifiedAttributes ?? [];
  const asked = ADDRESSES.filter((name) => isNew(name) && (waiting.includes(name) || verified.includes(name)));
  return {
    CodeDeliveryDetailsList: asked.map((name) => pool.codes.send(after, "address to verify", name, given[name])),
  };
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_VerifyUserAttribute.html */
function VerifyUserAttribute(pool: UserPool, body: Body): object {
  const { user } = bearer(pool, body);
  const { name, value } = addressIn(pool, user, body);
  pool.codes.use(user, text(body, "Code"), `address ${value}`);
  const after = { ...user.attributes, [name]: value, [`${name}_verified`]: "true" };
  claimAliases(pool, user.username, after, false);
  pool.users.change(user, { attributes: after });
  pool.newAddresses.delete(keyOf(user, name));
  return {};
}

/** The address that the request names, as it is or is to be. */
function addressIn(pool: UserPool, user: User, body: Body): { readonly name: AddressName; readonly value: string } {
  const given = text(body, "AttributeName");
  const name = ADDRESSES.find((one) => one === given);
  if (name === undefined) throw invalidParameter(`${given} cannot be verified`);
  const value = pool.newAddresses.get(keyOf(user, name)) ?? user.attributes[name];
  if (!value) throw invalidParameter(`User has no ${name}.`);
  return { name, value };
}
