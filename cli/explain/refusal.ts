import type { OutcomeName } from "../../rules/outcome";
import { ONCE_PROVEN, THROUGH_PROVIDER } from "./at-destination";
import type { Facts, FoundUser } from "./facts";
import { arrivedAs, type Persons } from "./match";
import { nameRows, signInNamesThere, whatIsTyped } from "./names";
import { addressesToVerify } from "./why-not";

const WATCH = 'docs/runbook.md, "Watch", says what each outcome asks for.';

/** What to do about a refusal, where it depends on the person alone. */
const REMEDIES: { readonly [Name in OutcomeName]?: string } = {
  user_disabled:
    "Find out who disabled the user, and why. If the person may come in, enable the user at the source (AdminEnableUser).",
  user_unconfirmed: "Have the person confirm the sign-up at the source, with the code.",
  no_recovery_channel: `${ONCE_PROVEN} have an address of the user verified at the source, then let the person sign in again.`,
  required_unproven:
    "Have the person verify the address at the source. What a user pool requires, nobody can change (preflight, attributes-required).",
  required_unfit:
    "Mend the value at the source. The limits of a user pool's schema, nobody can change (preflight, attributes-limits).",
  mfa: "Let MFA_POLICY carry the factor over. Never remove it on the word of the person who asks.",
  password_unproven: "Have the person set a password at the source, or deploy with UNPROVEN_PASSWORD=migrate.",
  username_invalid: "Look for a space or a line break in the name, and ask again.",
};

export function howThere(there: FoundUser, { rules }: Facts): string {
  const names = signInNamesThere(there, rules);
  return names.length > 0 ? `with the ${kindsOf(names, there)}` : "through an identity provider";
}

/** What the outcome alone does not say. */
export function detail(outcome: OutcomeName, persons: Persons, facts: Facts): string {
  const { source, name } = facts;
  const { person } = persons;
  const there = arrivedAs(persons);
  if (there !== undefined)
    return ` The person is at the destination already, and signs in there ${howThere(there, facts)}.`;
  if (person?.status === "EXTERNAL_PROVIDER")
    return " This user has no password at the source, and signs in through an identity provider.";
  if (outcome === "not_authorized") {
    if (source.typed !== undefined)
      return " The destination asks for the name in lower case, and the source has it with capitals.";
    if (person === undefined) return " The source signs nobody in by this name.";
    return ` At the source this is no name to sign in with: it is the user's ${whatIsTyped(name, person)}.`;
  }
  if (outcome === "user_status" || outcome === "user_status_unknown")
    return ` At the source the user is ${person?.status}.`;
  return "";
}

/** Where another name would do, that is said instead. */
export function refusalNext(
  outcome: OutcomeName,
  persons: Persons,
  { name, rules, commands }: Facts,
): readonly string[] {
  const { person } = persons;
  if (arrivedAs(persons) !== undefined) return [THROUGH_PROVIDER];
  if (person?.status === "EXTERNAL_PROVIDER")
    return ["Have the person sign in through the identity provider, once it is connected to the destination."];
  const isNoName = outcome === "sign_in_name" || outcome === "not_authorized";
  const toVerify = person === undefined || !isNoName ? [] : addressesToVerify(name, person, rules);
  if (toVerify.length > 0)
    return [
      `${ONCE_PROVEN} have the ${toVerify.join(" and ")} verified at the source, then let the person sign in again.`,
    ];
  if (person !== undefined && isNoName)
    return [
      `No name of this person works at the destination: ${commands.program("preflight", "--scan-users")} counts such users.`,
    ];
  if (person === undefined && outcome === "not_authorized")
    return ["Ask by which name the person signs in at the source, and whether it is spelled so."];
  return [REMEDIES[outcome] ?? WATCH];
}

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
