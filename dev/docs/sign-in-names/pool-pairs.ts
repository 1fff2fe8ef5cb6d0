import type { AliasAttribute, UsernameAttribute } from "../../../rules/names";
import type { Naming } from "../../../sandbox/aws/user-pool/user-names";

/** What users of a pool sign in with. It is fixed when the pool is made. */
export interface PoolKind {
  /** As the page calls it. */
  readonly title: string;
  readonly usernameAttributes: readonly UsernameAttribute[];
  readonly aliasAttributes: readonly AliasAttribute[];
}

const kind = (
  title: string,
  usernameAttributes: readonly UsernameAttribute[],
  aliasAttributes: readonly AliasAttribute[] = [],
): PoolKind => ({ title, usernameAttributes, aliasAttributes });

/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
export const SOURCES: readonly PoolKind[] = [
  kind("usernames", []),
  kind("usernames and three aliases", [], ["email", "phone_number", "preferred_username"]),
  kind("e-mail addresses", ["email"]),
  kind("phone numbers", ["phone_number"]),
  kind("e-mail addresses and phone numbers", ["email", "phone_number"]),
];

export const DESTINATIONS: readonly PoolKind[] = [
  ...SOURCES,
  kind("usernames and the alias email", [], ["email"]),
  kind("usernames and the alias phone_number", [], ["phone_number"]),
  kind("usernames and the alias preferred_username", [], ["preferred_username"]),
];

/** Whether each pool tells Jane from jane. */
export interface Letters {
  readonly source: boolean;
  readonly destination: boolean;
}

export const EVERY_LETTERS: readonly Letters[] = [true, false].flatMap((source) =>
  [true, false].map((destination) => ({ source, destination })),
);

export interface Pair {
  readonly source: PoolKind;
  readonly destination: PoolKind;
  readonly letters: Letters;
}

export const pairsWith = (letters: Letters): readonly Pair[] =>
  SOURCES.flatMap((source) => DESTINATIONS.map((destination) => ({ source, destination, letters })));

/** How a pool of a pair tells its users apart, in the sandbox's words. */
export const namingOf = (pair: Pair, side: keyof Letters): Naming => ({
  ...pair[side],
  caseSensitive: pair.letters[side],
});
