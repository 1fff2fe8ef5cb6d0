import { PassThrough } from "node:stream";
import { terminalOf } from "../../../cli/program/terminal";
import { wrap, wrapProse } from "../../../cli/program/wrap";

test("long lines break at spaces, and long words stay whole", () => {
  expect(wrap("one two arn:aws:very-long three", 8)).toEqual(["one two", "arn:aws:very-long", "three"]);
});

test.each([
  ["prose", "Note: one two three four", ["Note: one two", "three four"]],
  ["a short line", "one two", ["one two"]],
  ["an empty line between", "one\n\ntwo three four five", ["one", "", "two three four", "five"]],
  ["an item of a list", "  - one two three four", ["  - one two", "    three four"]],
  ["a table", "source       account 111111111111", ["source       account 111111111111"]],
  ["a curve", "375k┤ ━━━━━━━━━━━━━━━━━━ x y", ["375k┤ ━━━━━━━━━━━━━━━━━━ x y"]],
  ["what is indented to be copied", "    one two three four five", ["    one two three four five"]],
  [
    "a command at the end",
    "Take it back: npx cognito-migration undo --apply",
    ["Take it back:", "npx cognito-migration undo --apply"],
  ],
  ["a command alone", "npx cognito-migration undo --apply", ["npx cognito-migration undo --apply"]],
  [
    "a quoted command",
    'Look at "npx cognito-migration status" first.',
    ["Look at", '"npx cognito-migration status"', "first."],
  ],
  [
    "a command in marks, with a full stop",
    "Run `import --clean --apply`. Or not.",
    ["Run", "`import --clean --apply`.", "Or not."],
  ],
  ["one mark alone", 'He said "one two three four', ['He said "one two', "three four"]],
  ["a long ARN", "It calls arn:aws:lambda:x:1:function:y now", ["It calls", "arn:aws:lambda:x:1:function:y", "now"]],
])("%s", (_, text, lines) => {
  expect(wrapProse(text, 16).split("\n")).toEqual(lines);
});

test.each([
  "Note: one two  three four",
  "a b c d e f g h i j k l m n o p q r",
  "  - x `a b` c\n\nd npx e f g h i j k l m",
])("no word is lost or changed: %j", (text) => {
  for (const width of [1, 5, 10, 20, 80])
    expect(wrapProse(text, width).split(/\s+/).filter(Boolean)).toEqual(text.split(/\s+/).filter(Boolean));
});

function written(isTTY: boolean, columns: number, write: (terminal: ReturnType<typeof terminalOf>) => void): string[] {
  const cursor = { cursorTo: () => true, clearLine: () => true };
  const stream = () =>
    Object.assign(new PassThrough(), { isTTY, columns, hasColors: () => false, ...cursor }) as unknown;
  const [stdout, stderr] = [stream(), stream()] as [NodeJS.WriteStream, NodeJS.WriteStream];
  write(terminalOf(stdout, stderr));
  return [stdout, stderr].map((one) => String((one as unknown as PassThrough).read() ?? ""));
}

test("talk and reports are broken at the width of the terminal, results are not", () => {
  expect(written(true, 10, (terminal) => terminal.say("one two three"))).toEqual(["", "one two\nthree\n"]);
  expect(written(true, 10, (terminal) => terminal.report("one two three"))).toEqual(["one two\nthree\n", ""]);
  expect(written(true, 10, (terminal) => terminal.print("one two three"))).toEqual(["one two three\n", ""]);
});

test("where there is no terminal, or nobody knows its width, every line stays whole", () => {
  for (const [isTTY, columns] of [
    [false, 10],
    [true, 0],
  ] as const)
    for (const write of ["say", "report"] as const)
      expect(written(isTTY, columns, (terminal) => terminal[write]("one two three")).join("")).toBe("one two three\n");
});

test("a word of the shell stays whole, with its blanks; an apostrophe of prose begins none", () => {
  expect(wrap("Put it into '.env it'\\''s staging' and deploy", 12)).toEqual([
    "Put it into",
    "'.env it'\\''s staging'",
    "and deploy",
  ]);
  expect(wrap("--x='a b' c", 4)).toEqual(["--x='a b'", "c"]);
  expect(wrap("the source's users and the destination's", 12)).toEqual([
    "the source's",
    "users and",
    "the",
    "destination's",
  ]);
  expect(wrap("", 12)).toEqual([""]);
});
