import { PassThrough } from "node:stream";
import { startProgress } from "../../cli/progress";
import type { Terminal } from "../../cli/terminal";

function terminal(isWatched: boolean): Terminal & { readonly drawn: () => string } {
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
    say: () => undefined,
    isWatched,
    hasColour: false,
    columns: 100,
    progressStream: stream as unknown as NodeJS.WriteStream,
    drawn: () => drawn,
  };
}

test("shows what, how many, the rate and the time left", () => {
  const watched = terminal(true);
  const progress = startProgress(watched, "source users", 200);
  progress.update(50);
  progress.update(100, 100);
  progress.stop();
  expect(watched.drawn()).toMatch(/source users .*0% \| 0\/200 \| 0\/s \| .* left/);
  expect(watched.drawn()).toMatch(/100\/100 \| \d+\/s/);
});

test("draws nothing when nobody watches", () => {
  const log = terminal(false);
  const progress = startProgress(log, "source users", 200);
  progress.update(50);
  progress.stop();
  expect(log.drawn()).toBe("");
});
