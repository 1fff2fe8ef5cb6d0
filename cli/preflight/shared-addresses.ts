import type { NamedUser, UsernameAttribute } from "../../rules/names";
import { addressAttribute, USERNAME_ATTRIBUTES } from "../../rules/names";
import type { OwnName } from "../../rules/own-name";
import { nameKinds } from "../../rules/source-names";
import { NameClaims } from "../pools/name-claims";
import { arriving } from "../pools/name-outlook";
import type { PoolRules } from "../pools/pool-rules";

/** Addresses that are sign-in names at the destination, and that the source lets several users have. */
export function shareableAddresses(rules: PoolRules): readonly UsernameAttribute[] {
  const here = nameKinds(rules.sourceUsernameAttributes, rules.sourceAliasAttributes);
  const there = nameKinds(rules.destinationUsernameAttributes, rules.destinationAliasAttributes);
  const arrives = (one: UsernameAttribute): boolean => one in arriving({ [one]: "" }, rules);
  return USERNAME_ATTRIBUTES.filter((one) => there.includes(one) && !here.includes(one) && arrives(one));
}

/** Counts the addresses to which several users have an equal right: the first to come takes it, and Cognito refuses the others. */
export class SharedAddresses {
  readonly counts = new Map<UsernameAttribute, number>();
  private readonly shareable: readonly UsernameAttribute[];
  private readonly claims: NameClaims;

  constructor(
    private readonly rules: PoolRules,
    expectedUsers: number,
  ) {
    this.shareable = shareableAddresses(rules);
    // Spellings of one name are count-names.ts's.
    const isCaseSensitive = rules.sourceCaseSensitive || rules.destinationCaseSensitive;
    this.claims = new NameClaims(expectedUsers * this.shareable.length, isCaseSensitive);
  }

  /** @param names By which this user would sign in at the destination. */
  add(user: NamedUser, names: readonly OwnName[]): void {
    for (const attribute of this.shareable) {
      const own = names.filter(({ name }) => addressAttribute(name, this.rules) === attribute);
      const disputed = this.claims.add(user, own).length;
      if (disputed > 0) this.counts.set(attribute, (this.counts.get(attribute) ?? 0) + disputed);
    }
  }
}
