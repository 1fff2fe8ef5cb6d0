import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { CommandError, EXIT } from "../program/exit";
import { shownPath } from "../program/shown-path";
import { type Host, isGone, newOwner, type Owner, ownerIn } from "./lock-owner";

/** How often a lock that has just been given back, or was of a process that is gone, is asked for again. */
const TRIES = 3;

const OF_IMPORTS = "import or groups command works on this user pool";

/** Whether a file of this name is the lock `lock`, or what a kill can leave of taking it. */
export const isOfLock = (name: string, lock: string): boolean =>
  name === lock || (name.startsWith(`${lock}.`) && /^[0-9a-f-]{36}(?:\.gone)?$/.test(name.slice(lock.length + 1)));

/**
 * Takes the lock, which is there whole or not at all where the file system has hard links. Only the lock of a process that is certain to be gone counts for nothing:
 * what runs elsewhere, or in another container, cannot be seen from here.
 *
 * @param who Of the commands that take this lock.
 * @returns what gives the lock back.
 * @throws {CommandError} CHECKS_FAILED, with what to do.
 */
export function lockFolder(file: string, who = OF_IMPORTS): () => void {
  const owner = newOwner();
  const draft = `${file}.${owner.token}`;
  writeFileSync(draft, JSON.stringify(owner), { flag: "wx", mode: 0o600 });
  try {
    for (let attempt = 0; attempt < TRIES && !isLinked(draft, file); attempt += 1) {
      const found = textOf(file);
      if (found === undefined) continue;
      if (!isGone(ownerIn(found), owner)) throw held(file, who, ownerIn(found), owner);
      takeAway(file, found, `${draft}.gone`);
    }
  } finally {
    rmSync(draft, { force: true });
  }
  const isOurs = (): boolean => ownerIn(textOf(file) ?? "")?.token === owner.token;
  if (!isOurs()) throw held(file, who, ownerIn(textOf(file) ?? ""), owner);
  return () => {
    if (isOurs()) rmSync(file, { force: true });
  };
}

/**
 * What link() says where the file system has no hard links, such as exFAT or SMB.
 * https://man7.org/linux/man-pages/man2/link.2.html, https://man.openbsd.org/link.2
 */
const NO_HARD_LINKS = new Set<string | undefined>(["EPERM", "ENOTSUP", "EOPNOTSUPP", "ENOSYS"]);

/** A second name for the draft, if nobody has the name: the file system makes it in one step. */
function isLinked(draft: string, file: string): boolean {
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    if (NO_HARD_LINKS.has(code)) return isWritten(draft, file);
    throw error;
  }
}

/** The same in two steps. Whoever looks in between finds a lock that says nobody's name, and keeps away. */
function isWritten(draft: string, file: string): boolean {
  try {
    writeFileSync(file, readFileSync(draft), { flag: "wx", mode: 0o600 });
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

/** @returns undefined when nothing is there; nothing at all for what cannot be read, such as a folder, so that it counts as somebody's lock. */
function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? undefined : "";
  }
}

function held(file: string, who: string, owner: Owner | undefined, { host }: Host): CommandError {
  const where = owner === undefined || owner.host === host ? "" : ` on ${owner.host}`;
  return new CommandError(
    EXIT.CHECKS_FAILED,
    `Another ${who}: process ${owner?.process ?? "unknown"}${where}. ` +
      `If there is no such process any more, remove ${shownPath(file)}.`,
  );
}
