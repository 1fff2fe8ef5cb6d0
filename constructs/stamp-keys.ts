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

/** Two UUIDs have 244 random bits. */
const stampKey = (scope: Construct, number: number): string =>
  keptKey(scope, `stamp-key-${number}`, Fn.join("", [Fn.uuid(), Fn.uuid()]));

/**
 * A random key that Terraform makes once and keeps in this stack's state, and in the function's environment. It is built
 * into Terraform, so it takes no provider. `triggers_replace`, because that is taken as it is: what goes through `input` comes
 * back as an output that no plan knows to be sensitive.
 * https://developer.hashicorp.com/terraform/language/resources/terraform-data
 */
export function keptKey(scope: Construct, id: string, random: string): string {
  const key = new DataResource(scope, id, {
    triggersReplace: { key: Fn.sensitive(random) },
    lifecycle: { ignoreChanges: ["triggers_replace"] },
  });
  return Fn.sensitive(key.interpolationForAttribute("triggers_replace.key"));
}
