import { recoveryDelivery } from "./codes";
import { claimAliases, createUser } from "./create-user";
import { AwsException, invalidParameter, notAuthorized } from "./exception";
import { attributes, type Body, optionalText, text } from "./input";
import { type Operation, type Operations, silent } from "./operation";
import { checkPassword, newPassword } from "./passwords";
import { type Attributes, conform } from "./schema";
import type { User } from "./user";
import { adminGetUserAnswer, userType } from "./user-answers";
import { foldedAttributes } from "./user-names";
import type { UserPool } from "./user-pool";

/** An operation that changes one user and says nothing. */
function change(changed: (user: User, body: Body, pool: UserPool) => Partial<User>): Operation {
  return silent((pool, body) => {
    const user = pool.user(text(body, "Username"));
    pool.users.change(user, changed(user, body, pool));
  });
}

/** What administrators do with users. */
export const ADMIN_OPERATIONS: Operations = {
  AdminCreateUser,
  AdminGetUser: (pool, body) => adminGetUserAnswer(pool.user(text(body, "Username"))),
  AdminDisableUser: change(() => ({ enabled: false })),
  AdminEnableUser: change(() => ({ enabled: true })),
  AdminConfirmSignUp: change(({ status }) => {
    if (status !== "UNCONFIRMED") throw notAuthorized(`User cannot be confirmed. Current status is ${status}`);
    return { status: "CONFIRMED" };
  }),
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html */
  AdminSetUserPassword: change((_, body, pool) => {
    const password = text(body, "Password");
    checkPassword(pool.settings, password);
    return { password, status: body["Permanent"] === true ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD" };
  }),
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html */
  AdminResetUserPassword: change((user, _, pool) => {
    if (!["CONFIRMED", "RESET_REQUIRED"].includes(user.status))
      throw notAuthorized("User password cannot be reset in the current state.");
    const delivery = recoveryDelivery(user, pool.settings.AccountRecoverySetting);
    pool.codes.send(user, { purpose: "reset by an administrator", delivery });
    return { status: "RESET_REQUIRED" };
  }),
  AdminUpdateUserAttributes: change((user, body, pool) => updated(pool, user, attributes(body))),
  AdminSetUserMFAPreference: change((user, body) => ({ mfa: secondFactors(user.mfa, body) })),
  AdminDeleteUser: silent((pool, body) => {
    const user = pool.user(text(body, "Username"));
    pool.users.delete(user);
    pool.groups.forget(user.username);
  }),
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html */
function AdminCreateUser(pool: UserPool, body: Body): object {
  const name = text(body, "Username");
  const action = optionalText(body, "MessageAction");
  const password = optionalText(body, "TemporaryPassword") ?? newPassword(pool.settings);
  checkPassword(pool.settings, password);
  if (action === "RESEND") {
    const user = pool.user(name);
    if (user.status !== "FORCE_CHANGE_PASSWORD")
      throw new AwsException("UnsupportedUserStateException", "Resend not possible. User status is not valid.");
    return { User: userType(pool.users.change(user, { password })) };
  }
  const status = "FORCE_CHANGE_PASSWORD";
  const forceAliasCreation = body["ForceAliasCreation"] === true;
  const user = createUser(pool, { name, attributes: attributes(body), password, status, forceAliasCreation }, "create");
  return { User: userType(user) };
}

/**
 * A new address is unverified unless the same request says otherwise, and an empty value removes an attribute.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUpdateUserAttributes.html
 */
function updated(pool: UserPool, user: User, given: Attributes): Partial<User> {
  if (Object.keys(given).length === 0) throw invalidParameter("UserAttributes must not be empty");
  const changes = { ...foldedAttributes(pool.naming, given) };
  for (const name of ["email", "phone_number"])
    if (changes[name] !== undefined && changes[name] !== user.attributes[name]) changes[`${name}_verified`] ??= "false";
  conform(pool.schema, changes, "update");
  for (const { Name, Required } of pool.schema)
    if (Required && changes[Name ?? ""] === "")
      throw invalidParameter(`Attributes did not conform to the schema: ${Name}: The attribute is required`);
  const after = Object.fromEntries(
    Object.entries({ ...user.attributes, ...changes }).filter(([, value]) => value !== ""),
  );
  claimAliases(pool, user.username, after, false);
  return { attributes: after };
}

const FACTORS = {
  SMS_MFA: "SMSMfaSettings",
  SOFTWARE_TOKEN_MFA: "SoftwareTokenMfaSettings",
  EMAIL_OTP: "EmailMfaSettings",
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserMFAPreference.html */
function secondFactors(before: readonly string[], body: Body): readonly string[] {
  const settings = Object.entries(FACTORS).map(([factor, member]) => {
    const { Enabled, PreferredMfa } = (body[member] ?? {}) as { Enabled?: boolean; PreferredMfa?: boolean };
    return { factor, enabled: Enabled ?? before.includes(factor), preferred: PreferredMfa ?? before[0] === factor };
  });
  const wrong = settings.find(({ enabled, preferred, factor }) => preferred && !enabled && before[0] !== factor);
  if (wrong !== undefined) throw invalidParameter(`${wrong.factor} cannot be preferred without being enabled`);
  const enabled = settings.filter((setting) => setting.enabled);
  return [...enabled.filter(({ preferred }) => preferred), ...enabled.filter(({ preferred }) => !preferred)].map(
    ({ factor }) => factor,
  );
}
