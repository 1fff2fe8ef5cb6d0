import { visibleLines } from "../../config/visible";
import { wrapProse } from "./wrap";

/** Where a command writes: results to stdout, talk and progress to stderr, so that results can be piped. */
export interface Terminal {
  /** A result, as it is. */
  print(text: string): void;
  /** A result for people: its prose is broken at the width of the terminal. Where there is none, each line stays whole for who searches it. */
  report(text: string): void;
  /** Talk: what is being done, warnings. Broken like a report. */
  say(text: string): void;
  /** Whether somebody watches stderr, and so wants progress. */
  readonly isWatched: boolean;
  /** Whether stdout takes colours: it is a terminal, and NO_COLOR says nothing against it. */
  readonly hasColour: boolean;
  /** Columns of stdout; 80 when it is no terminal. */
  readonly columns: number;
  /** stderr itself, for progress bars. */
  readonly progressStream: NodeJS.WriteStream;
}

const brokenFor = ({ isTTY, columns }: NodeJS.WriteStream, text: string): string =>
  isTTY && columns > 0 ? wrapProse(text, columns) : text;

/** Nothing that is written steers the terminal, whoever it comes from. */
export function terminalOf(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Terminal {
  // A line takes the place of a progress bar, which is drawn below it again.
  const clearLine = (): void => {
    if (stderr.isTTY !== true) return;
    stderr.cursorTo(0);
    stderr.clearLine(0);
  };
  const hasColour = stdout.isTTY === true && stdout.hasColors();
  const print = (text: string): void => void stdout.write(`${visibleLines(text, hasColour)}\n`);
  return {
    print,
    report: (text) => print(brokenFor(stdout, text)),
    say: (text) => {
      clearLine();
      stderr.write(`${visibleLines(brokenFor(stderr, text), false)}\n`);
    },
    isWatched: stderr.isTTY === true,
    hasColour,
    columns: stdout.isTTY ? stdout.columns : 80,
    progressStream: stderr,
  };
}
