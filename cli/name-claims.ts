import { foldedName, type NamedUser } from "../rules/names";
import type { OwnName } from "../rules/own-name";
import { fingerprint } from "./fingerprint";
import { KeyIndex } from "./key-index";

const VERIFIED = 0x8000_0000;

/** In place of whose it is: several users have an equal claim. */
const DISPUTED = 0;

/**
 * Who of the source's users each name of the destination belongs to. A verified claim beats one that is not, whoever is told of
 * first; where two are equal, the name is nobody's. All users must have been told of before anybody is asked for.
 */
export class NameClaims {
  /** Of each name: a few bits of its holder's `sub`, and whether the claim is verified. */
  private readonly holders: KeyIndex;

  constructor(
    expectedNames: number,
    private readonly caseSensitive: boolean,
  ) {
    this.holders = new KeyIndex(expectedNames);
  }

  /** @returns the names that were another's until now, and are nobody's from now on. */
  add(user: NamedUser, names: readonly OwnName[]): OwnName[] {
    const whose = fingerprintOf(user);
    return names.filter(({ name, verified }) => {
      const key = this.keyOf(name);
      const before = this.holders.get(key);
      const strength = verified ? VERIFIED : 0;
      if (before === undefined || (verified && before < VERIFIED)) this.holders.set(key, strength + whose);
      else if (before >= VERIFIED === verified && before - strength !== whose) {
        this.holders.set(key, strength + DISPUTED);
        return before - strength !== DISPUTED;
      }
      return false;
    });
  }

  /** Whether a name is this user's and nobody else's. */
  isHeldBy(user: NamedUser, { name, verified }: OwnName): boolean {
    return this.holders.get(this.keyOf(name)) === (verified ? VERIFIED : 0) + fingerprintOf(user);
  }

  private keyOf(name: string): string {
    return foldedName(name, this.caseSensitive);
  }
}

const fingerprintOf = ({ username, attributes }: NamedUser): number => fingerprint(attributes["sub"] ?? username);
