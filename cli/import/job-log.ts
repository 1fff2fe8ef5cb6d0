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

const OUTCOMES = [undefined, "SUCCEEDED", "SKIPPED", "FAILED"] as const;

/** The lines of one log: a byte for each row, and words only of those that were not imported. */
export class JobLog {
  private readonly outcomes: Uint8Array;
  private readonly others = new Map<number, LogLine>();
  seen = 0;
  lowest = Number.POSITIVE_INFINITY;
  highest = Number.NEGATIVE_INFINITY;

  /** @param rows Users in the file. */
  constructor(rows: number) {
    // However lines are counted, there are none beyond this.
    this.outcomes = new Uint8Array(rows + 2);
  }

  /** The last word about a line counts. */
  add(line: LogLine): void {
    const { lineNumber, outcome } = line;
    if (lineNumber >= this.outcomes.length) return;
    if (this.outcomes[lineNumber] === 0) this.seen += 1;
    this.outcomes[lineNumber] = OUTCOMES.indexOf(outcome);
    this.lowest = Math.min(this.lowest, lineNumber);
    this.highest = Math.max(this.highest, lineNumber);
    if (outcome === "SUCCEEDED") this.others.delete(lineNumber);
    else this.others.set(lineNumber, line);
  }

  outcomeOf(lineNumber: number): RowOutcome | undefined {
    return OUTCOMES[this.outcomes[lineNumber] ?? 0];
  }

  get notImported(): readonly LogLine[] {
    return [...this.others.values()];
  }
}
