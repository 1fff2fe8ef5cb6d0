import { appendFileSync, existsSync, readFileSync, truncateSync } from "node:fs";
import { basename } from "node:path";
import { parseJson } from "../../config/json-text";
import { CommandError, EXIT } from "../program/exit";
import { shownPath } from "../program/shown-path";
import { journalFile } from "./run-files";
import { type ImportEvent, importEvent, type RunState, runState } from "./run-state";

/**
 * Writes down what an import has done in a run's folder, one line each, on the disk before the next step begins. A line that a kill has
 * torn was never acted upon and is cut off. The journal holds no personal data and no URL.
 */
export function appendStep(directory: string, event: ImportEvent): void {
  const file = journalFile(directory);
  if (existsSync(file)) truncateSync(file, wholeLines(file));
  appendFileSync(file, `${JSON.stringify(event)}\n`, { mode: 0o600, flush: true });
}

/** Where a run stands, as its journal has it at this moment. */
export const readState = (directory: string): RunState => runState(readJournal(directory));

/**
 * @returns nothing where there is no journal.
 * @throws {CommandError} CHECKS_FAILED for a whole line that no import has written: what it said is unknown, and nothing may be built on it.
 */
export function readJournal(directory: string): ImportEvent[] {
  const file = journalFile(directory);
  if (!existsSync(file)) return [];
  const lines = readFileSync(file).subarray(0, wholeLines(file)).toString("utf8").split("\n").slice(0, -1);
  let parts = 0;
  return lines.map((line, at) => {
    const parsed = parseJson(importEvent, line);
    if ("found" in parsed) throw damaged(directory, at + 1, parsed.found);
    const event = parsed.value;
    if (event.event === "exported") parts += event.parts.length;
    else if ("part" in event && event.part >= parts) throw damaged(directory, at + 1, "a part that was never exported");
    return event;
  });
}

const damaged = (directory: string, line: number, found: string): CommandError =>
  new CommandError(
    EXIT.CHECKS_FAILED,
    `${shownPath(journalFile(directory))}, line ${line}: found ${found}, expected a step of an import. The file is damaged, or of another version of this program, and ` +
      `does not say which import jobs there are. Look whether one named cognito-migration-${basename(directory)}-... is active (aws cognito-idp ` +
      `list-user-import-jobs). When none is, move the folder ${shownPath(directory)} away and run the same command again: the missing users are exported again.`,
  );

/** Bytes up to and with the last line break. */
const wholeLines = (file: string): number => readFileSync(file).lastIndexOf("\n") + 1;
