import { ACCOUNT_OPERATIONS } from "./account-operations";
import { ADMIN_OPERATIONS } from "./admin-operations";
import { AUTHENTICATOR_OPERATIONS } from "./authenticator-operations";
import { SIGN_IN_OPERATIONS } from "./challenges";
import { CLIENT_OPERATIONS } from "./client-operations";
import { GROUP_OPERATIONS } from "./group-operations";
import { IMPORT_OPERATIONS } from "./import-operations";
import { ListUsers } from "./list-users";
import type { Operations } from "./operation";
import { OWN_ACCOUNT_OPERATIONS } from "./own-account-operations";
import { POOL_OPERATIONS } from "./pool-operations";
import { TOKEN_OPERATIONS } from "./refresh";

/** What the app of a user calls, who proves nothing but what is in the request. */
const OF_USERS: Operations = {
  ...ACCOUNT_OPERATIONS,
  ...OWN_ACCOUNT_OPERATIONS,
  ...AUTHENTICATOR_OPERATIONS,
  ...TOKEN_OPERATIONS,
};

/** Everything that can be asked of one user pool. */
export const OPERATIONS: Operations = {
  ...POOL_OPERATIONS,
  ...CLIENT_OPERATIONS,
  ...ADMIN_OPERATIONS,
  ...GROUP_OPERATIONS,
  ...IMPORT_OPERATIONS,
  ...OF_USERS,
  ...SIGN_IN_OPERATIONS,
  ListUsers,
};

/** Operations that anyone may call. All others need IAM. https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html */
export const PUBLIC_OPERATIONS: ReadonlySet<string> = new Set([
  "InitiateAuth",
  "RespondToAuthChallenge",
  ...Object.keys(OF_USERS),
]);
