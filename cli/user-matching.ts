import type { UserPoolType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import type { AliasAttribute, AttributeMap } from "../config/attribute-rules";
import { foldedName, isOwn, type NamedUser, ownName } from "../config/name-rules";
import type { KeyIndex } from "./key-index";

/** By what a user of the destination is recognized as one of the source. */
export interface MatchingRules {
  /** What users of the destination sign in with instead of a username. */
  readonly usernameAttributes: readonly AliasAttribute[];
  /** What they sign in with beside the username. */
  readonly aliasAttributes: readonly AliasAttribute[];
  readonly caseSensitive: boolean;
  /** The destination's attribute that holds the source's `sub`, when ATTRIBUTE_MAP carries it over. */
  readonly subAttribute: string | undefined;
}

export type Match =
  /** `value` is what was remembered with the destination's user. */
  | { readonly kind: "migrated"; readonly value: number }
  /** Somebody at the destination signs in with this user's name, and is not, or need not be, this user. */
  | { readonly kind: "name_taken"; readonly value: number }
  | { readonly kind: "remaining" };

/**
 * Whether a pool tells Jane from jane; one made without UsernameConfiguration does.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UsernameConfigurationType.html
 */
export function isCaseSensitive({ UsernameConfiguration }: UserPoolType): boolean {
  return UsernameConfiguration?.CaseSensitive !== false;
}

/** The rules that the destination pool itself sets. */
export function matchingRules(destination: UserPoolType, attributeMap: AttributeMap): MatchingRules {
  return {
    usernameAttributes: destination.UsernameAttributes ?? [],
    aliasAttributes: destination.AliasAttributes ?? [],
    caseSensitive: isCaseSensitive(destination),
    subAttribute: attributeMap.get("sub"),
  };
}

/** A user as ListUsers tells of one. */
export function knownUser({ Username = "", Attributes = [] }: UserType): NamedUser {
  return {
    username: Username,
    attributes: Object.fromEntries(Attributes.map(({ Name = "", Value = "" }) => [Name, Value])),
  };
}

/**
 * Puts a user of the destination into the index: by the `sub` that came along, which names one user of the source and no
 * other, and by the names that the user signs in with.
 *
 * @param value What a match shall tell. Where two users have the same key, as after a name has changed, the smaller stays.
 */
export function rememberDestinationUser(index: KeyIndex, user: NamedUser, rules: MatchingRules, value: number): void {
  const sub = rules.subAttribute === undefined ? undefined : user.attributes[rules.subAttribute];
  const named = namesAtDestination(user, rules).map((name) => `${sub === undefined ? "name" : "other"} ${name}`);
  for (const key of sub === undefined ? named : [`sub ${sub}`, ...named]) {
    const before = index.get(key);
    if (before === undefined || value < before) index.set(key, value);
  }
}

/**
 * Finds the destination's user of a user of the source, by what handler/sign-in-name.ts makes users of.
 *
 * The carried `sub` decides where there is one: same name and another `sub` is another person. Without it the name decides,
 * if it is the user's own: an address that a user of the source has written into the profile and never verified is no proof.
 */
export function matchOf(index: KeyIndex, user: NamedUser, rules: MatchingRules): Match {
  const sub = user.attributes["sub"];
  const bySub = rules.subAttribute === undefined || sub === undefined ? undefined : index.get(`sub ${sub}`);
  if (bySub !== undefined) return { kind: "migrated", value: bySub };
  const { own, claimed } = namesOfSource(user, rules);
  const byName = firstOf(own, (name) => index.get(`name ${name}`));
  if (byName !== undefined) return { kind: "migrated", value: byName };
  const taken = firstOf([...own, ...claimed], (name) => index.get(`other ${name}`) ?? index.get(`name ${name}`));
  return taken === undefined ? { kind: "remaining" } : { kind: "name_taken", value: taken };
}

function firstOf(names: readonly string[], find: (name: string) => number | undefined): number | undefined {
  for (const name of names) {
    const found = find(name);
    if (found !== undefined) return found;
  }
  return undefined;
}

function namesAtDestination({ username, attributes }: NamedUser, rules: MatchingRules): string[] {
  const { usernameAttributes, caseSensitive } = rules;
  const names = usernameAttributes.length > 0 ? usernameAttributes.map((name) => attributes[name]) : [username];
  return names.flatMap((name) => (name === undefined ? [] : [foldedName(name, caseSensitive)]));
}

/** `own`: names under which the handler would make this user. `claimed`: those that it refuses, because nobody has verified them. */
function namesOfSource(user: NamedUser, rules: MatchingRules): { own: string[]; claimed: string[] } {
  const { username, attributes } = user;
  const own = new Set<string>();
  const claimed = new Set<string>();
  const put = (names: Set<string>, name: string | undefined): void => {
    if (name !== undefined) names.add(foldedName(name, rules.caseSensitive));
  };
  for (const name of rules.usernameAttributes) put(isOwn(name, user) ? own : claimed, attributes[name]);
  if (rules.usernameAttributes.length === 0) {
    put(own, ownName(user));
    // Cognito was told the username, or the sub where a pool with that alias would refuse such a username.
    if (rules.aliasAttributes.length > 0) {
      put(own, username);
      put(own, attributes["sub"]);
    }
  }
  return { own: [...own], claimed: [...claimed] };
}
