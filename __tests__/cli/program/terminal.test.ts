import { terminalOf } from "../../../cli/program/terminal";

/** What a stream is told to do, in order. */
function recorded(isTTY: boolean): { stream: NodeJS.WriteStream; done: string[] } {
  const done: string[] = [];
  const stream = {
    isTTY,
    hasColors: () => false,
    columns: 80,
    cursorTo: (column: number) => done.push(`to ${column}`),
    clearLine: () => done.push("clear"),
    write: (text: string) => done.push(text),
  };
  return { stream: stream as unknown as NodeJS.WriteStream, done };
}

test.each([
  ["takes the place of a progress bar", true, ["to 0", "clear", "no answer\n"]],
  ["is all that a log gets", false, ["no answer\n"]],
])("a line of talk %s", (_, isTTY, expected) => {
  const { stream, done } = recorded(isTTY);
  terminalOf(recorded(isTTY).stream, stream).say("no answer");
  expect(done).toEqual(expected);
});
