import { createHash } from "node:crypto";
import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";

/**
 * Remembers every membership that was restored once, so that one which somebody takes away at the destination does not come back.
 * Hashes only: the file outlives the personal data.
 */
export class RestoredMemberships {
  private readonly known: Set<string>;
  private descriptor: number | undefined;

  constructor(private readonly file: string) {
    // A torn line has another length and matches nothing.
    this.known = new Set(existsSync(file) ? readFileSync(file, "utf8").split("\n").filter(Boolean) : []);
  }

  has(group: string, username: string): boolean {
    return this.known.has(hashOf(group, username));
  }

  /** On the disk when this returns. */
  add(group: string, username: string): void {
    this.addWithoutSync(group, username);
    if (this.descriptor !== undefined) fsyncSync(this.descriptor);
  }

  /** For memberships that are there anyway. */
  addWithoutSync(group: string, username: string): void {
    const hash = hashOf(group, username);
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

const hashOf = (group: string, username: string): string =>
  createHash("sha256")
    .update(JSON.stringify([group, username]))
    .digest("base64");
