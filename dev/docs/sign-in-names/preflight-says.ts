import { type PoolRules, poolRules } from "../../../cli/pools/pool-rules";
import type { Finding } from "../../../cli/preflight/check";
import { letterCase } from "../../../cli/preflight/letter-case-checks";
import type { Scan } from "../../../cli/preflight/scan";
import { UserCounts } from "../../../cli/preflight/scan-users";
import { names } from "../../../cli/preflight/sign-in-name-checks";
import { describedPools, listedUser, SETTINGS } from "./decided";
import { namingOf, type Pair } from "./pool-pairs";
import { usersOf } from "./source-users";

/** What an operator reads of two such pools. */
export interface Said {
  readonly signInNames: Finding;
  readonly letterCase: Finding;
}

/** @param scanned With --scan-users. */
export function preflightSays(pair: Pair, scanned: boolean): Said {
  const settings = { attributeMap: SETTINGS.attributeMap, attributeExclude: [...SETTINGS.attributeExclude] };
  const { source, destination } = describedPools(pair);
  // The checks ask for nothing else.
  const scan = scanned ? scanOf(pair, poolRules(source, destination, settings)) : undefined;
  const known = { source, destination, settings, scan } as never;
  return { signInNames: names.decide(known), letterCase: letterCase.decide(known) };
}

function scanOf(pair: Pair, rules: PoolRules): Scan {
  const counts = new UserCounts(rules, 0);
  for (const user of usersOf(namingOf(pair, "source"))) counts.add(listedUser(user));
  return counts.scan();
}

/** A list out of what is said, as it is read. */
export function listIn(found: string, title: "Names that work from now on" | "Names that stop working"): string {
  return new RegExp(`${title}: (.*?)\\.( [A-Z]|$)`).exec(found)?.[1] ?? "none";
}
