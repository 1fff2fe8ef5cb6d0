import { bearer, forget } from "./bearer";
import { notAuthorized } from "./exception";
import { type Body, text } from "./input";
import { type Operations, silent } from "./operation";
import { checkPassword } from "./passwords";
import { WRONG } from "./sign-in";

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
  DeleteUser: silent((pool, body) => {
    const { user } = bearer(pool, body);
    pool.users.delete(user);
    forget(pool, user);
  }),
  /** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GlobalSignOut.html */
  GlobalSignOut: silent((pool, body) => {
    const { user } = bearer(pool, body);
    pool.tokens.endAll(user.attributes["sub"] ?? "");
  }),
};

/** Who signed in without one may leave it out, and gets the first one so. */
const previous = (body: Body): string | undefined =>
  body["PreviousPassword"] === undefined ? undefined : text(body, "PreviousPassword");
