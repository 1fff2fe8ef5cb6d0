import { ACCESS_CHECKS } from "./access-checks";
import { APP_CLIENT_CHECKS } from "./app-client-checks";
import { ATTRIBUTE_CHECKS } from "./attribute-checks";
import type { ListedCheck } from "./check";
import { FACTOR_CHECKS } from "./factor-checks";
import { FUNCTION_CHECKS, TOKEN_FUNCTION_CHECKS } from "./function-checks";
import { POOL_CHECKS } from "./pool-checks";
import { QUOTA_CHECKS } from "./quota-checks";
import { SOURCE_ROLE_CHECKS } from "./role-checks";
import { SIGN_IN_NAME_CHECKS } from "./sign-in-name-checks";
import { SIGN_UP_CHECKS } from "./sign-up-checks";
import { STAMP_CHECKS } from "./stamp-checks";
import { TRIGGER_CHECKS } from "./trigger-checks";

/** Every check, in the order in which they are shown. */
export const CHECKS: readonly ListedCheck[] = [
  ...ACCESS_CHECKS,
  ...POOL_CHECKS,
  ...ATTRIBUTE_CHECKS,
  ...SIGN_IN_NAME_CHECKS,
  ...APP_CLIENT_CHECKS,
  ...FACTOR_CHECKS,
  ...TRIGGER_CHECKS,
  ...SIGN_UP_CHECKS,
  ...STAMP_CHECKS,
  ...SOURCE_ROLE_CHECKS,
  ...FUNCTION_CHECKS,
  ...TOKEN_FUNCTION_CHECKS,
  ...QUOTA_CHECKS,
];
