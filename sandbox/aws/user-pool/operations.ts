import { ACCOUNT_OPERATIONS } from "./account-operations";
import { ADMIN_OPERATIONS } from "./admin-operations";
import { CHALLENGE_OPERATIONS } from "./challenges";
import { CLIENT_OPERATIONS } from "./client-operations";
import { GROUP_OPERATIONS } from "./group-operations";
import { IMPORT_OPERATIONS } from "./import-operations";
import { ListUsers } from "./list-users";
import type { Operations } from "./operation";
import { POOL_OPERATIONS } from "./pool-operations";
import { SIGN_IN_OPERATIONS } from "./sign-in";

/** Everything that can be asked of one user pool. */
export const OPERATIONS: Operations = {
  ...POOL_OPERATIONS,
  ...CLIENT_OPERATIONS,
  ...ADMIN_OPERATIONS,
  ...GROUP_OPERATIONS,
  ...IMPORT_OPERATIONS,
  ...ACCOUNT_OPERATIONS,
  ...SIGN_IN_OPERATIONS,
  ...CHALLENGE_OPERATIONS,
  ListUsers,
};

/** Operations that anyone may call. All others need IAM. https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-public-server-side.html */
export const PUBLIC_OPERATIONS: ReadonlySet<string> = new Set([
  "InitiateAuth",
  "RespondToAuthChallenge",
  ...Object.keys(ACCOUNT_OPERATIONS),
]);
