import type { OutcomeName } from "../../rules/outcome";
import type { Facts, FoundUser } from "./facts";
import { arrivedAs, type Persons } from "./match";
import { nameRows, signInNamesThere, whatIsTyped } from "./names";

/** The names that would bring a person further whose sign-in is refused by the name that was typed. */
export function otherNames(
  outcome: OutcomeName | undefined,
  persons: Persons,
  { name, rules }: Facts,
): readonly string[] {
  const { person } = persons;
  const there = arrivedAs(persons);
  if (there !== undefined) return signInNamesThere(there, rules);
  if (person === undefined) return [];
  const rows = nameRows(name, person, undefined, rules);
  // Whatever else stops the person comes to light first, and this name would be the next to.
  const isNoName =
    outcome === "sign_in_name" ||
    outcome === "not_authorized" ||
    rows.some((row) => row.name === name && !row.worksAtFirst);
  return isNoName ? rows.flatMap((row) => (row.worksAtFirst ? row.name : [])) : [];
}

/** By kind alone: whoever asks may not be the person, and need not learn an address. */
export const haveTyped = (names: readonly string[], user: FoundUser): string =>
  `Have the person type the ${kindsOf(names, user)} shown above. Do not read it out: the person who asks may be somebody else.`;

export const kindsOf = (names: readonly string[], user: FoundUser): string =>
  [
    ...new Set(
      names.map((name) => whatIsTyped(name, user).replaceAll(", verified", "").replaceAll(", not verified", "")),
    ),
  ].join(" or ") || "name that nobody knows here";
