import type { AliasAttribute } from "./attribute-rules";
import type { Attributes, CarriedAttributes } from "./carry-attributes";

/** What the destination signs its users in by. */
export interface NameRules {
  /** What they sign in with instead of a username. */
  readonly destinationUsernameAttributes: readonly AliasAttribute[];
  /** What they sign in with beside the username. Undefined: nobody has said whether there is any. */
  readonly destinationAliasAttributes: readonly AliasAttribute[] | undefined;
  readonly destinationCaseSensitive: boolean;
}

export interface NamedUser {
  readonly username: string;
  readonly attributes: Attributes;
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
  }: Pick<NameRules, "destinationUsernameAttributes" | "destinationAliasAttributes">,
): "email" | "phone_number" | undefined {
  const attribute = name.includes("@") ? "email" : /^\+[0-9]+$/.test(name) ? "phone_number" : undefined;
  if (attribute === undefined) return undefined;
  const isSignInName = instead.length > 0 ? instead.includes(attribute) : (aliases?.includes(attribute) ?? true);
  return isSignInName ? attribute : undefined;
}

/** Letters of other alphabets fold differently in different places, so they stay as they are. */
export function foldedName(name: string, isCaseSensitive: boolean): string {
  return isCaseSensitive ? name : name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Whether the destination takes one for the other. */
export function isSameName(
  name: string | undefined,
  other: string,
  { destinationCaseSensitive }: Pick<NameRules, "destinationCaseSensitive">,
): boolean {
  return (
    name !== undefined && foldedName(name, destinationCaseSensitive) === foldedName(other, destinationCaseSensitive)
  );
}

/** Cognito lets no two users of a pool have one preferred_username as an alias, so it needs no verification. */
export function isVerified(attribute: AliasAttribute, attributes: Attributes): boolean {
  return attribute === "preferred_username" || attributes[`${attribute}_verified`] === "true";
}

/**
 * At a source with usernames anybody may write any address into the profile, and only a verified one is the user's. At a
 * source without usernames an address is a user's name: Cognito lets no two users have it.
 */
export function isOwn(attribute: AliasAttribute, user: NamedUser): boolean {
  return user.username === user.attributes["sub"] || isVerified(attribute, user.attributes);
}

/** A source without usernames gives the sub as one; its users know their address or number only. */
export function ownName({ username, attributes }: NamedUser): string | undefined {
  return username === attributes["sub"] ? (attributes["email"] ?? attributes["phone_number"]) : username;
}

/**
 * Leaves a preferred_username behind that could be somebody else's name. Anyone may write any, and only signing in with it
 * shows that it is this user's. Where it can be an alias, or nobody has said that it cannot, any other stays behind; and so
 * does one that could be somebody's address, which is its owner's, whoever signs in with it at the source.
 *
 * @param signsInWith Whether this user signs in with that name at the source.
 */
export function withoutAnothersName(
  carried: CarriedAttributes,
  rules: NameRules,
  signsInWith: (name: string) => boolean,
): CarriedAttributes {
  const { preferred_username: name, ...attributes } = carried.attributes;
  const isAlias = rules.destinationAliasAttributes?.includes("preferred_username") ?? true;
  const canBeAlias = rules.destinationUsernameAttributes.length === 0 && isAlias;
  if (name === undefined || !canBeAlias || (signsInWith(name) && addressAttribute(name, rules) === undefined))
    return carried;
  return { attributes, dropped: [...carried.dropped, "preferred_username"].sort() };
}
