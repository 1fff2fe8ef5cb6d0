import type { AliasAttribute } from "../config/attribute-rules";
import type { Attributes } from "../config/carry-attributes";

export interface SignInRules {
  readonly destinationUsernameAttributes: readonly AliasAttribute[];
  /** Undefined: nobody has said whether there are any. */
  readonly destinationAliasAttributes: readonly AliasAttribute[] | undefined;
  readonly destinationCaseSensitive: boolean;
}

export interface NamedUser {
  readonly username: string;
  readonly attributes: Attributes;
}

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
  rules: SignInRules,
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

/**
 * The attribute that a name must be, because users of the destination sign in with such addresses, or may: then it is a name
 * of nobody else's, whatever anybody has written into `preferred_username`. Undefined: it is no address, or a name like any other.
 */
export function addressAttribute(
  name: string,
  {
    destinationUsernameAttributes: instead,
    destinationAliasAttributes: aliases,
  }: Pick<SignInRules, "destinationUsernameAttributes" | "destinationAliasAttributes">,
): "email" | "phone_number" | undefined {
  const attribute = name.includes("@") ? "email" : /^\+[0-9]+$/.test(name) ? "phone_number" : undefined;
  if (attribute === undefined) return undefined;
  const isSignInName = instead.length > 0 ? instead.includes(attribute) : (aliases?.includes(attribute) ?? true);
  return isSignInName ? attribute : undefined;
}

/** Letters of other alphabets fold differently in different places, so they are compared as they are. */
export function isSameName(
  name: string | undefined,
  typed: string,
  rules: Pick<SignInRules, "destinationCaseSensitive">,
): boolean {
  const fold = (text: string): string =>
    rules.destinationCaseSensitive ? text : text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  return name !== undefined && fold(name) === fold(typed);
}

function isVerified(attribute: AliasAttribute, attributes: Attributes): boolean {
  return attribute === "preferred_username" || attributes[`${attribute}_verified`] === "true";
}

/**
 * At a source with usernames anybody may write any address into the profile, and only a verified one is the user's. At a
 * source without usernames an address is a user's name: Cognito lets no two users have it.
 */
function isOwn(attribute: AliasAttribute, user: NamedUser): boolean {
  return user.username === user.attributes["sub"] || isVerified(attribute, user.attributes);
}

/** A source without usernames gives the sub as one; its users know their address or number only. */
function ownName({ username, attributes }: NamedUser): string | undefined {
  return username === attributes["sub"] ? (attributes["email"] ?? attributes["phone_number"]) : username;
}
