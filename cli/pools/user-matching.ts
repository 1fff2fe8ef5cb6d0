import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { foldedName, isVerified, type NamedUser } from "../../rules/names";
import type { OwnName } from "../../rules/own-name";
import { type Arrival, arrivalOf } from "./arrival";
import type { KeyIndex } from "./key-index";
import type { NameClaims } from "./name-claims";
import type { PoolRules } from "./pool-rules";

export type Match =
  /** `value` is what was remembered with the destination's user. */
  | { readonly kind: "migrated"; readonly value: number }
  /** Somebody at the destination signs in with this user's name, and is not, or need not be, this user. */
  | { readonly kind: "name_taken"; readonly value: number }
  /** With what the destination would have of the user. */
  | { readonly kind: "remaining"; readonly arrival: Arrival };

export interface KnownUser extends NamedUser {
  readonly status?: string | undefined;
}

export function knownUser({ Username = "", Attributes = [], UserStatus }: UserType): KnownUser {
  return {
    username: Username,
    status: UserStatus,
    attributes: Object.fromEntries(Attributes.map(({ Name = "", Value = "" }) => [Name, Value])),
  };
}

/**
 * Puts a user of the destination into the index: by the `sub` that came along, which names one user of the source and no
 * other, and by the names that the user signs in with.
 *
 * @param value What a match shall tell. Where two users have the same key, as after a name has changed, the smaller stays.
 * @returns whether another one who carries the same `sub` was remembered before.
 */
export function rememberDestinationUser(index: KeyIndex, user: KnownUser, rules: PoolRules, value: number): boolean {
  const sub = rules.subAttribute === undefined ? undefined : user.attributes[rules.subAttribute];
  const named = namesAtDestination(user, rules).map(
    ({ name, isVerified }) =>
      `${sub !== undefined || signedUpHere(user) ? "other" : isVerified ? "name" : "unverified"} ${name}`,
  );
  const cameBefore = sub !== undefined && index.get(`sub ${sub}`) !== undefined;
  for (const key of sub === undefined ? named : [`sub ${sub}`, ...named]) {
    const before = index.get(key);
    if (before === undefined || value < before) index.set(key, value);
  }
  return cameBefore;
}

/** Nobody who came from the source was ever to be confirmed. */
const signedUpHere = ({ status }: KnownUser): boolean => status === "UNCONFIRMED";

/**
 * Finds the destination's user of a user of the source, by the names under which the handler creates users.
 *
 * The carried `sub` decides where there is one: same name and another `sub` is another person. Without it the name decides,
 * if nobody else at the source has any right to it: an address that a user has written into the profile and never verified is no
 * proof, nor is one that several could have come by.
 *
 * @param claims Of all users of the source. Undefined where the carried `sub` tells one from the other.
 */
export function matchOf(index: KeyIndex, user: NamedUser, rules: PoolRules, claims: NameClaims | undefined): Match {
  const sub = user.attributes["sub"];
  const bySub = rules.subAttribute === undefined || sub === undefined ? undefined : index.get(`sub ${sub}`);
  if (bySub !== undefined) return { kind: "migrated", value: bySub };
  const arrival = arrivalOf(user, rules);
  const { createdUnder, unproven } = arrival;
  const fold = (name: string): string => foldedName(name, rules.destinationCaseSensitive);
  const isOwn = (name: OwnName): boolean => claims?.isAlone(user, name) ?? true;
  // An address that the source has verified arrives verified: whoever has it otherwise is another.
  const byName = firstOf(
    createdUnder.filter(isOwn),
    ({ name, verified }) =>
      index.get(`name ${fold(name)}`) ?? (verified ? undefined : index.get(`unverified ${fold(name)}`)),
  );
  if (byName !== undefined) return { kind: "migrated", value: byName };
  // Who has a name of the own needs none of those that only stand in the profile.
  const claimed = (createdUnder.length > 0 ? createdUnder.map(({ name }) => name) : unproven).map(fold);
  const taken = firstOf(claimed, (name) => firstOf(NAME_KINDS, (kind) => index.get(`${kind} ${name}`)));
  return taken === undefined ? { kind: "remaining", arrival } : { kind: "name_taken", value: taken };
}

/** What somebody at the destination has for a name, whoever it is. */
export const NAME_KINDS = ["other", "name", "unverified"] as const;

function firstOf<Name>(names: readonly Name[], find: (name: Name) => number | undefined): number | undefined {
  for (const name of names) {
    const found = find(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function namesAtDestination(
  { username, attributes }: NamedUser,
  { destinationUsernameAttributes: instead, destinationCaseSensitive }: PoolRules,
): { readonly name: string; readonly isVerified: boolean }[] {
  const fold = (name: string): string => foldedName(name, destinationCaseSensitive);
  if (instead.length === 0) return [{ name: fold(username), isVerified: true }];
  return instead.flatMap((attribute) => {
    const name = attributes[attribute];
    return name === undefined ? [] : { name: fold(name), isVerified: isVerified(attribute, attributes) };
  });
}
