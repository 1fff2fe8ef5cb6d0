import type { Attributes } from "../config/carry-attributes";
import {
  addressAttribute,
  isOwn,
  isSameName,
  isVerified,
  type NamedUser,
  type NameRules,
  ownName,
} from "../config/name-rules";

/**
 * Decides whether the name that was typed may become the user's name at the destination, and what Cognito must be told.
 *
 * The source accepts a username, every alias and the `sub` alike, and the destination makes a user of whatever was typed.
 * If all of them passed, one person could become several users, each with the old password, and a name that somebody else
 * at the destination has a right to could be taken. So exactly one name passes, or one that Cognito ties to the same user:
 *
 * - where users sign in with an e-mail address or phone number instead of a username: that attribute of this user;
 * - where they sign in with a username: this user's, or what they sign in with at a source without usernames;
 * - where they may also sign in with an alias: that, too, and Cognito is told the username, which keeps the user unique. What
 *   could be somebody's address must be this user's verified one.
 *
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html, "username"
 *
 * @param carried Attributes that the destination will have.
 * @returns attributes to add or replace, or undefined when the user must be refused.
 */
export function nameAtDestination(
  typed: string,
  user: NamedUser,
  carried: Attributes,
  rules: NameRules,
): Attributes | undefined {
  const isTyped = (name: string | undefined): boolean => isSameName(name, typed, rules);

  const instead = rules.destinationUsernameAttributes;
  if (instead.length > 0)
    return instead.some((attribute) => isTyped(carried[attribute]) && isOwn(attribute, user)) ? {} : undefined;

  const aliases = rules.destinationAliasAttributes ?? [];
  if (aliases.length === 0) return isTyped(ownName(user)) ? {} : undefined;

  const address = addressAttribute(typed, rules);
  if (isTyped(user.username) && address === undefined) return {};
  // Cognito takes an address for an alias only once it is verified; until then the user could never come back.
  const candidates = address === undefined ? aliases : [address];
  const alias = candidates.find((attribute) => isTyped(carried[attribute]) && isVerified(attribute, carried));
  // A pool with an alias refuses a username of its shape, so such a user is named by the old sub.
  const username = addressAttribute(user.username, rules) === undefined ? user.username : user.attributes["sub"];
  return alias === undefined || username === undefined ? undefined : { [alias]: typed, username };
}
