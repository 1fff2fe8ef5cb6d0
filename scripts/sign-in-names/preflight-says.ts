import type { Finding } from "../../cli/preflight/check";
import { letterCase } from "../../cli/preflight/letter-case-checks";
import { names } from "../../cli/preflight/names-check";
import { UserCounts } from "../../cli/preflight/scan-users";
import { rulesFrom } from "../../cli/preflight/sign-in-names";
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
  const pools = describedPools(pair);
  const counts = new UserCounts(rulesFrom({ ...pools, settings }), 0);
  for (const user of usersOf(namingOf(pair, "source"))) counts.add(listedUser(user));
  const known = { ...pools, settings, scan: scanned ? counts.scan() : undefined } as never;
  return { signInNames: names.decide(known), letterCase: letterCase.decide(known) };
}

/** A list out of what is said, as it is read. */
export function listIn(found: string, title: "Names that work from now on" | "Names that stop working"): string {
  return new RegExp(`${title}: (.*?)\\.( [A-Z]|$)`).exec(found)?.[1] ?? "none";
}
