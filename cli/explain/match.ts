import { arrivalOf } from "../pools/arrival";
import { KeyIndex } from "../pools/key-index";
import { NameClaims } from "../pools/name-claims";
import type { PoolRules } from "../pools/pool-rules";
import { type Match, matchOf, rememberDestinationUser } from "../pools/user-matching";
import type { Facts, FoundUser } from "./facts";
import { whatIsTyped } from "./names";

/** Whom of the source it is about, and who that is at the destination. */
export interface Persons {
  /** Undefined: nobody, or several have the name and it signs none of them in. */
  readonly person: FoundUser | undefined;
  readonly match: Match["kind"];
  /** The person at the destination, or who has the name there. */
  readonly there: FoundUser | undefined;
  /** The carried `sub` says that both are one person. */
  readonly isBySub: boolean;
}

/** As whom the person is at the destination. Undefined: not there, or it is somebody else who has the name. */
export const arrivedAs = ({ match, there }: Persons): FoundUser | undefined =>
  match === "migrated" ? there : undefined;

type PersonFacts = Pick<Facts, "name" | "source" | "destination" | "rules">;

export function personsOf(facts: PersonFacts): Persons {
  const { name, source, destination } = facts;
  const signedIn = source.typed ?? source.handedOn;
  if (signedIn !== undefined) return personAtDestination(signedIn, facts);
  const [only, ...others] = source.users.filter((user) => whatIsTyped(name, user) !== "");
  const guess = others.length > 0 ? undefined : (only ?? personBehind(destination, facts));
  if (guess === undefined) return NOBODY;
  const persons = personAtDestination(guess, facts);
  // A profile that only mentions the name is no claim to whoever signs in with it at the destination.
  return destination.typed === undefined || arrivedAs(persons) === destination.typed ? persons : NOBODY;
}

const NOBODY: Persons = { person: undefined, match: "remaining", there: undefined, isBySub: false };

function personAtDestination(person: FoundUser, { source, destination, rules }: Omit<PersonFacts, "name">): Persons {
  const match = matchAmong(person, source.users, destination.users, rules);
  const there = match.kind === "remaining" ? undefined : destination.users[match.value];
  const sub = there && carriedSub(there, rules);
  return { person, match: match.kind, there, isBySub: sub !== undefined && sub === person.attributes["sub"] };
}

/** The `sub` of the source that came along with a user of the destination. */
export const carriedSub = ({ attributes }: FoundUser, { subAttribute }: PoolRules): string | undefined =>
  subAttribute === undefined ? undefined : attributes[subAttribute];

/** Who at the source has become the user whom the destination has by this name. */
function personBehind(
  { typed }: Facts["destination"],
  { source, rules }: Pick<Facts, "source" | "rules">,
): FoundUser | undefined {
  const sub = typed && carriedSub(typed, rules);
  return sub === undefined ? undefined : source.users.find(({ attributes }) => attributes["sub"] === sub);
}

/** As `status` counts, over those who have one of the names. */
function matchAmong(
  person: FoundUser,
  source: readonly FoundUser[],
  destination: readonly FoundUser[],
  rules: PoolRules,
): Match {
  const index = new KeyIndex(destination.length);
  for (const [at, user] of destination.entries()) rememberDestinationUser(index, user, rules, at);
  if (rules.subAttribute !== undefined) return matchOf(index, person, rules, undefined);
  const claims = new NameClaims(source.length, rules.destinationCaseSensitive);
  for (const user of source) claims.add(user, arrivalOf(user, rules).createdUnder);
  return matchOf(index, person, rules, claims);
}
