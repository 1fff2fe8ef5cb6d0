import type { UsernameAttribute } from "../../rules/names";
import type { NameKind } from "../../rules/source-names";

/** Extremes of one attribute over all users who have it. */
export interface AttributeRange {
  readonly count: number;
  /** Characters. */
  readonly shortest: number;
  readonly longest: number;
  /** Undefined when a value is no number. */
  readonly smallest: number | undefined;
  readonly largest: number | undefined;
}

/** What all users of the source have in common and do not. Counts only: no name or value is kept. */
export interface Scan {
  readonly users: number;
  /** Who has a password, and a provider that is linked to the profile. */
  readonly linked: number;
  readonly attributes: ReadonlyMap<string, AttributeRange>;
  /** Undefined: the destination could not be asked what its users sign in with. */
  readonly names: NameCounts | undefined;
}

/** What becomes of the names of all users of the source. */
export interface NameCounts {
  /** Who signs in with a password, or will again after a reset. The next four count some of them. */
  readonly users: number;
  /** Who can come by each name that works at the source. */
  readonly byEveryName: number;
  readonly byNoName: number;
  /** Who has a name that stops working, by its kind. */
  readonly losing: ReadonlyMap<NameKind, number>;
  /** Who has a name that stops working with the first sign-in by another. */
  readonly typedFirst: number;
  /** Who has a capital letter in a name that would work without. */
  readonly mixedCase: number;
  /** Names of several users that differ in case alone. */
  readonly collisions: number;
  /** Addresses to which several users have an equal right. */
  readonly shared: ReadonlyMap<UsernameAttribute, number>;
}
