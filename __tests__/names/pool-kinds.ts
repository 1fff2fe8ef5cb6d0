import fc from "fast-check";

type AliasAttribute = "email" | "phone_number" | "preferred_username";

/** What users of a pool sign in with, and whether it tells Jane from jane: all of it is fixed when a pool is made. */
export interface PoolKind {
  readonly usernameAttributes: readonly ("email" | "phone_number")[];
  readonly aliasAttributes: readonly AliasAttribute[];
  readonly caseSensitive: boolean;
}

const ALIASES: readonly AliasAttribute[] = ["email", "phone_number", "preferred_username"];

const noAlias = fc.constant<AliasAttribute[]>([]);
const usernameAttributes = (...names: ("email" | "phone_number")[]): fc.Arbitrary<PoolKind> => kind(names, noAlias);

function kind(
  names: readonly ("email" | "phone_number")[],
  aliasAttributes: fc.Arbitrary<readonly AliasAttribute[]>,
): fc.Arbitrary<PoolKind> {
  return fc.record({ usernameAttributes: fc.constant(names), aliasAttributes, caseSensitive: fc.boolean() });
}

/**
 * Every kind of user pool that there is; Cognito takes either aliases or username attributes.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export const POOL_KINDS: Readonly<Record<string, fc.Arbitrary<PoolKind>>> = {
  usernames: kind([], noAlias),
  // All three, and every other choice of them.
  aliases: kind([], fc.oneof(fc.constant([...ALIASES]), fc.subarray([...ALIASES], { minLength: 1 }))),
  email: usernameAttributes("email"),
  phone_number: usernameAttributes("phone_number"),
  both: usernameAttributes("email", "phone_number"),
};

export interface Pair {
  readonly title: string;
  readonly source: fc.Arbitrary<PoolKind>;
  readonly destination: fc.Arbitrary<PoolKind>;
}

export const PAIRS: readonly Pair[] = Object.entries(POOL_KINDS).flatMap(([from, source]) =>
  Object.entries(POOL_KINDS).map(([to, destination]) => ({ title: `${from} to ${to}`, source, destination })),
);

export function kindInWords({ usernameAttributes: instead, aliasAttributes, caseSensitive }: PoolKind): string {
  const names = instead.length > 0 ? instead.join(" or ") : ["username", ...aliasAttributes].join(", ");
  return `${names} (${caseSensitive ? "Jane is not jane" : "Jane is jane"})`;
}
