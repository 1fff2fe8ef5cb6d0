import { DataResource, Fn } from "cdktf";
import type { Construct } from "constructs";

/** References to keys that Terraform knows to be sensitive. Whoever has the current one can sign a stamp. */
export interface StampKeys {
  readonly current: string;
  /** What signed before the last rotation, and is still taken. */
  readonly before?: string | undefined;
}

/**
 * The keys of the stamp, made once each and kept in this stack's state.
 *
 * @param number STAMP_KEY_NUMBER. One more makes a key beside the one that there is, which goes when there is one more again.
 */
export function stampKeys(scope: Construct, number: number): StampKeys {
  const current = stampKey(scope, number);
  return number > 1 ? { current, before: stampKey(scope, number - 1) } : { current };
}

/** Two UUIDs have 244 random bits. Why `triggers_replace`: ./migration-function.ts, `logUserKey`. */
function stampKey(scope: Construct, number: number): string {
  const key = new DataResource(scope, `stamp-key-${number}`, {
    triggersReplace: { key: Fn.sensitive(Fn.join("", [Fn.uuid(), Fn.uuid()])) },
    lifecycle: { ignoreChanges: ["triggers_replace"] },
  });
  return Fn.sensitive(key.interpolationForAttribute("triggers_replace.key"));
}
