import {
  type AliasAttribute,
  type Attributes,
  addressAttribute,
  isSameName,
  isVerified,
  type NamedUser,
  type NameRules,
  USERNAME_ATTRIBUTES,
  type UsernameAttribute,
} from "./names";

/**
 * Which names are a user's. A value becomes a sign-in name at the destination only with proof that it is this user's:
 * - the source took it together with the password, in this very request;
 * - it is the username, in a source pool with usernames;
 * - it is the value of one of the source's UsernameAttributes;
 * - the source has it as verified.
 *
 * Where users of the destination sign in with addresses, a name of the shape of an address is one: then only the last two are
 * proof, since anybody can choose another's address for a username. docs/decisions/0007-one-person-one-user.md
 */

/** A name by which a user can sign in at the destination. */
export interface OwnName {
  readonly name: string;
  /** The source has verified it, or it is a username there. One that is neither gives way to one that is. */
  readonly verified: boolean;
  /** False: a username made for this user, which nobody types. */
  readonly known: boolean;
}

/** Whether an address is this user's, and not only what somebody has written into the profile. */
export function isProven(
  attribute: UsernameAttribute,
  { attributes }: NamedUser,
  { sourceUsernameAttributes }: Pick<NameRules, "sourceUsernameAttributes">,
): boolean {
  return sourceUsernameAttributes.includes(attribute) || isVerified(attribute, attributes);
}

/**
 * Whether a user can be one of the source as it was described. A pool with UsernameAttributes makes usernames itself, equal to the
 * `sub`; nobody can choose such a one. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export function isAsDescribed(
  { username, attributes }: NamedUser,
  { sourceUsernameAttributes }: Pick<NameRules, "sourceUsernameAttributes">,
): boolean {
  return (username === attributes["sub"]) === sourceUsernameAttributes.length > 0;
}

/** Usernames that begin so are made here, so nobody who has chosen such a one at the source comes over under it. */
export const MADE_HERE = "sub:";
const looksMadeHere = (name: string): boolean => name.toLowerCase().startsWith(MADE_HERE);

/**
 * The one username that this user has at a destination with usernames, so that every way leads to the same user: the username
 * of the source; at a source without usernames what people sign in with there, the e-mail address first. A pool with an alias refuses
 * a username of its shape: then it is one that nobody types, and the user signs in by the alias.
 */
function usernameAtDestination(user: NamedUser, rules: NameRules): readonly [OwnName] | undefined {
  const { username, attributes } = user;
  const { sourceUsernameAttributes, destinationUsernameAttributes, destinationAliasAttributes = [] } = rules;
  const hasUsernames = sourceUsernameAttributes.length === 0;
  const canHaveAliases = rules.destinationAliasAttributes?.length !== 0;
  const isTaken = (name: string): boolean =>
    addressAttribute(name, { destinationUsernameAttributes, destinationAliasAttributes }) === undefined &&
    !(hasUsernames && canHaveAliases && looksMadeHere(name));
  const own = hasUsernames
    ? [{ name: username, verified: true, known: true }]
    : addressesOf(attributes, sourceUsernameAttributes);
  const name = own.find((one) => isTaken(one.name));
  if (name !== undefined) return [name];
  if (destinationAliasAttributes.length === 0) return undefined;
  const sub = attributes["sub"];
  if (hasUsernames && sub === undefined) return undefined;
  return [{ name: hasUsernames ? `${MADE_HERE}${sub}` : username, verified: true, known: false }];
}

function addressesOf(attributes: Attributes, among: readonly UsernameAttribute[]): OwnName[] {
  return USERNAME_ATTRIBUTES.filter((one) => among.includes(one)).flatMap((attribute) => {
    const name = attributes[attribute];
    return name ? [{ name, verified: isVerified(attribute, attributes), known: true }] : [];
  });
}

/**
 * Whether a value that stands in `preferred_username` is this user's name: the one that the source took, or the username that the
 * user has at the destination anyway.
 */
function isNameOf(value: string, user: NamedUser, rules: NameRules, accepted: string | undefined): boolean {
  if (addressAttribute(value, rules) !== undefined || looksMadeHere(value)) return false;
  const [username] = usernameAtDestination(user, rules) ?? [];
  return [accepted, username?.name].some((name) => isSameName(name, value, rules));
}

/** Cognito lets no two users of a pool have one preferred_username as an alias, so it needs no verification. */
export function isAlias(attribute: AliasAttribute, attributes: Attributes): boolean {
  return attribute === "preferred_username" || isVerified(attribute, attributes);
}

/**
 * Leaves behind what would become a sign-in name without proof, an address with its flag. An unverified alias is an ordinary
 * attribute, and travels.
 *
 * @param attributes That the destination has a place for.
 * @param accepted The name that the source took together with the password; undefined when it took none.
 * @returns `unproven`: what stays behind.
 */
export function provenAttributes(
  attributes: Attributes,
  user: NamedUser,
  rules: NameRules,
  accepted: string | undefined,
): { readonly attributes: Attributes; readonly unproven: readonly string[] } {
  const { destinationUsernameAttributes: instead, destinationAliasAttributes: aliases } = rules;
  const unproven: string[] = instead.filter((one) => attributes[one] !== undefined && !isProven(one, user, rules));
  const { preferred_username: preferred } = attributes;
  const canBeAlias = instead.length === 0 && (aliases?.includes("preferred_username") ?? true);
  if (preferred !== undefined && canBeAlias && !isNameOf(preferred, user, rules, accepted))
    unproven.push("preferred_username");
  const stays = new Set(unproven.flatMap((name) => [name, `${name}_verified`]));
  return { attributes: Object.fromEntries(Object.entries(attributes).filter(([name]) => !stays.has(name))), unproven };
}

/**
 * Whether the name that was typed may become the user's name at the destination, and what Cognito must be told.
 *
 * The source takes a username, every alias and the `sub` alike, and the destination makes a user of whatever was typed. If all
 * of them passed, one person could become several users, each with the old password. So only a name passes that is the user's
 * there, or one that Cognito ties to the same user. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html, "username"
 *
 * @param proven As {@link provenAttributes} gives them.
 * @returns attributes to add or replace, or undefined when the user must be refused.
 */
export function nameAtDestination(
  typed: string,
  user: NamedUser,
  proven: Attributes,
  rules: NameRules,
): Attributes | undefined {
  const isTyped = (name: string | undefined): boolean => isSameName(name, typed, rules);
  const { destinationUsernameAttributes: instead, destinationAliasAttributes: aliases = [] } = rules;
  if (instead.length > 0) return instead.some((attribute) => isTyped(proven[attribute])) ? {} : undefined;
  const [username] = usernameAtDestination(user, rules) ?? [];
  if (username === undefined || isTyped(username.name)) return username && {};
  const address = addressAttribute(typed, rules);
  const candidates = address === undefined ? aliases : aliases.filter((one) => one === address);
  // Cognito takes an address for an alias only once it is verified; until then the user could never come back.
  const alias = candidates.find((attribute) => isTyped(proven[attribute]) && isAlias(attribute, proven));
  return alias === undefined ? undefined : { [alias]: typed, username: username.name };
}

/**
 * Under which names this user can be created at the destination: any of the addresses, where users have no usernames, else one.
 *
 * @param proven As {@link provenAttributes} gives them.
 */
export function createdUnder(user: NamedUser, proven: Attributes, rules: NameRules): readonly OwnName[] {
  const { destinationUsernameAttributes: instead } = rules;
  if (instead.length > 0)
    return addressesOf(proven, instead).sort((one, other) => Number(other.verified) - Number(one.verified));
  return usernameAtDestination(user, rules) ?? [];
}

/**
 * By which names this user signs in at the destination. The first is the one to create the user under; there is none when
 * nobody could ever type any of them.
 *
 * @param proven As {@link provenAttributes} gives them.
 */
export function ownNames(user: NamedUser, proven: Attributes, rules: NameRules): readonly OwnName[] {
  const first = createdUnder(user, proven, rules);
  if (rules.destinationUsernameAttributes.length > 0) return first;
  const aliases = (rules.destinationAliasAttributes ?? []).flatMap((one): OwnName[] => {
    const name = proven[one];
    return name && isAlias(one, proven) ? [{ name, verified: true, known: true }] : [];
  });
  const names = first.length === 0 ? [] : [...first, ...aliases];
  return names.some(({ known }) => known) ? names : [];
}
