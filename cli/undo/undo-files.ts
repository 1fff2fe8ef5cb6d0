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

  /** Writes the whole file or none, for its owner alone. */
  write(record: UndoRecord): void {
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
    writeFileAtomic.sync(this.path(record), `${JSON.stringify(record, undefined, 2)}\n`, { mode: 0o600 });
  }

  /**
   * @returns the oldest first.
   * @throws {CommandError} CHECKS_FAILED for a file that is none of ours, or that has another id than its name.
   */
  all(): readonly UndoRecord[] {
    if (!existsSync(this.directory)) return [];
    return readdirSync(this.directory)
      .filter((name) => name.endsWith(".json"))
      .sort()
      .map((name) => this.read(join(this.directory, name)));
  }

  private read(file: string): UndoRecord {
    const { success, output } = safeParse(undoRecordSchema, parsed(file));
    if (success && this.path(output) === file) return output as UndoRecord;
    throw new CommandError(
      EXIT.CHECKS_FAILED,
      `${file} is no undo file that this version can read, or not under its own name. Move it away, and look by hand at what it says.`,
    );
  }
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
