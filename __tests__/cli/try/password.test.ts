import { PassThrough } from "node:stream";
import { setTimeout as wait } from "node:timers/promises";
import { readPassword } from "../../../cli/try/password";
import { commandLines } from "../../../config/command-lines";

const PROMPT = "Password of jane at the source: ";
const CTRL_C = "\u0003";
const CTRL_D = "\u0004";
const BACKSPACE = "\u007f";

/** Somebody at a terminal, or a program before the pipe. */
function arrange(isTTY: boolean) {
  const input = Object.assign(new PassThrough(), { isTTY, isRaw: false, setRawMode: jest.fn() });
  const screen = new PassThrough();
  let shown = "";
  screen.on("data", (chunk) => {
    shown += chunk;
  });
  const interruption = new AbortController();
  const context = { signal: interruption.signal, commands: commandLines() };
  const password = readPassword(input, screen, PROMPT, context);
  return { input, password, interruption, shown: () => shown };
}

describe("at a terminal", () => {
  test.each([
    ["letters of all kinds", "Pä55 wörd/&=%\"'$(id)\r", "Pä55 wörd/&=%\"'$(id)"],
    ["one that was corrected", `secreX${BACKSPACE}t\r`, "secret"],
    ["spaces at both ends, which count", "  a b  \r", "  a b  "],
    ["an emoji", "🔑🔑\r", "🔑🔑"],
  ])("nothing of it is shown: %s", async (_, keys, expected) => {
    const { input, password, shown } = arrange(true);
    for (const key of keys) input.write(key);
    expect(await password).toBe(expected);
    expect(shown()).toBe(`${PROMPT}\n`);
    // Echo of the terminal itself is off while it is typed, and on again.
    expect(input.setRawMode.mock.calls).toEqual([[true], [false]]);
  });

  test("Ctrl-C stops before anything is tried", async () => {
    const { input, password, shown } = arrange(true);
    input.write(`secret${CTRL_C}`);
    await expect(password).rejects.toMatchObject({ exitCode: 130, message: "Stopped. Nothing was tried." });
    expect(shown()).toBe(`${PROMPT}\n`);
    expect(input.setRawMode).toHaveBeenLastCalledWith(false);
  });

  test("so does the end of the program", async () => {
    const { password, interruption } = arrange(true);
    await wait(5);
    interruption.abort();
    await expect(password).rejects.toMatchObject({ exitCode: 130 });
  });

  test.each([
    ["Return alone", "\r"],
    ["Ctrl-D", CTRL_D],
  ])("no password is wrong usage: %s", async (_, keys) => {
    const { input, password } = arrange(true);
    input.write(keys);
    await expect(password).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining("found nothing") });
  });
});

describe("through a pipe", () => {
  test.each([
    ["with a line break", "a secret\n", "a secret"],
    ["with that of Windows", "a secret\r\n", "a secret"],
    ["without", "a secret", "a secret"],
    ["with spaces", "  a secret ", "  a secret "],
    ["letters cut in two", "Pä55", "Pä55"],
  ])("one line is it: %s", async (_, text, expected) => {
    const { input, password, shown } = arrange(false);
    for (const byte of Buffer.from(text)) input.write(Buffer.from([byte]));
    input.end();
    expect(await password).toBe(expected);
    expect(shown()).toBe("");
    expect(input.setRawMode).not.toHaveBeenCalled();
  });

  test.each([
    ["nothing", "", /found nothing, expected one line/],
    ["an empty line", "\n", /found nothing/],
    ["several", "one\ntwo\n", /found several lines, expected one\. .*--file/],
    ["what is no UTF-8", Buffer.from("two\xe9\n", "latin1"), /found bytes that are no UTF-8, expected one line/],
  ] as const)("%s is wrong usage, and is not repeated", async (_, text, message) => {
    const { input, password } = arrange(false);
    input.end(text);
    const error = await password.then(
      () => undefined,
      (reason) => reason,
    );
    expect(error).toMatchObject({ exitCode: 2, message: expect.stringMatching(message) });
    expect(error.message).not.toMatch(/two/);
  });
});
