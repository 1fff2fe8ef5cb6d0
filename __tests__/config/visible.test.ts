import { PassThrough } from "node:stream";
import type { ConfirmedPool } from "../../cli/aws/confirmed-pool";
import { explainAwsError } from "../../cli/aws/explain-aws-error";
import { appClientTarget, targetText, userPoolTarget } from "../../cli/pool-change/change";
import { describePool } from "../../cli/pools/confirmed-pools";
import { table } from "../../cli/program/table";
import { terminalOf } from "../../cli/program/terminal";
import { visible } from "../../config/visible";

const ESC = String.fromCharCode(27);
const CSI = String.fromCharCode(0x9b);
/** A name that would like to be two lines of ours, the second one green, and to take the first one back. */
const FORGED = `customers\r\nDone.${ESC}[32m${ESC}[2K${CSI}1A\u202e\u2028\t.`;
const SHOWN = "customers\\u000d\\u000aDone.\\u001b[32m\\u001b[2K\\u009b1A\\u202e\\u2028\\u0009.";

test("a value is one line, and everything in it can be seen", () => {
  expect(visible(FORGED)).toBe(SHOWN);
  expect(visible("Zoë 山田 – 😀 \\u000a")).toBe("Zoë 山田 – 😀 \\u000a");
});

test.each([
  ["no width", "\u200b", "\\u200b"],
  ["the byte order", "\ufeff", "\\ufeff"],
  ["a direction", "\u200f", "\\u200f"],
  ["the direction of Arabic", "\u061c", "\\u061c"],
  ["a turn", "\u2067", "\\u2067"],
  ["a tag", "\u{e0041}", "\\udb40\\udc41"],
])("a character of %s is written out", (_, character, shown) => {
  expect(visible(`a${character}b`)).toBe(`a${shown}b`);
  expect(written((terminal) => terminal.print(`a${character}b`), true)).toBe(`a${shown}b\n`);
  expect(JSON.parse(`"${shown}"`)).toBe(character);
});

test.each([
  ["the line that says where", describePool({ side: { name: "source" }, userPool: { Name: FORGED } } as ConfirmedPool)],
  ["an app client", targetText(appClientTarget({ ClientId: "1", ClientName: FORGED }))],
  ["a user pool", targetText(userPoolTarget({ Id: "1", Name: FORGED }))],
  ["a cell of a table", table(["name"], [[FORGED]]).split("\n")[1] ?? ""],
  ["what AWS says", explainAwsError(Object.assign(new Error(FORGED), { name: "X", $fault: "client" })) ?? ""],
])("%s holds a name from AWS on one line", (_, text) => {
  expect(text).toContain(SHOWN);
  expect(text).not.toMatch(/\p{Cc}/u);
});

function written(act: (terminal: ReturnType<typeof terminalOf>) => void, hasColour: boolean): string {
  // How the program itself makes room for a line is not what is asked here.
  const cursor = { cursorTo: () => true, clearLine: () => true };
  const stream = Object.assign(new PassThrough(), { isTTY: hasColour, hasColors: () => hasColour, ...cursor });
  act(terminalOf(stream as unknown as NodeJS.WriteStream, stream as unknown as NodeJS.WriteStream));
  return String(stream.read());
}

describe("what reaches the terminal", () => {
  const text = `a\n\tb${ESC}[32mgreen${ESC}[39m${ESC}[8mhidden${ESC}]0;title\u0007\r${CSI}2J\u007f`;

  test("steers it by lines and tabs alone", () => {
    const plain = "a\n\tb\\u001b[32mgreen\\u001b[39m\\u001b[8mhidden\\u001b]0;title\\u0007\\u000d\\u009b2J\\u007f\n";
    expect(written((terminal) => terminal.say(text), true)).toBe(plain);
    expect(written((terminal) => terminal.print(text), false)).toBe(plain);
  });

  test("has colours where it takes them, and nothing else", () => {
    expect(written((terminal) => terminal.print(text), true)).toBe(
      `a\n\tb${ESC}[32mgreen${ESC}[39m\\u001b[8mhidden\\u001b]0;title\\u0007\\u000d\\u009b2J\\u007f\n`,
    );
  });

  test("is the same document when it is JSON", () => {
    const document = { name: FORGED, del: "\u007f\u0085" };
    expect(JSON.parse(written((terminal) => terminal.print(JSON.stringify(document)), false))).toEqual(document);
  });
});
