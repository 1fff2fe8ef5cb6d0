/** Enough for what one execution environment sees in a day; each entry is a hundred bytes. */
const MOST = 10_000;

/** What this execution environment has done. Of too many it forgets the oldest, and then does it again. */
export class Once {
  private readonly done = new Set<string>();

  has(...key: readonly string[]): boolean {
    return this.done.has(key.join("\0"));
  }

  add(...key: readonly string[]): void {
    this.done.add(key.join("\0"));
    const [oldest] = this.done;
    if (this.done.size > MOST && oldest !== undefined) this.done.delete(oldest);
  }
}
