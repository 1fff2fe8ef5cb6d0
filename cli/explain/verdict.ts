import { verdictAtDestination } from "./at-destination";
import { verdictByFunction } from "./by-function";
import type { Facts, Verdict } from "./facts";
import { type AskedFacts, foretell } from "./foretell";
import { arrivedAs, type Persons } from "./match";
import { haveTyped, kindsOf, otherNames } from "./refusal";

export async function verdictOf(facts: Facts, persons: Persons): Promise<Verdict> {
  const { destination, trigger, function: fn, commands } = facts;
  if (destination.typed !== undefined) return verdictAtDestination(destination.typed, persons, facts);
  const broken = (ending: Verdict["ending"], because: string, next: string, outcome?: "misconfigured"): Verdict => ({
    ending,
    outcome,
    because: `The destination does not know this name, and ${because}`,
    unknowable: [],
    next: [next],
  });
  if (trigger === "none") {
    const detached = broken(
      "refused",
      "no user migration trigger is attached: users who are not at the destination yet are refused as unknown.",
      `While the migration goes on: ${commands.program("attach", "--client", "APP_CLIENT_ID")}. After a cut-over: ${commands.program("import")} creates the remaining users.`,
    );
    if (fn.kind === "absent" || fn.kind === "malformed") return detached;
    const attached = await verdictAsked({ ...facts, function: fn }, persons);
    return attached.ending === "refused" || attached.ending === "fails"
      ? withFirst(attached, detached, persons)
      : detached;
  }
  if (trigger === "another")
    return broken(
      "unknown",
      "its user migration trigger is not this migration's function: what that decides is not known here.",
      `${commands.program("preflight")} says which function it is (migration-trigger).`,
    );
  const deploy = commands.cdktf("deploy", "destination");
  if (fn.kind === "absent")
    return broken("fails", "its user migration trigger is a function that is not there.", deploy);
  if (fn.kind === "malformed")
    return broken("fails", `this version of the function refuses to work: ${fn.because}.`, deploy, "misconfigured");
  return verdictAsked({ ...facts, function: fn }, persons);
}

/** The trigger alone would not help: what stops the person with it comes first. */
function withFirst(attached: Verdict, detached: Verdict, persons: Persons): Verdict {
  return {
    ...detached,
    because: `${detached.because} With the trigger it would be no better. ${attached.because}`,
    next: arrivedAs(persons) !== undefined ? attached.next : [...attached.next, ...detached.next],
  };
}

/** What the function makes of the name, and where another name would do, what then becomes of that. */
async function verdictAsked(facts: AskedFacts, persons: Persons): Promise<Verdict> {
  const verdict = verdictByFunction(await foretell(facts), persons, facts);
  const names = verdict.ending === "refused" ? otherNames(verdict.outcome, persons, facts) : [];
  const there = arrivedAs(persons);
  const user = there ?? persons.person;
  const [name] = names;
  if (name === undefined || user === undefined) return verdict;
  const instead = typedInstead(facts, name, user);
  const then =
    there === undefined
      ? verdictByFunction(await foretell(instead), persons, instead)
      : verdictAtDestination(there, persons, facts);
  if (there === undefined && then.outcome === verdict.outcome)
    return {
      ...verdict,
      because: `${verdict.because} The typed name could not migrate this user, either.`,
      next: [...verdict.next, haveTyped(names, user)],
    };
  if (then.ending === "works") return { ...verdict, next: [haveTyped(names, user)] };
  return {
    ...verdict,
    because: `${verdict.because} By the ${kindsOf(names, user)} it goes on like this. ${then.because}`,
    next: [haveTyped(names, user), ...then.next],
  };
}

const typedInstead = (facts: AskedFacts, name: string, user: AskedFacts["source"]["typed"]): AskedFacts => ({
  ...facts,
  name,
  source: { ...facts.source, typed: user, handedOn: user },
});
