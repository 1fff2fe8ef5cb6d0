import { foldedName, type NamedUser } from "../../rules/names";
import type { OwnName } from "../../rules/own-name";
import { fingerprint, KeyIndex } from "./key-index";

interface Claim {
  /** {@link fingerprintOf} its holder, or {@link NOBODY}. */
  readonly whose: number;
  readonly verified: boolean;
  /** Whether anybody else has a claim to it, a weaker one included. */
  readonly hasRival: boolean;
}

/** Several users have an equal claim. */
const NOBODY = 0;

/**
 * Who of the source's users each name of the destination belongs to. A verified claim beats one that is not, whoever is told of
 * first; where two are equal, the name is nobody's. All users must have been told of before anybody is asked for.
 */
export class NameClaims {
  private readonly claims: KeyIndex;

  constructor(
    expectedNames: number,
    private readonly caseSensitive: boolean,
  ) {
    this.claims = new KeyIndex(expectedNames);
  }

  /** @returns the names that were another's until now, and are nobody's from now on. */
  add(user: NamedUser, names: readonly OwnName[]): OwnName[] {
    const whose = fingerprintOf(user);
    return names.filter(({ name, verified }) => {
      const before = this.claimTo(name);
      const isDisputed = before !== undefined && before.whose !== whose && before.verified === verified;
      if (before === undefined) this.keep(name, { whose, verified, hasRival: false });
      else if (before.whose === whose) this.keep(name, { ...before, verified: before.verified || verified });
      else if (isDisputed) this.keep(name, { whose: NOBODY, verified, hasRival: true });
      else this.keep(name, { whose: verified ? whose : before.whose, verified: true, hasRival: true });
      return isDisputed && before.whose !== NOBODY;
    });
  }

  /** Whether this user has the best claim to a name, and nobody an equal one. */
  isHeldBy(user: NamedUser, { name }: OwnName): boolean {
    return this.claimTo(name)?.whose === fingerprintOf(user);
  }

  /** Whether nobody else at the source has any claim to a name: only then does a user of that name have to be this one. */
  isAlone(user: NamedUser, { name }: OwnName): boolean {
    const claim = this.claimTo(name);
    return claim?.whose === fingerprintOf(user) && !claim.hasRival;
  }

  private claimTo(name: string): Claim | undefined {
    const bits = this.claims.get(foldedName(name, this.caseSensitive));
    return bits === undefined
      ? undefined
      : { whose: bits >>> 2, verified: (bits & 2) !== 0, hasRival: (bits & 1) !== 0 };
  }

  private keep(name: string, { whose, verified, hasRival }: Claim): void {
    const bits = ((whose << 2) | (verified ? 2 : 0) | (hasRival ? 1 : 0)) >>> 0;
    this.claims.set(foldedName(name, this.caseSensitive), bits);
  }
}

/** What is left of it beside the two flags. */
const fingerprintOf = ({ username, attributes }: NamedUser): number =>
  fingerprint(attributes["sub"] ?? username) >>> 1 || 1;
