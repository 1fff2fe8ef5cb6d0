import { carryAttributes } from "../../rules/carry-attributes";
import { foldedName, isSameName, isVerified, type NamedUser, USERNAME_ATTRIBUTES } from "../../rules/names";
import { ownNames, provenAttributes } from "../../rules/own-name";
import { namesAtSource, type SourceNaming, worksAtFirst } from "../../rules/source-names";
import type { PoolRules } from "../pools/pool-rules";
import type { FoundUser, NameRow } from "./facts";
import { fatesIn, hasPassword, whyNot } from "./why-not";

/** The attributes that ListUsers can look for, whatever the pool takes for a name, and the `sub`, which every pool takes. */
const VALUES = ["sub", "email", "phone_number", "preferred_username"] as const;

/** Everything of a user that could be typed, and what it is. A letter's case makes no difference here: people do not look at it. */
export function whatIsTyped(name: string, user: NamedUser): string {
  return valuesOf(user)
    .filter(({ value }) => value.toLowerCase() === name.toLowerCase())
    .map(({ is }) => is)
    .join(" and ");
}

export const namesToType = (user: NamedUser): readonly string[] => valuesOf(user).map(({ value }) => value);

function valuesOf({ username, attributes }: NamedUser): { readonly value: string; readonly is: string }[] {
  return [
    ...(username === attributes["sub"] ? [] : [{ value: username, is: "username" }]),
    ...VALUES.flatMap((name) => {
      const value = attributes[name];
      const address = USERNAME_ATTRIBUTES.find((one) => one === name);
      const verification = address && (isVerified(address, attributes) ? ", verified" : ", not verified");
      return value ? [{ value, is: `${name}${verification ?? ""}` }] : [];
    }),
  ];
}

/** By which names a user of the destination signs in there with a password. */
export const signInNamesThere = (user: FoundUser, rules: PoolRules): readonly string[] =>
  hasPassword(user) ? namesAtDestination(user, rules) : [];

/** The destination's, in the words of the source's. */
export const namingThere = (rules: PoolRules): SourceNaming => ({
  sourceUsernameAttributes: rules.destinationUsernameAttributes,
  sourceAliasAttributes: rules.destinationAliasAttributes,
  sourceCaseSensitive: rules.destinationCaseSensitive,
});

/** Under which names the destination has a user. */
export const namesAtDestination = (user: NamedUser, rules: PoolRules): readonly string[] =>
  namesAtSource(user, namingThere(rules)).map(({ name }) => name);

/** Whom a name signs in, by what ListUsers has told: for who may not ask the pool itself. The `sub` is a name everywhere. */
export function whoSignsIn(name: string, users: readonly FoundUser[], pool: SourceNaming): FoundUser | undefined {
  const fold = (one: string): string => foldedName(one, pool.sourceCaseSensitive);
  return users.find((user) =>
    [user.attributes["sub"], ...namesAtSource(user, pool).map((one) => one.name)].some(
      (one) => one !== undefined && fold(one) === fold(name),
    ),
  );
}

/** The names of a user of the source, and what becomes of each. @param there The same person at the destination, if there already. */
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
