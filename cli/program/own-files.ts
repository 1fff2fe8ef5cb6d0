import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { CommandError, EXIT } from "./exit";
import { shownPath } from "./shown-path";

type Kind = "file" | "folder";

/** Where undo files and journals are, if nobody names another folder. */
export const WORK_DIRECTORY = ".cognito-migration";
/** In the work directory: keeps all of it out of git. */
export const IGNORE_FILE = ".gitignore";

/** Bits of the group and of everybody else. https://man7.org/linux/man-pages/man7/inode.7.html */
const OTHERS_MAY_WRITE = 0o022;
const OTHERS_MAY_ANYTHING = 0o077;

/**
 * Why nothing is to be read, written or removed at `path`: whoever can write there decides what undo and import do, and a link leads to where
 * nothing is this program's. Where a system has no user ids, as Windows, links alone can be told.
 *
 * @returns what was found, expected and is to be done; undefined when it is the operator's own, or nothing is there.
 */
export function problemAt(path: string, kind: Kind): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats && problemOf(stats, kind);
}

/**
 * Reads a file with secrets in it, which others must not read either. What was looked at is what is read: the file is opened once.
 *
 * @returns the bytes, or as {@link problemAt} why not.
 */
export function readSecretsAt(path: string): Buffer | string {
  const problem = existsSync(path) ? problemAt(path, "file") : "found nothing there, expected a file.";
  if (problem !== undefined) return problem;
  // Without a wait for whoever writes into a pipe.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    return problemWithSecrets(fstatSync(file)) ?? readFileSync(file);
  } finally {
    closeSync(file);
  }
}

/**
 * Reads a file that was found by its name, which whoever can write to the folder may have put there. Root's is believed, and a link followed.
 * What was looked at is what is read: the file is opened once.
 *
 * @throws {CommandError} CHECKS_FAILED for one that somebody else has, or may write to; what the system says of one that cannot be read.
 */
export function readFound(path: string): Buffer {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const [ofLink, ofFile] = [lstatSync(path), fstatSync(file)].map((stats) => problemWithWriters(stats, "file", [0]));
    const problem = ofLink ?? ofFile;
    if (problem !== undefined) throw new CommandError(EXIT.CHECKS_FAILED, `${shownPath(path)}: ${problem}`);
    return readFileSync(file);
  } finally {
    closeSync(file);
  }
}

function problemWithSecrets(stats: Stats): string | undefined {
  const problem = problemOf(stats, "file");
  if (problem !== undefined) return problem;
  if (process.geteuid === undefined || (stats.mode & OTHERS_MAY_ANYTHING) === 0) return undefined;
  return (
    `found one that others may read (mode ${modeOf(stats)}), expected one that nobody but you may. ` +
    "Take that right away (chmod go=)."
  );
}

function problemOf(stats: Stats, kind: Kind): string | undefined {
  if (stats.isSymbolicLink())
    return strangerText(
      kind,
      "a symbolic link",
      "Remove the link. To have these files on another volume, mount it there.",
    );
  if (!(kind === "folder" ? stats.isDirectory() : stats.isFile()))
    return strangerText(kind, "something else", "Move it away.");
  return problemWithWriters(stats, kind);
}

/** @param believed User ids beside the operator's. */
function problemWithWriters(stats: Stats, kind: Kind, believed: readonly number[] = []): string | undefined {
  const user = process.geteuid?.();
  if (user === undefined) return undefined;
  if (stats.uid !== user && !believed.includes(stats.uid))
    return strangerText(
      kind,
      `one of user ${stats.uid} (you are ${user})`,
      "Somebody else may have written what it says: move it away, or look at it first and make it yours (chown).",
    );
  // Links have no rights of their own.
  if (stats.isSymbolicLink() || (stats.mode & OTHERS_MAY_WRITE) === 0) return undefined;
  return strangerText(
    kind,
    `one that others may write to (mode ${modeOf(stats)})`,
    "Somebody else may have written what it says: look at it, then take that right away (chmod go-w).",
  );
}

const strangerText = (kind: Kind, found: string, remedy: string): string =>
  `found ${found}, expected a ${kind} of your own. ${remedy}`;

const modeOf = ({ mode }: Stats): string => (mode & 0o7777).toString(8);

/** Whether another user has what is at `path`: it was not made for this operator. */
export function isOfAnotherUser(path: string): boolean {
  const user = process.geteuid?.();
  return user !== undefined && lstatSync(path).uid !== user;
}

/** @throws {CommandError} CHECKS_FAILED with every one of `paths` that is not the operator's own. */
export function refuseStrangers(paths: readonly string[], kind: Kind): void {
  const problems = paths.flatMap((path) => {
    const problem = problemAt(path, kind);
    return problem === undefined ? [] : [`${shownPath(path)}: ${problem}`];
  });
  if (problems.length > 0) throw new CommandError(EXIT.CHECKS_FAILED, problems.join("\n"));
}

/** A folder of this program, with every one above it up to the work directory: one of these in other hands is enough to exchange it. */
export class OwnFolder {
  readonly path: string;
  private readonly levels: readonly string[];

  /** @param names Of the folders from `workDirectory` on. */
  constructor(workDirectory: string, ...names: readonly string[]) {
    this.levels = [workDirectory, ...names.map((_, at) => join(workDirectory, ...names.slice(0, at + 1)))];
    this.path = join(workDirectory, ...names);
  }

  /** @throws {CommandError} CHECKS_FAILED for the first one that is not the operator's own: what is below it is not looked at. */
  check(): void {
    for (const level of this.levels) refuseStrangers([level], "folder");
  }

  /**
   * Makes what is not there, for the operator alone, and keeps it out of git: whose folder it is in may have no `.gitignore` for it.
   *
   * @throws {CommandError} CHECKS_FAILED as {@link check}.
   */
  make(): void {
    for (const [depth, level] of this.levels.entries()) {
      refuseStrangers([level], "folder");
      const isNew = unlessThere(() => mkdirSync(level, { mode: 0o700 }));
      // Some file systems keep no modes.
      refuseStrangers([level], "folder");
      // A folder that was there under another name may hold more than ours.
      if (depth === 0 && (isNew || basename(level) === WORK_DIRECTORY))
        unlessThere(() => writeFileSync(join(level, IGNORE_FILE), "*\n", { flag: "wx", mode: 0o600 }));
    }
  }
}

/** @returns whether it was made. */
function unlessThere(make: () => void): boolean {
  try {
    make();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  }
}
