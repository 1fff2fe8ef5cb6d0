import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseJson } from "../../config/json-text";
import { visibleLines } from "../../config/visible";
import { CommandError, EXIT } from "../program/exit";
import { shownMessage } from "../program/explain-system-error";
import { formerUndoFiles } from "../program/former-files";
import { OwnFolder, problemAt } from "../program/own-files";
import { shownPath } from "../program/shown-path";
import { writeWhole } from "../program/whole-file";
import { type UndoRecord, undoRecordSchema } from "./record";

/**
 * The folder of undo files below the work directory: they hold names, ids and settings, but no secret and no person. What they say is done to
 * the pool, so they are taken only where nobody but the operator can have written them.
 */
export class UndoFiles {
  readonly directory: string;
  private readonly own: OwnFolder;

  constructor(
    private readonly workDirectory: string,
    private readonly migration: string,
  ) {
    this.own = new OwnFolder(workDirectory, migration, "undo");
    this.directory = this.own.path;
  }

  path({ id }: Pick<UndoRecord, "id">): string {
    return join(this.directory, `${id}.json`);
  }

  /**
   * Writes the whole file or none, for its owner alone.
   *
   * @throws {CommandError} CHECKS_FAILED when it cannot be written, or the folder is not the operator's own.
   */
  write(record: UndoRecord): void {
    try {
      this.own.make();
      writeWhole(this.path(record), visibleLines(`${JSON.stringify(record, undefined, 2)}\n`, false), 0o600);
    } catch (error) {
      const why = shownMessage(error).replace(/\.$/, "");
      throw new CommandError(
        EXIT.CHECKS_FAILED,
        `${shownPath(this.path(record))} could not be written: ${why}. It says how a change is taken back. ` +
          "Run this from a folder where files can be written.",
        { cause: error },
      );
    }
  }

  /**
   * @returns the oldest first.
   * @throws {CommandError} CHECKS_FAILED when the folder or a file is not the operator's own, is none of ours, or has another id than its name.
   */
  all(): readonly UndoRecord[] {
    const { records, refused } = this.found();
    if (refused.length === 0) return records;
    throw new CommandError(
      EXIT.CHECKS_FAILED,
      `${refused.join("\n")}\nUndo does what its files say, so nothing was changed. Move away what is none of yours, and look by hand at what it says.`,
    );
  }

  /** As {@link all}, for who must not be stopped by a file that has nothing to do with it. */
  readable(say: (line: string) => void): readonly UndoRecord[] {
    const { records, refused } = this.found();
    for (const line of refused) say(line);
    return records;
  }

  /** @returns beside the records why each of the other files is not taken. */
  private found() {
    this.own.check();
    const records: UndoRecord[] = [];
    const former = formerUndoFiles(this.workDirectory, this.migration);
    const refused: string[] = former === undefined ? [] : [former];
    if (!existsSync(this.directory)) return { records, refused };
    for (const name of readdirSync(this.directory).sort()) {
      if (!name.endsWith(".json")) continue;
      const record = this.recordIn(join(this.directory, name));
      if (typeof record === "string") refused.push(record);
      else records.push(record);
    }
    return { records, refused };
  }

  /** @returns why it is not taken, where it is not. */
  private recordIn(file: string): UndoRecord | string {
    const problem = problemAt(file, "file");
    if (problem !== undefined) return `${shownPath(file)}: ${problem}`;
    const record = parseJson(undoRecordSchema, textIn(file));
    if ("value" in record && this.path(record.value) === file) return record.value as UndoRecord;
    return `${shownPath(file)} is no undo file that this version can read, or not under its own name.`;
  }
}

/** What cannot be read says nothing. */
function textIn(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
