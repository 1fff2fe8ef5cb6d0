/** By name. Verified flags are `true` or whatever an SDK wrote. */
export type Attributes = Readonly<Record<string, string>>;

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html, UsernameAttributes */
export const USERNAME_ATTRIBUTES = ["email", "phone_number"] as const;
export type UsernameAttribute = (typeof USERNAME_ATTRIBUTES)[number];

/** Sign-in aliases that a user pool can have: https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
export const ALIAS_ATTRIBUTES = ["email", "phone_number", "preferred_username"] as const;
export type AliasAttribute = (typeof ALIAS_ATTRIBUTES)[number];

/** What the two pools sign their users in by. */
export interface NameRules {
  /** What users of the source sign in with instead of a username. */
  readonly sourceUsernameAttributes: readonly UsernameAttribute[];
  /** Likewise at the destination. */
  readonly destinationUsernameAttributes: readonly UsernameAttribute[];
  /** What they sign in with beside the username. Undefined: nobody has said whether there is any. */
  readonly destinationAliasAttributes: readonly AliasAttribute[] | undefined;
  readonly destinationCaseSensitive: boolean;
}

/** A user of the source. */
export interface NamedUser {
  readonly username: string;
  readonly attributes: Attributes;
}

/** SDKs write a Boolean as their language does: `true`, `True`, `TRUE`. Anything else is no yes. */
export function isTrue(flag: string | undefined): boolean {
  return flag !== undefined && /^true$/i.test(flag);
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

/** Whether the source has verified an address. */
export function isVerified(attribute: UsernameAttribute, attributes: Attributes): boolean {
  return isTrue(attributes[`${attribute}_verified`]);
}

const shapeOf = (name: string): UsernameAttribute | undefined =>
  name.includes("@") ? "email" : /^\+[0-9]+$/.test(name) ? "phone_number" : undefined;

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
): UsernameAttribute | undefined {
  const attribute = shapeOf(name);
  if (attribute === undefined) return undefined;
  const isSignInName = instead.length > 0 ? instead.includes(attribute) : (aliases?.includes(attribute) ?? true);
  return isSignInName ? attribute : undefined;
}
