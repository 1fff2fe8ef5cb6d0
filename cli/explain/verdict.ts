import { verdictAtDestination } from "./at-destination";
import { verdictByFunction } from "./by-function";
import type { Facts, Verdict } from "./facts";
import { foretell } from "./foretell";
import type { Persons } from "./match";

const DEPLOY = "npx cdktf deploy destination";

/** Says what becomes of a sign-in with this name now, and why. */
export async function verdictOf(facts: Facts, persons: Persons): Promise<Verdict> {
  const { destination, trigger, function: fn } = facts;
  if (destination.typed !== undefined) return verdictAtDestination(destination.typed, persons, facts);
  const broken = (ending: Verdict["ending"], because: string, next: string, outcome?: "misconfigured"): Verdict => ({
    ending,
    outcome,
    because: `The destination does not know this name, and ${because}`,
    unknowable: [],
    next: [next],
  });
  if (trigger === "none")
    return broken(
      "refused",
      "no user migration trigger is attached: whoever is not there yet is refused as unknown.",
      "npx cognito-migration attach",
    );
  if (trigger === "another")
    return broken(
      "unknown",
      "its user migration trigger is not this migration's function: what that decides is not known here.",
      "npx cognito-migration preflight says which function it is (migration-trigger).",
    );
  if (fn.kind === "absent")
    return broken("fails", "its user migration trigger is a function that is not there.", DEPLOY);
  if (fn.kind === "malformed")
    return broken("fails", `this version of the function refuses to work: ${fn.because}.`, DEPLOY, "misconfigured");
  return verdictByFunction(await foretell({ ...facts, function: fn }), persons, facts);
}
