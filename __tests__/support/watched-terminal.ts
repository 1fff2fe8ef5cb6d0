import { PassThrough } from "node:stream";
import type { Terminal } from "../../cli/program/terminal";

/** A terminal that remembers what progress bars draw. */
export function watchedTerminal(isWatched: boolean): Terminal & { readonly drawn: () => string } {
  // cli-progress asks the stream whether it is a terminal, how wide it is, and moves its cursor.
  const stream = Object.assign(new PassThrough(), {
    isTTY: true,
    columns: 100,
    cursorTo: () => true,
    moveCursor: () => true,
    clearLine: () => true,
  });
  let drawn = "";
  stream.on("data", (chunk) => {
    drawn += chunk;
  });
  return {
    print: () => undefined,
    report: () => undefined,
    say: () => undefined,
    isWatched,
    hasColour: false,
    columns: 100,
    progressStream: stream as unknown as NodeJS.WriteStream,
    drawn: () => drawn,
  };
}
