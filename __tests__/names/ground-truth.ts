import { looksMade, madeUsername } from "./made-username";
import type { Person } from "./people";
import type { World } from "./worlds";

/**
 * What is proven, in the words of Cognito's documentation and of nobody else: the rules of the program are not asked.
 *
 * A name is proven to be a user's if
 * 1. it is the username at a source with usernames; where users of the destination sign in with addresses of its shape, a
 *    username that repeats an address proves nothing;
 * 2. the source took it together with the password, in the request that made the user; what has the shape of such an address
 *    proves nothing here either;
 * 3. it is the value of one of the source's username attributes, which no two users share;
 * 4. the source has it as verified.
 * The `sub`, which the source makes up, is nobody else's either; nor is a username that the program makes of it.
 */
export function proofsOf(person: Person, taken: string | undefined, world: World): string[] {
  const { sub, username, attributes } = person;
  const { usernameAttributes } = world.source;
  const bare = [...(usernameAttributes.length === 0 ? [username] : []), ...(taken === undefined ? [] : [taken])];
  return [
    sub,
    madeUsername(sub),
    ...bare.filter((name) => !isAddressAtDestination(name, world)),
    ...usernameAttributes.flatMap((attribute) => attributes[attribute] ?? []),
    ...verifiedOf(person),
  ];
}

const ADDRESSES = ["email", "phone_number"] as const;

export function verifiedOf(person: Person): string[] {
  return ADDRESSES.filter((attribute) => hasVerified(person, attribute)).flatMap(
    (attribute) => person.attributes[attribute] ?? [],
  );
}

/** SDKs write a Boolean in whatever case. */
function hasVerified({ attributes }: Person, attribute: (typeof ADDRESSES)[number]): boolean {
  return attributes[`${attribute}_verified`]?.toLowerCase() === "true";
}

/** Whether it has the shape of what users of the destination sign in with, instead of a username or beside it. */
export function isAddressAtDestination(name: string, { destination }: World): boolean {
  const names: readonly string[] = [...destination.usernameAttributes, ...destination.aliasAttributes];
  const looksLike = name.includes("@") ? "email" : /^\+\d+$/.test(name) ? "phone_number" : "";
  return names.includes(looksLike);
}

/** Whether the destination takes one for the other. */
export function isSameAtDestination(one: string, other: string, { destination }: World): boolean {
  return one === other || (!destination.caseSensitive && one.toLowerCase() === other.toLowerCase());
}

/** Whether the destination takes any of these for any of those. */
export const overlap = (some: readonly string[], others: readonly string[], world: World): boolean =>
  some.some((name) => others.some((other) => isSameAtDestination(name, other, world)));

/**
 * Names with which this user could sign in at the destination, each of them proven: as a username where there are usernames,
 * as a username attribute, as a verified alias.
 *
 * @param takes Whether the source would let this user in by it.
 */
export function claimsOf(person: Person, takes: (name: string) => boolean, world: World): string[] {
  return [...usernamesOf(person, world), ...addressesOf(person, world), ...preferredOf(person, takes, world)];
}

function usernamesOf({ username, attributes }: Person, world: World): string[] {
  const { source, destination } = world;
  if (destination.usernameAttributes.length > 0) return [];
  const names =
    source.usernameAttributes.length > 0
      ? source.usernameAttributes.flatMap((attribute) => attributes[attribute] ?? [])
      : [username];
  // A pool with that alias refuses a username of its shape. Who has chosen what the program makes up comes by another name.
  const isFree = (name: string): boolean => destination.aliasAttributes.length === 0 || !looksMade(name);
  // One person has one username: where both an address and a number could be it, the address.
  return names.filter((name) => !isAddressAtDestination(name, world) && isFree(name)).slice(0, 1);
}

export function addressesOf(person: Person, { source, destination }: World): string[] {
  return ADDRESSES.flatMap((attribute) => {
    const address = person.attributes[attribute];
    if (address === undefined) return [];
    const isProven = hasVerified(person, attribute);
    const instead = destination.usernameAttributes.includes(attribute);
    if (instead && (isProven || source.usernameAttributes.includes(attribute))) return [address];
    return isProven && destination.aliasAttributes.includes(attribute) ? [address] : [];
  });
}

function preferredOf({ attributes }: Person, takes: (name: string) => boolean, world: World): string[] {
  const name = attributes["preferred_username"];
  if (name === undefined || !world.destination.aliasAttributes.includes("preferred_username")) return [];
  return takes(name) && !isAddressAtDestination(name, world) && !looksMade(name) ? [name] : [];
}
