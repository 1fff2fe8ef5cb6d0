import { closeSync, existsSync, fsyncSync, openSync, readFileSync, truncateSync, writeSync } from "node:fs";
import type { ImportEvent } from "./run-state";

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

/** @returns nothing for a file that is not there. */
export function readJournal(file: string): ImportEvent[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file).subarray(0, wholeLines(file)).toString("utf8").split("\n").filter(Boolean);
  return lines.map((line) => JSON.parse(line) as ImportEvent);
}

const NEW_LINE = 10;

/** Bytes up to and with the last line break. */
const wholeLines = (file: string): number => readFileSync(file).lastIndexOf(NEW_LINE) + 1;
