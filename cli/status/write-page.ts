import writeFileAtomic from "write-file-atomic";
import { CommandError, EXIT } from "../exit";
import { statusPage } from "./page";
import type { Status } from "./status";

/** @throws {CommandError} when the file cannot be written. */
export async function writePage(file: string, status: Status): Promise<void> {
  try {
    await writeFileAtomic(file, statusPage(status));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new CommandError(EXIT.CHECKS_FAILED, `The page ${file} could not be written: ${why}`, { cause: error });
  }
}
