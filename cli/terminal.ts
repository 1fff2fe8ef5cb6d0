import { visibleLines } from "./visible";

/** Where a command writes: results to stdout, talk and progress to stderr, so that results can be piped. */
export interface Terminal {
  /** A result. */
  print(text: string): void;
  /** Talk: what is being done, warnings. */
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

/** Nothing that is written steers the terminal, whoever it comes from. */
export function terminalOf(stdout: NodeJS.WriteStream, stderr: NodeJS.WriteStream): Terminal {
  // A line takes the place of a progress bar, which is drawn below it again.
  const clearLine = (): void => {
    if (stderr.isTTY !== true) return;
    stderr.cursorTo(0);
    stderr.clearLine(0);
  };
  const hasColour = stdout.isTTY === true && stdout.hasColors();
  return {
    print: (text) => void stdout.write(`${visibleLines(text, hasColour)}\n`),
    say: (text) => {
      clearLine();
      stderr.write(`${visibleLines(text, false)}\n`);
    },
    isWatched: stderr.isTTY === true,
    hasColour,
    columns: stdout.isTTY ? stdout.columns : 80,
    progressStream: stderr,
  };
}
