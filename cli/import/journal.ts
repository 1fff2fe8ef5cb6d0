import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import { basename, dirname } from "node:path";
import { parseJson } from "../../config/json-text";
import { CommandError, EXIT } from "../program/exit";
import { shownPath } from "../program/shown-path";
import { type ImportEvent, importEvent } from "./run-state";

/**
 * What an import has done, one line each, on the disk before the next step begins. A line that a kill has torn was never
 * acted upon and is cut off. It holds no personal data and no URL.
 */
export class Journal {
  private readonly descriptor: number;

  /** Opens the file, or makes it with mode 0600. */
  constructor(file: string) {
    const whole = existsSync(file) ? wholeLines(file) : 0;
    if (existsSync(file)) truncateSync(file, whole);
    this.descriptor = openSync(file, "a", 0o600);
  }

  append(event: ImportEvent): void {
    writeSync(this.descriptor, `${JSON.stringify(event)}\n`);
    fsyncSync(this.descriptor);
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/**
 * @returns nothing for a file that is not there.
 * @throws {CommandError} CHECKS_FAILED for a whole line that no import has written: what it said is unknown, and nothing may be built on it.
 */
export function readJournal(file: string): ImportEvent[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file).subarray(0, wholeLines(file)).toString("utf8").split("\n").slice(0, -1);
  let parts = 0;
  return lines.map((line, at) => {
    const parsed = parseJson(importEvent, line);
    if ("found" in parsed) throw damaged(file, at + 1, parsed.found);
    const event = parsed.value;
    if (event.event === "exported") parts += event.parts.length;
    else if ("part" in event && event.part >= parts) throw damaged(file, at + 1, "a part that was never exported");
    return event;
  });
}

const damaged = (file: string, line: number, found: string): CommandError =>
  new CommandError(
    EXIT.CHECKS_FAILED,
    `${shownPath(file)}, line ${line}: found ${found}, expected a step of an import. The file is damaged, or of another version of this program, and ` +
      `does not say which import jobs there are. Look whether one named cognito-migration-${basename(dirname(file))}-... is active (aws cognito-idp ` +
      `list-user-import-jobs). When none is, move the folder ${shownPath(dirname(file))} away and run the same command again: the missing users are exported again.`,
  );

const NEW_LINE = 10;

/** Bytes up to and with the last line break. */
const wholeLines = (file: string): number => readFileSync(file).lastIndexOf(NEW_LINE) + 1;
