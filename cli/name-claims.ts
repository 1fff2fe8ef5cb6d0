import { foldedName, type NamedUser } from "../rules/names";
import type { OwnName } from "../rules/own-name";
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

  add(user: NamedUser, names: readonly OwnName[]): void {
    const whose = fingerprint(user);
    for (const { name, verified } of names) {
      const key = this.keyOf(name);
      const before = this.holders.get(key);
      const strength = verified ? VERIFIED : 0;
      if (before === undefined || (verified && before < VERIFIED)) this.holders.set(key, strength + whose);
      else if (before >= VERIFIED === verified && before - strength !== whose)
        this.holders.set(key, strength + DISPUTED);
    }
  }

  /** Whether a name is this user's and nobody else's. */
  isHeldBy(user: NamedUser, { name, verified }: OwnName): boolean {
    return this.holders.get(this.keyOf(name)) === (verified ? VERIFIED : 0) + fingerprint(user);
  }

  private keyOf(name: string): string {
    return foldedName(name, this.caseSensitive);
  }
}

/** FNV-1a, 31 bits and never 0: enough to tell two users of one name apart. http://www.isthe.com/chongo/tech/comp/fnv/ */
function fingerprint({ username, attributes }: NamedUser): number {
  const text = attributes["sub"] ?? username;
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return bits >>> 1 || 1;
}
