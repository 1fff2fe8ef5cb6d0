import { fingerprint, KeyIndex } from "../pools/key-index";

/** In place of a spelling's fingerprint, which is never 0: there is more than one, and that was counted. */
const COUNTED = 0;

/** Counts the names that users of a pool that tells case spell differently. Of names it keeps hashes, so that millions fit. */
export class CaseCollisions {
  /** Of each name in lower case: a few bits of the spelling of whoever was told of first. */
  private readonly spellings: KeyIndex;
  private collisions = 0;

  constructor(expectedNames: number) {
    this.spellings = new KeyIndex(expectedNames);
  }

  get count(): number {
    return this.collisions;
  }

  /** @param names Of one user, who may spell one name in two ways. */
  add(names: readonly string[]): void {
    // The last of one's own spellings stands for all.
    const own = new Map(names.map((name) => [name.toLowerCase(), fingerprint(name)]));
    for (const [folded, spelling] of own) {
      const first = this.spellings.get(folded);
      if (first === undefined) this.spellings.set(folded, spelling);
      else if (first !== spelling && first !== COUNTED) {
        this.spellings.set(folded, COUNTED);
        this.collisions += 1;
      }
    }
  }
}
