import { randomUUID } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";

/** What a draft's name ends with, as a regular expression: a kill can leave one. */
export const DRAFT = "\\.[0-9a-f-]{36}\\.unfinished";

/** Under a name that nobody can have taken, or guess. */
export const draftOf = (file: string): string => `${file}.${randomUUID()}.unfinished`;

/** Writes the whole file or none, also when it is killed. A symbolic link of that name is replaced, and what it leads to stays as it is. */
export function writeWhole(file: string, content: string | Uint8Array, mode: number): void {
  const draft = draftOf(file);
  try {
    const descriptor = openSync(draft, "wx", mode);
    try {
      writeFileSync(descriptor, content);
      fsyncSync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}
