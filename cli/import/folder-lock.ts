import { randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { CommandError, EXIT } from "../exit";

interface Owner {
  /** Two containers that share a volume often have the same process id, and sometimes the same name. */
  readonly token: string;
  readonly host: string;
  readonly process: number;
}

/** How often a lock that has just been given back, or was of a process that is gone, is asked for again. */
const TRIES = 3;

/**
 * Takes the lock, which is there whole or not at all. Only the lock of a process that is gone from this very host counts for nothing:
 * what runs elsewhere cannot be seen from here.
 *
 * @returns what gives the lock back.
 * @throws {CommandError} CHECKS_FAILED, with what to do.
 */
export function lockFolder(file: string): () => void {
  const owner: Owner = { token: randomUUID(), host: hostname(), process: process.pid };
  const draft = `${file}.${owner.token}`;
  writeFileSync(draft, JSON.stringify(owner), { flag: "wx", mode: 0o600 });
  try {
    for (let attempt = 0; attempt < TRIES && !isLinked(draft, file); attempt += 1) {
      const found = textOf(file);
      if (found === undefined) continue;
      if (!isGone(ownerIn(found))) throw held(file, ownerIn(found));
      takeAway(file, found, `${draft}.gone`);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const isOurs = (): boolean => ownerIn(textOf(file) ?? "")?.token === owner.token;
  if (!isOurs()) throw held(file, ownerIn(textOf(file) ?? ""));
  return () => {
    if (isOurs()) rmSync(file, { force: true });
  };
}

/** A second name for the draft, if nobody has the name: the file system makes it in one step. */
function isLinked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

/** Somebody else may have taken the same lock away meanwhile, and have one there: that one is put back. */
export function takeAway(file: string, stale: string, aside: string): void {
  try {
    renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return;
    throw error;
  }
  if (textOf(aside) !== stale) isLinked(aside, file);
  rmSync(aside, { force: true });
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** @returns undefined for what is no lock of ours. */
function ownerIn(text: string): Owner | undefined {
  try {
    const owner = JSON.parse(text) as Partial<Owner> | null;
    const { token, host, process: pid } = owner ?? {};
    if (typeof token !== "string" || typeof host !== "string" || !Number.isInteger(pid)) return undefined;
    return owner as Owner;
  } catch {
    return undefined;
  }
}

function isGone(owner: Owner | undefined): boolean {
  if (owner === undefined || owner.host !== hostname()) return false;
  try {
    process.kill(owner.process, 0);
    return false;
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}

function held(file: string, owner: Owner | undefined): CommandError {
  const where = owner === undefined || owner.host === hostname() ? "" : ` on ${owner.host}`;
  return new CommandError(
    EXIT.CHECKS_FAILED,
    `Another import into this user pool is running: process ${owner?.process ?? "unknown"}${where}. ` +
      `If there is no such import any more, remove ${file}.`,
  );
}
