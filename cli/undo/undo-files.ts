import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { safeParse } from "valibot";
import writeFileAtomic from "write-file-atomic";
import { CommandError, EXIT } from "../exit";
import { type UndoRecord, undoRecordSchema } from "./record";

/** The folder of undo files below the work directory: they hold names, ids and settings, but no secret and no person. */
export class UndoFiles {
  readonly directory: string;

  constructor(workDirectory: string) {
    this.directory = join(workDirectory, "undo");
  }

  path({ id }: Pick<UndoRecord, "id">): string {
    return join(this.directory, `${id}.json`);
  }

  /**
   * Writes the whole file or none, for its owner alone.
   *
   * @throws {CommandError} CHECKS_FAILED when it cannot be written.
   */
  write(record: UndoRecord): void {
    try {
      mkdirSync(this.directory, { recursive: true, mode: 0o700 });
      writeFileAtomic.sync(this.path(record), `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
    } catch (error) {
      throw new CommandError(
        EXIT.CHECKS_FAILED,
        `${this.path(record)} could not be written: ${error instanceof Error ? error.message : error}. It says how a change is taken back. ` +
          "Run this from a checkout of the project where files can be written.",
        { cause: error },
      );
    }
  }

  /**
   * @returns the oldest first.
   * @throws {CommandError} CHECKS_FAILED for a file that is none of ours, or that has another id than its name.
   */
  all(): readonly UndoRecord[] {
    const { records, unreadable } = this.found();
    const [file] = unreadable;
    if (file === undefined) return records;
    throw new CommandError(EXIT.CHECKS_FAILED, `${notOurs(file)} Move it away, and look by hand at what it says.`);
  }

  /** As {@link all}, for who must not be stopped by a file that has nothing to do with it. */
  readable(say: (line: string) => void): readonly UndoRecord[] {
    const { records, unreadable } = this.found();
    for (const file of unreadable) say(notOurs(file));
    return records;
  }

  private found(): { readonly records: readonly UndoRecord[]; readonly unreadable: readonly string[] } {
    if (!existsSync(this.directory)) return { records: [], unreadable: [] };
    const records: UndoRecord[] = [];
    const unreadable: string[] = [];
    for (const name of readdirSync(this.directory).sort()) {
      if (!name.endsWith(".json")) continue;
      const file = join(this.directory, name);
      const { success, output } = safeParse(undoRecordSchema, parsed(file));
      if (success && this.path(output) === file) records.push(output as UndoRecord);
      else unreadable.push(file);
    }
    return { records, unreadable };
  }
}

const notOurs = (file: string): string =>
  `${file} is no undo file that this version can read, or not under its own name.`;

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
