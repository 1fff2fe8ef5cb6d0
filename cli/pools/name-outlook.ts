import { carryAttributes } from "../../rules/carry-attributes";
import { type Outlook, outlookOf } from "../../rules/name-outlook";
import type { Attributes } from "../../rules/names";
import type { PoolRules } from "./pool-rules";

/** By which names people may come between these two pools, and which stop working. */
export const nameOutlook = (rules: PoolRules): Outlook => outlookOf(rules, (attributes) => arriving(attributes, rules));

/** What arrives of a profile, whatever its values are. */
export function arriving(attributes: Attributes, rules: PoolRules): Attributes {
  // A name of any length stands for all.
  const unlimited = [...rules.destinationSchema].map(
    ([name, one]) => [name, { ...one, min: undefined, max: undefined }] as const,
  );
  return carryAttributes(attributes, { ...rules, destinationSchema: new Map(unlimited) }).attributes;
}
