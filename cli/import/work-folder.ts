import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
} from "node:fs";
import { join } from "node:path";
import { lockFolder } from "./folder-lock";
import { readJournal } from "./journal";
import { journalFile } from "./run-files";
import { type RunState, runState } from "./run-state";

/** One import, from its export to the end of its last job, in a folder of its own. */
export interface Run {
  /** Of the destination. */
  readonly userPoolId: string;
  readonly name: string;
  readonly directory: string;
  readonly state: RunState;
}

/** `.cognito-migration/import/<user pool id>`: one for each destination. */
export class WorkFolder {
  readonly directory: string;

  constructor(
    workDirectory: string,
    private readonly userPoolId: string,
  ) {
    this.directory = join(workDirectory, "import", userPoolId);
  }

  /** Of every destination that there has been. */
  static all(workDirectory: string): WorkFolder[] {
    const directory = join(workDirectory, "import");
    if (!existsSync(directory)) return [];
    return foldersIn(directory).map((userPoolId) => new WorkFolder(workDirectory, userPoolId));
  }

  /** All imports into this user pool, the oldest first. */
  runs(): Run[] {
    if (!existsSync(this.directory)) return [];
    return foldersIn(this.directory).map((name) => {
      const directory = join(this.directory, name);
      return { userPoolId: this.userPoolId, name, directory, state: runState(readJournal(journalFile(directory))) };
    });
  }

  /** @param now Names the run, and sorts it behind all others. */
  newRun(now: Date): Run {
    const name = now.toISOString().replaceAll(/[-:.]/g, "");
    const directory = join(this.directory, name);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    return { userPoolId: this.userPoolId, name, directory, state: runState([]) };
  }

  /**
   * Keeps a second import away while this one runs.
   *
   * @returns what gives the lock back.
   * @throws {CommandError} CHECKS_FAILED
   */
  lock(): () => void {
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    return lockFolder(join(this.directory, "lock"));
  }
}

/** Also those that are elsewhere, and here by a symbolic link: they hold personal data just the same. */
const foldersIn = (directory: string): string[] =>
  readdirSync(directory)
    .filter((name) => statSync(join(directory, name), { throwIfNoEntry: false })?.isDirectory() === true)
    .sort();

/** Wherever it is: of a symbolic link alone the files would stay. */
export function removeRun({ directory }: Run): void {
  rmSync(realpathSync(directory), { recursive: true });
  rmSync(directory, { force: true });
}

/** Makes sure that the names of new files are on the disk, too. */
export function syncFolder(directory: string): void {
  const descriptor = openSync(directory, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
