import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";

/**
 * Remembers every membership of the source that somebody at the destination has, or had: one that is taken away does not come back,
 * and goes to nobody else. Hashes only, over the group and the `sub`: the file outlives the personal data, and nobody can guess a UUID.
 */
export class RestoredMemberships {
  private readonly known: Set<string>;
  private descriptor: number | undefined;

  constructor(private readonly file: string) {
    // A torn line has another length and matches nothing.
    this.known = new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : []);
  }

  has(group: string, sub: string): boolean {
    return this.known.has(hashOf(group, sub));
  }

  /** On the disk when this returns. */
  add(group: string, sub: string): void {
    this.addWithoutSync(group, sub);
    if (this.descriptor !== undefined) fsyncSync(this.descriptor);
  }

  /** For memberships that are there anyway. */
  addWithoutSync(group: string, sub: string): void {
    const hash = hashOf(group, sub);
    if (this.known.has(hash)) return;
    this.known.add(hash);
    this.descriptor ??= openSync(this.file, "a", 0o600);
    // The line break comes first, so that a line torn by a kill spoils no other.
    writeSync(this.descriptor, `\n${hash}`);
  }

  close(): void {
    if (this.descriptor !== undefined) closeSync(this.descriptor);
    this.descriptor = undefined;
  }
}

const hashOf = (group: string, sub: string): string =>
  createHash("sha256")
    .update(JSON.stringify([group, sub]))
    .digest("base64");
