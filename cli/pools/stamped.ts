import { createHmac } from "node:crypto";
import { type Stamp, stampedNames, verifyStamp } from "../../rules/stamp";
import type { PoolRules } from "./pool-rules";
import type { StampKeys } from "./stamp-keys";
import type { KnownUser } from "./user-matching";

/** What the stamp of a user of the destination is worth. */
export type Stamped =
  /** The user has none. */
  | { readonly kind: "none" }
  /** It proves nothing: forged, copied, of a key that is gone, or the user has another name since. */
  | { readonly kind: "void" }
  | { readonly kind: "verified"; readonly stamp: Stamp };

/** Between the function's answer and the user whom Cognito makes of it: seconds, and clocks that differ. */
const MADE_WITHIN_SECONDS = 300;

/**
 * Verifies what a user of the destination carries. Cognito makes the user as soon as the function has answered, so a stamp on a user who was made
 * at another time is one that somebody kept and wrote to a later user of the same name.
 *
 * @param created As ListUsers or AdminGetUser tells it.
 */
export function stampedAs(
  user: KnownUser,
  created: Date | undefined,
  { attribute, keys }: StampKeys,
  userPoolId: string,
  rules: Pick<PoolRules, "destinationUsernameAttributes" | "destinationCaseSensitive">,
): Stamped {
  const text = user.attributes[attribute];
  if (!text) return { kind: "none" };
  const stamp = verifyStamp(createHmac, keys, text, { userPoolId, names: stampedNames(user, rules) });
  const createdAt = (created?.getTime() ?? Number.NaN) / 1000;
  const isOfThisUser = stamp !== undefined && Math.abs(createdAt - stamp.issuedAt) <= MADE_WITHIN_SECONDS;
  return isOfThisUser ? { kind: "verified", stamp } : { kind: "void" };
}
