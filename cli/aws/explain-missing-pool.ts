import { type Asked, credentialsOf } from "./call-origin";
import type { Explanation } from "./explanation";

/**
 * A pool is not found from another account or Region either: so it is said where it was looked for, and which settings of that
 * side have said so.
 *
 * @returns undefined when something else was not found, or nobody knows who was asked.
 */
export function explainMissingPool(error: Error, asked: Asked | undefined): Explanation | undefined {
  if (asked === undefined || error.name !== "ResourceNotFoundException") return undefined;
  if (!/^User pool .* does not exist/i.test(error.message)) return undefined;
  const { side, account } = asked;
  const wrongPool =
    side.name === "source"
      ? "If the pool or the Region is wrong, set SOURCE_USER_POOL_ID, and SOURCE_REGION for a multi-Region pool."
      : "If the pool or the Region is wrong, set DESTINATION_USER_POOL_ARN.";
  return {
    found: `${side.name}: ${account === undefined ? "the account" : `account ${account}`} (${credentialsOf(side)}), ${side.region}, has no user pool ${side.userPoolId}.`,
    remedy: `If that is the wrong account, set ${side.name.toUpperCase()}_PROFILE. ${wrongPool}`,
  };
}
