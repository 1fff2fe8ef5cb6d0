import { secondFactors } from "./authenticator-operations";
import { remove } from "./bearer";
import { NO_CLIENT } from "./call-trigger";
import { resetAddress } from "./codes";
import { addUser, preparedUser } from "./create-user";
import { AwsException, notAuthorized } from "./exception";
import { attributes, type Body, optionalText, text, texts } from "./input";
import { type Operation, type Operations, silent } from "./operation";
import { checkPassword, newPassword } from "./passwords";
import { updatedAttributes, withoutAttributes } from "./update-attributes";
import type { User } from "./user";
import { adminGetUserAnswer, userType } from "./user-answers";
import type { UserPool } from "./user-pool";
import { givenAlong, postConfirmation, preSignUp } from "./user-triggers";

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
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminConfirmSignUp.html */
  AdminConfirmSignUp: silent(async (pool, body) => {
    const user = pool.user(text(body, "Username"));
    if (user.status !== "UNCONFIRMED")
      throw notAuthorized(`User cannot be confirmed. Current status is ${user.status}`);
    const confirmed = pool.users.change(user, { status: "CONFIRMED" });
    await postConfirmation(pool, confirmed, "ConfirmSignUp", NO_CLIENT, body);
  }),
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminSetUserPassword.html */
  AdminSetUserPassword: change((_, body, pool) => {
    const password = text(body, "Password");
    checkPassword(pool.settings, password);
    return { password, status: body["Permanent"] === true ? "CONFIRMED" : "FORCE_CHANGE_PASSWORD" };
  }),
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminResetUserPassword.html */
  AdminResetUserPassword: change((user, _, pool) => {
    pool.codes.send(user, "reset by an administrator", resetAddress(user, pool.settings.AccountRecoverySetting));
    return { status: "RESET_REQUIRED" };
  }),
  AdminUpdateUserAttributes: change((user, body, pool) => updatedAttributes(pool, user, attributes(body))),
  AdminDeleteUserAttributes: change((user, body, pool) =>
    withoutAttributes(pool, user, texts(body, "UserAttributeNames") ?? []),
  ),
  AdminSetUserMFAPreference: change((user, body) => ({ mfa: secondFactors(user.mfa, body) })),
  AdminDeleteUser: silent((pool, body) => remove(pool, pool.user(text(body, "Username")))),
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminUserGlobalSignOut.html */
  AdminUserGlobalSignOut: silent((pool, body) => pool.tokens.endAll(pool.user(text(body, "Username")))),
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUser.html */
async function AdminCreateUser(pool: UserPool, body: Body): Promise<object> {
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
  const userAttributes = attributes(body);
  const user = preparedUser(pool, { name, attributes: userAttributes, password, status }, "create");
  // What the function decides counts for nothing here, unless it refuses.
  await preSignUp(pool, {
    triggerSource: "PreSignUp_AdminCreateUser",
    userName: user.username,
    clientId: NO_CLIENT,
    userAttributes,
    ...givenAlong(body),
  });
  return { User: userType(addUser(pool, user, forceAliasCreation)) };
}
