import { CommandError, EXIT } from "../program/exit";
import { shownMessage } from "../program/explain-system-error";
import { writeWhole } from "../program/whole-file";
import { statusPage } from "./page";
import type { Status } from "./status";

/** @throws {CommandError} when the file cannot be written. */
export function writePage(file: string, status: Status): void {
  try {
    writeWhole(file, statusPage(status), 0o666);
  } catch (error) {
    const why = shownMessage(error);
    throw new CommandError(EXIT.CHECKS_FAILED, `The page ${file} could not be written: ${why}`, { cause: error });
  }
}
