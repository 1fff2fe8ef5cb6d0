import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { BUILD } from "../../config/command-lines";
import { CommandError, EXIT } from "../program/exit";
import { shownPath } from "../program/shown-path";

/**
 * What Lambda tells as CodeSha256 of a function with this zip.
 *
 * @throws {CommandError} USAGE when it is not there.
 */
export function codeSha256Of(zip: string): string {
  try {
    return createHash("sha256").update(readFileSync(zip)).digest("base64");
  } catch (error) {
    throw new CommandError(
      EXIT.USAGE,
      `${shownPath(zip)}: found no zip of the function, expected the one that was built with this program. ` +
        `Run ${BUILD}, and the same command again. Nothing was asked of AWS.`,
      { cause: error },
    );
  }
}
