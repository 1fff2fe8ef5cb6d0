import { closeSync, existsSync, fsyncSync, openSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { CommandError, EXIT } from "../program/exit";
import { formerImport } from "../program/former-files";
import { OwnFolder, refuseStrangers } from "../program/own-files";
import { isOfLock, lockFolder } from "./folder-lock";
import { readState } from "./journal";
import { journalFile, namedAsOfRun } from "./run-files";
import type { RunState } from "./run-state";

/** One import, from its export to the end of its last job, in a folder of its own. */
export interface Run {
  /** Of the destination. */
  readonly userPoolId: string;
  readonly name: string;
  readonly directory: string;
  readonly state: RunState;
}

/** As {@link WorkFolder.newRun} names it: a time without its punctuation. */
const RUN = /^\d{8}T\d{9}Z$/;
const LOCK = "lock";
const RESTORED = "restored-memberships";

/** `.cognito-migration/<USER_POOL_NAME>/import/<user pool id>`: one for each destination. */
export class WorkFolder {
  readonly directory: string;
  private readonly own: OwnFolder;

  /** @param migration Undefined for imports of the time when a checkout could have one: only `import --clean` looks there. */
  constructor(
    private readonly workDirectory: string,
    private readonly migration: string | undefined,
    private readonly userPoolId: string,
  ) {
    this.own = this.below();
    this.directory = this.own.path;
  }

  private below(...names: readonly string[]): OwnFolder {
    const migration = this.migration === undefined ? [] : [this.migration];
    return new OwnFolder(this.workDirectory, ...migration, "import", this.userPoolId, ...names);
  }

  /**
   * All imports into this user pool, the oldest first.
   *
   * @throws {CommandError} CHECKS_FAILED for a folder or file that is not the operator's own, or a damaged journal.
   */
  runs(): Run[] {
    this.own.check();
    const { migration, workDirectory, userPoolId } = this;
    const former = migration === undefined ? undefined : formerImport(workDirectory, migration, userPoolId);
    if (former !== undefined) throw new CommandError(EXIT.CHECKS_FAILED, former);
    return this.runNames().map((name) => {
      const run = this.run(name);
      refuseStrangers(namedAsOfRun(run.directory), "file");
      return run;
    });
  }

  runNames(): readonly string[] {
    return namesIn(this.directory).filter((name) => RUN.test(name));
  }

  /** @throws {CommandError} CHECKS_FAILED for a folder or journal that is not the operator's own, or damaged. */
  run(name: string): Run {
    const own = this.below(name);
    own.check();
    refuseStrangers([journalFile(own.path)], "file");
    return { userPoolId: this.userPoolId, name, directory: own.path, state: readState(own.path) };
  }

  /** Neither runs nor what else an import keeps here, as paths. */
  others(): readonly string[] {
    return namesIn(this.directory)
      .filter((name) => !RUN.test(name) && name !== RESTORED && !isOfLock(name, LOCK))
      .map((name) => join(this.directory, name));
  }

  /** @param now Names the run, and sorts it behind all others. */
  newRun(now: Date): Run {
    const name = now.toISOString().replaceAll(/[-:.]/g, "");
    this.below(name).make();
    return this.run(name);
  }

  /** Where memberships are remembered that were restored once. */
  restoredFile(): string {
    const file = join(this.directory, RESTORED);
    this.own.check();
    refuseStrangers([file], "file");
    return file;
  }

  /** Keeps a second import away while this one runs. @returns what gives the lock back. */
  lock(): () => void {
    this.own.make();
    return lockFolder(join(this.directory, LOCK));
  }
}

const namesIn = (directory: string): string[] => (existsSync(directory) ? readdirSync(directory).sort() : []);

/** Makes sure that the names of new files are on the disk, too. */
export function syncFolder(directory: string): void {
  const descriptor = openSync(directory, "r");
  fsyncSync(descriptor);
  closeSync(descriptor);
}
