/** What an import job says about one row. Its log names rows by line number alone and holds no user data. */
export interface LogLine {
  readonly outcome: RowOutcome;
  readonly lineNumber: number;
  /** Cognito's own words. */
  readonly message: string;
}

export type RowOutcome = "SUCCEEDED" | "SKIPPED" | "FAILED";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-cloudwatch.html */
const LINE = /^\s*\[(SUCCEEDED|SKIPPED|FAILED)\]\s+Line Number\s+(\d+)\s*-?\s*(.*)$/s;

/** @returns undefined for whatever else stands in the log. */
export function parseLogLine(text: string): LogLine | undefined {
  const [, outcome, lineNumber, message = ""] = LINE.exec(text) ?? [];
  if (lineNumber === undefined) return undefined;
  return { outcome: outcome as RowOutcome, lineNumber: Number(lineNumber), message: message.trim() };
}

/**
 * Which line number the first user has. Whether the header counts as a line, and whether lines are counted from 0 or 1, is not
 * documented, so the log itself has to say it: a complete log begins with the first user.
 *
 * @param lowest And `highest`: of all line numbers in the log. @param seen How many different ones. @param rows Users in the file.
 * @returns undefined when the log leaves it open.
 */
export function firstLineNumber(lowest: number, highest: number, seen: number, rows: number): number | undefined {
  if (seen === rows && highest - lowest === rows - 1) return lowest;
  // Incomplete: one end of the file is enough, if only one way of counting has such a line.
  const possible = [0, 1, 2].filter((first) => lowest >= first && highest <= first + rows - 1);
  return possible.length === 1 ? possible[0] : undefined;
}

export interface Outcomes {
  /** By row from 0; undefined where the log does not tell. */
  of(row: number): RowOutcome | undefined;
  /** Rows that were not imported, in order, with Cognito's words. */
  readonly notImported: readonly NotImported[];
  readonly complete: boolean;
  /** Lines of the log that no row could be found for. */
  readonly unplaced: readonly string[];
}

export interface NotImported extends Omit<LogLine, "lineNumber"> {
  readonly row: number;
}

const OUTCOMES = [undefined, "SUCCEEDED", "SKIPPED", "FAILED"] as const;

/** The lines of one log: a byte for each row, and words only of those that were not imported. */
export class JobLog {
  private readonly lines: Uint8Array;
  private readonly others = new Map<number, LogLine>();
  private lowest = Number.POSITIVE_INFINITY;
  private highest = Number.NEGATIVE_INFINITY;
  seen = 0;

  /** @param rows Users in the file. */
  constructor(private readonly rows: number) {
    // However lines are counted, there are none beyond this.
    this.lines = new Uint8Array(rows + 2);
  }

  /** The last word about a line counts. */
  add(line: LogLine): void {
    const { lineNumber, outcome } = line;
    if (lineNumber >= this.lines.length) return;
    if (this.lines[lineNumber] === 0) this.seen += 1;
    this.lines[lineNumber] = OUTCOMES.indexOf(outcome);
    this.lowest = Math.min(this.lowest, lineNumber);
    this.highest = Math.max(this.highest, lineNumber);
    if (outcome === "SUCCEEDED") this.others.delete(lineNumber);
    else this.others.set(lineNumber, line);
  }

  outcomes(): Outcomes {
    const { lines, lowest, highest, seen, rows } = this;
    const others = [...this.others.values()];
    const first = seen === 0 ? undefined : firstLineNumber(lowest, highest, seen, rows);
    if (first === undefined) {
      const unplaced = others.map((one) => `[${one.outcome}] Line Number ${one.lineNumber} - ${one.message}`);
      return { of: () => undefined, notImported: [], complete: false, unplaced };
    }
    const notImported = others.map(({ lineNumber, ...line }) => ({ row: lineNumber - first, ...line }));
    return {
      of: (row) => OUTCOMES[lines[row + first] ?? 0],
      notImported: notImported.sort((a, b) => a.row - b.row),
      complete: seen === rows,
      unplaced: [],
    };
  }
}
