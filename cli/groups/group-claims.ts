import type { Membership } from "./group-plan";

/** Who lays claim to which membership of the source. Each goes to one user of the destination, or to nobody. */
export class Claims {
  private readonly byMembership = new Map<string, Membership[]>();

  /** ListUsers may tell of a user twice: that is one claim. */
  add(claim: Membership): void {
    const claims = this.byMembership.get(keyOf(claim)) ?? [];
    if (claims.some(({ username }) => username === claim.username)) return;
    this.byMembership.set(keyOf(claim), [...claims, claim]);
  }

  /** @param present Whoever is in the group already has what is claimed. */
  settle(present: readonly Membership[]): { readonly additions: readonly Membership[]; readonly disputed: number } {
    const given = new Set(present.map(keyOf));
    const additions: Membership[] = [];
    let disputed = 0;
    for (const [key, claims] of this.byMembership)
      if (given.has(key)) continue;
      else if (claims.length > 1) disputed += 1;
      else additions.push(...claims);
    return { additions, disputed };
  }
}

const keyOf = ({ group, sub }: Membership): string => JSON.stringify([group, sub]);
