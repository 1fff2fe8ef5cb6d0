import { carryAttributes } from "../../rules/carry-attributes";
import type { Attributes, NamedUser } from "../../rules/names";
import { createdUnder, type OwnName, ownNames, provenAttributes } from "../../rules/own-name";
import type { PoolRules } from "./pool-rules";

/** What the destination would have of a user who types nothing, as in an import. */
export interface Arrival {
  readonly attributes: Attributes;
  /** Names of attributes at the source that stay behind. */
  readonly dropped: readonly string[];
  /** Why a required one of them stays behind. */
  readonly lacks: "required_unfit" | "required_unproven" | undefined;
  /** By which this user would sign in; the first is the one to create the user under. */
  readonly names: readonly OwnName[];
  /** Names under which the handler would create the user. */
  readonly createdUnder: readonly OwnName[];
  /** Values that would be names if anything proved them to be this user's. */
  readonly unproven: readonly string[];
}

/** Everything that can be said of a user of the source by the rules alone. */
export function arrivalOf(user: NamedUser, rules: PoolRules): Arrival {
  const carried = carryAttributes(user.attributes, rules);
  const { attributes, unproven } = provenAttributes(carried.attributes, user, rules, undefined);
  const isRequired = (name: string): boolean => rules.destinationSchema.get(name)?.required === true;
  return {
    attributes,
    dropped: [...Object.keys(carried.dropped), ...unproven].sort(),
    lacks: carried.lacksRequired ? "required_unfit" : unproven.some(isRequired) ? "required_unproven" : undefined,
    names: ownNames(user, attributes, rules),
    createdUnder: createdUnder(user, attributes, rules),
    unproven: unproven.flatMap((name) => carried.attributes[name] ?? []),
  };
}
