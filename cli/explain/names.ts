import { carryAttributes } from "../../rules/carry-attributes";
import { isSameName, isVerified, type NamedUser, USERNAME_ATTRIBUTES } from "../../rules/names";
import { ownNames, provenAttributes } from "../../rules/own-name";
import { namesAtSource, worksAtFirst } from "../../rules/source-names";
import type { PoolRules } from "../pools/pool-rules";
import type { FoundUser } from "./facts";
import { fatesIn, hasPassword, whyNot } from "./why-not";

/** A name by which somebody may try to sign in. */
export interface NameRow {
  readonly name: string;
  /** What it is at the source, such as `email, verified`. */
  readonly is: string;
  readonly worksAtSource: boolean;
  /** Whether the person may come over by it. */
  readonly worksAtFirst: boolean;
  /** Whether it works at the destination once the person is there: as it is, where the person is there already. */
  readonly worksAfterwards: boolean;
  /** Absent where all is well. */
  readonly because?: string;
}

/** A user pool without a sense of case gives out names in lower case. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-case-sensitivity.html */
export function handedOnName(
  name: string,
  { destinationCaseSensitive }: Pick<PoolRules, "destinationCaseSensitive">,
): string {
  return destinationCaseSensitive ? name : name.toLowerCase();
}

/** The attributes that ListUsers can look for, whatever the pool takes for a name, and the `sub`, which every pool takes. */
const VALUES = ["sub", "email", "phone_number", "preferred_username"] as const;

/** Everything of a user that could be typed, and what it is. A letter's case makes no difference here: people do not look at it. */
export function whatIsTyped(name: string, user: NamedUser): string {
  return valuesOf(user)
    .filter(({ value }) => value.toLowerCase() === name.toLowerCase())
    .map(({ is }) => is)
    .join(" and ");
}

/** Whatever of a user could be typed. */
export const namesToType = (user: NamedUser): readonly string[] => valuesOf(user).map(({ value }) => value);

function valuesOf({ username, attributes }: NamedUser): { readonly value: string; readonly is: string }[] {
  return [
    ...(username === attributes["sub"] ? [] : [{ value: username, is: "username" }]),
    ...VALUES.flatMap((name) => {
      const value = attributes[name];
      return value ? [{ value, is: `${name}${verification(name, { username, attributes })}` }] : [];
    }),
  ];
}

function verification(name: (typeof VALUES)[number], { attributes }: NamedUser): string {
  const address = USERNAME_ATTRIBUTES.find((one) => one === name);
  if (address === undefined) return "";
  return isVerified(address, attributes) ? ", verified" : ", not verified";
}

/** By which names a user of the destination signs in there with a password. */
export const signInNamesThere = (user: FoundUser, rules: PoolRules): readonly string[] =>
  hasPassword(user) ? namesAtDestination(user, rules) : [];

/** Under which names the destination has a user. */
export const namesAtDestination = (user: NamedUser, rules: PoolRules): readonly string[] =>
  namesAtSource(user, {
    sourceUsernameAttributes: rules.destinationUsernameAttributes,
    sourceAliasAttributes: rules.destinationAliasAttributes,
  }).map(({ name }) => name);

/**
 * The names of a user of the source, and what becomes of each.
 *
 * @param there The same person at the destination, if there already.
 */
export function nameRows(
  typed: string,
  person: FoundUser,
  there: FoundUser | undefined,
  rules: PoolRules,
): readonly NameRow[] {
  const carried = carryAttributes(person.attributes, rules).attributes;
  const fates = fatesIn(person, rules);
  const proven = provenAttributes(carried, person, rules, undefined).attributes;
  const lasting = there === undefined && hasPassword(person) ? ownNames(person, proven, rules) : [];
  const later =
    there === undefined ? lasting.flatMap(({ name, known }) => (known ? name : [])) : signInNamesThere(there, rules);
  const isLater = (name: string): boolean => later.some((one) => isSameName(one, name, rules));
  const values = valuesOf(person).filter(({ is, value }) => is !== "sub" || value === typed);
  const others = later.filter((name) => !values.some(({ value }) => isSameName(value, name, rules)));
  return [
    ...[...new Set(values.map(({ value }) => value))].map((name): NameRow => {
      const same = fates.filter((one) => one.name === name);
      const row = {
        name,
        is: whatIsTyped(name, person),
        worksAtSource: same.length > 0 || (hasPassword(person) && name === person.attributes["sub"]),
        worksAtFirst: same.some(worksAtFirst),
        worksAfterwards: isLater(name),
      };
      return row.worksAtFirst && row.worksAfterwards ? row : { ...row, because: whyNot(row, person, rules) };
    }),
    ...others.map((name) => ({
      name,
      is: "none at the source",
      worksAtSource: false,
      worksAtFirst: false,
      worksAfterwards: true,
      because: "the source does not know it",
    })),
  ];
}
