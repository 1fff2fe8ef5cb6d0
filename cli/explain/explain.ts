import { array, looseObject, string } from "valibot";
import { parseJson } from "../../config/json-text";
import type { Facts, FoundUser, LogFacts, NameRow, Verdict } from "./facts";
import { arrivedAs, carriedSub, type Persons, personsOf } from "./match";
import { nameRows, signInNamesThere, whatIsTyped } from "./names";
import { type ExplainedStamp, explainStamp } from "./stamp";
import { verdictOf } from "./verdict";

/** A user, with nothing of the profile but names. */
export interface ExplainedUser {
  readonly username: string;
  /** What the name is that was typed; empty where the user was found by another. */
  readonly foundBy: string;
  /** Whether the name as typed, with a password, signs this user in. */
  readonly signsIn: boolean;
  readonly status: string;
  readonly enabled: boolean;
  readonly created: Date | undefined;
  readonly modified: Date | undefined;
  /** Null: not read. */
  readonly factors: readonly string[] | null;
  readonly linkedProviders: readonly string[];
  /** By which this user signs in; of the destination alone. */
  readonly names?: readonly string[];
  readonly cameFromSource?: "by sub" | "by name" | "another user" | "not known";
  /** Of the destination alone; absent without a stamp, and where stamps cannot be read. */
  readonly stamp?: ExplainedStamp | undefined;
}

/** The document of `--json`: an interface. */
export interface Explanation {
  readonly name: string;
  readonly source: readonly ExplainedUser[];
  readonly destination: readonly ExplainedUser[];
  readonly names: readonly NameRow[];
  readonly log: LogFacts;
  readonly verdict: Verdict;
  /** What AWS did not tell, a sentence each. */
  readonly unread: readonly string[];
}

/** Says where somebody is, which names count, and what becomes of a sign-in. */
export async function explain(facts: Facts): Promise<Explanation> {
  const { name, rules, source, destination, log, unread } = facts;
  const persons = personsOf(facts);
  const { person, there } = persons;
  const isShown = (user: FoundUser): boolean =>
    whatIsTyped(name, user) !== "" || [person, there, destination.typed].includes(user);
  return {
    name,
    source: source.users.filter(isShown).map((user) => explained(user, name, source.typed)),
    destination: destination.users.filter(isShown).map((user) => ({
      ...explained(user, name, destination.typed),
      names: signInNamesThere(user, rules),
      cameFromSource: cameFromSource(user, persons, rules),
      stamp: explainStamp(user, facts),
    })),
    names: person === undefined ? [] : nameRows(name, person, arrivedAs(persons), rules),
    log,
    verdict: await verdictOf(facts, persons),
    unread,
  };
}

function cameFromSource(
  user: FoundUser,
  persons: Persons,
  rules: Facts["rules"],
): NonNullable<ExplainedUser["cameFromSource"]> {
  const sub = carriedSub(user, rules);
  if (user === arrivedAs(persons)) {
    if (persons.isBySub) return "by sub";
    // Whoever the function brings has the sub, where it comes along: without it the name alone tells nothing.
    return rules.subAttribute === undefined ? "by name" : "not known";
  }
  return sub !== undefined && sub !== persons.person?.attributes["sub"] ? "another user" : "not known";
}

function explained(user: FoundUser, name: string, typed: FoundUser | undefined): ExplainedUser {
  const { username, status, enabled, created, modified, factors = null, attributes } = user;
  const linkedProviders = providersIn(attributes["identities"]);
  return {
    username,
    foundBy: whatIsTyped(name, user),
    signsIn: user === typed && status !== "EXTERNAL_PROVIDER",
    status,
    enabled,
    created,
    modified,
    factors,
    linkedProviders,
  };
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-identity-federation-consolidate-users.html */
function providersIn(identities = "[]"): readonly string[] {
  const parsed = parseJson(array(looseObject({ providerName: string() })), identities);
  return "value" in parsed
    ? parsed.value.map(({ providerName }) => providerName)
    : ["of a form that is not known here"];
}
