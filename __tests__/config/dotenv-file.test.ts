import { parse } from "dotenv";
import fc from "fast-check";
import { dotenvProblems, dotenvText } from "../../config/dotenv-file";
import { readDeployment } from "../../config/read-deployment";
import { SOURCE_ONLY, settingsFile } from "../support/settings";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const NAMES = ["A", "B", "TAGS"];
const found = (text: string): string[] =>
  dotenvProblems(text, NAMES, ".env").map((problem) => `${problem.variable}: ${problem.found}`);

describe("a # in a value", () => {
  test.each([
    "TAGS=team=a,ticket=#4711",
    "TAGS=a#b",
    "TAGS=#b",
    "TAGS= a#b # comment",
    "export TAGS=a#b",
    "TAGS: a#b",
    'TAGS="a#b"c',
    "TAGS='a#b",
    "X='\n'\nTAGS=a#b",
  ])("%p would be cut without a word, and is a problem", (text) => {
    expect(found(text)).toEqual([expect.stringMatching(/^TAGS: a # in its value \(line \d of \.env\)/)]);
    expect(parse(text)["TAGS"]).not.toContain("#b");
  });

  test.each([
    "TAGS=a # comment",
    "TAGS=a\t# comment",
    "TAGS= # comment",
    "TAGS='a#b'",
    'TAGS="a#b" # comment',
    "TAGS=`a#b`#comment",
    'TAGS="a\n#b"',
    "# TAGS=a#b",
    "  #TAGS=a#b",
    "OTHER=a#b",
  ])("%p says what it seems to", (text) => expect(found(text)).toEqual([]));
});

describe("one name twice", () => {
  test.each([
    ["A=1\nB=2\nA=3", "A: it in lines 1 and 3 of .env"],
    ["\uFEFFA=1\r\nexport A=1", "A: it in lines 1 and 2 of .env"],
    ["A='x\nB=1\n'\nA=2\nA=3", "A: it in lines 1, 4 and 5 of .env"],
  ])("%p: both lines are named", (text, problem) => expect(found(text)).toEqual([problem]));

  test.each(["A=1\n# A=2", "A=1\nAB=2", 'A="\nA=2\n"', "OTHER=1\nOTHER=2", ""])("%p has each once", (text) =>
    expect(found(text)).toEqual([]),
  );
});

describe("a name without =", () => {
  test.each([
    ["A x", 1],
    ["A", 1],
    ["B=1\n  export A x=y", 2],
    ["A\tx", 1],
    ["A=1\nA x", 2],
  ])("%p: dotenv passes over it, and the line is named", (text, line) =>
    expect(found(text)).toEqual([`A: no = after it (line ${line} of .env)`]),
  );

  test.each(["# A x", "AB x", "A = x", "A: x", "B='\nA x\n'", "the A x"])("%p is none", (text) =>
    expect(found(text)).toEqual([]),
  );
});

test("names are found where dotenv finds them, and a value without a problem has all of its line", () => {
  const value = fc.string({ unit: fc.constantFrom("a", "'", '"', "`", "#", " ", "\\", "="), maxLength: 8 });
  const line = fc
    .tuple(fc.constantFrom("A=", "B=", " export A=", "A: ", "# A=", "C="), value)
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(fc.array(line, { maxLength: 4 }), (lines) => {
      const text = lines.join("\n");
      const cut = new Set(dotenvProblems(text, NAMES, ".env").map(({ variable }) => variable));
      for (const [name, read] of Object.entries(parse(text))) {
        if (cut.has(name) || !NAMES.includes(name) || read.includes("\n")) continue;
        // Of two that are no problem, one is part of another's value.
        const [own, ...more] = lines.filter((line) => new RegExp(`^\\s*(export\\s+)?${name}[=:]`).test(line));
        if (own === undefined || more.length > 0 || /['"`]/.test(own)) continue;
        const written = own.replace(/^.*?[=:]/, "").replace(/(^|\s)#.*$/, "");
        expect([text, read]).toEqual([text, written.trim()]);
      }
    }),
    { numRuns: 2000 },
  );
});

describe("the encoding", () => {
  const utf16 = (text: string, mark: readonly number[]): Uint8Array =>
    Uint8Array.from([...mark, ...Buffer.from(text, "utf16le")]);

  test.each<[string, Uint8Array]>([
    ["UTF-16", utf16("USER_POOL_NAME=x\n", [0xff, 0xfe])],
    ["UTF-16 without a mark", utf16("USER_POOL_NAME=x\n", [])],
    ["UTF-16 of the other order", utf16("USER_POOL_NAME=x\n", [0xff, 0xfe]).reverse()],
    ["Latin-1", Uint8Array.from(Buffer.from("TAGS=team=größe", "latin1"))],
  ])("%s is the one thing that is told, with how to save the file", (_, file) =>
    expect(() => readDeployment({}, settingsFile(file), () => undefined)).toThrow(
      /^1 problem in the settings:\n {2}\.env: found (UTF-16 text|text that is not UTF-8).*expected UTF-8 text: in PowerShell/,
    ),
  );

  test.each(["", "A=größe 😀", "\uFEFFA=1"])("%p is UTF-8", (text) =>
    expect(dotenvText(bytes(text), ".env")).toBe(text.replace("\uFEFF", "")),
  );
});

describe("all of it at once", () => {
  const read = (text: string, said: string[] = []) =>
    readDeployment({ ...SOURCE_ONLY }, settingsFile(text), (line) => said.push(line));

  test("problems of the file stand beside those of the values", () => {
    expect(() => read("TAGS=a=1\nTAGS=a=#2\nSOURCE_ACCOUNT=12\n")).toThrow(/^3 problems in the settings:/);
  });

  test("whoever has a file is told its name, and not to make one", () => {
    expect(() => read("SOURCE_ACCOUNT=12\n")).toThrow(
      /\nSet them in \.env, or in the environment, which overrides it\. All/,
    );
    expect(() => readDeployment({}, settingsFile(undefined), () => undefined)).toThrow(
      /\nSet them .*cp \.env\.example \.env/,
    );
  });

  test("a misspelled name is a problem, and not called ignored as well", () => {
    const said: string[] = [];
    expect(() => read("MFA_POLICIE=sms\nAWS_PROFILE=x\n", said)).toThrow("expected the name MFA_POLICY");
    expect(said).toEqual([".env: AWS_PROFILE is no setting and is ignored."]);
  });
});
