import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseSignIns, readSignInFile } from "../../../cli/try/sign-in-file";

const JANE = { user: "jane@example.com", password: 'a "secret", with\\all\u00e4' };
const JOHN = { user: "john", password: " spaces " };
const lines = (...rows: (object | string)[]): string =>
  rows.map((row) => (typeof row === "string" ? row : JSON.stringify(row))).join("\n");

test.each([
  ["as it stands", lines(JANE, JOHN)],
  ["with a last line break, and lines of Windows", `${lines(JANE, JOHN).replaceAll("\n", "\r\n")}\r\n`],
  ["with empty lines", lines("", JANE, "  ", JOHN, "")],
  ["with the mark that Windows puts before UTF-8", `\uFEFF${lines(JANE, JOHN)}`],
  ["with members that mean nothing here", lines({ ...JANE, note: "x" }, JOHN)],
])("one user a line, letter by letter: %s", (_, content) => {
  expect(parseSignIns(content, false)).toEqual({ attempts: [JANE, JOHN], problems: [] });
});

test("who has forgotten the password needs none, and none is sent", () => {
  const forgotten = [
    { user: "jane@example.com", password: undefined },
    { user: "john", password: undefined },
  ];
  expect(parseSignIns(lines(JANE, { user: "john" }), true)).toEqual({ attempts: forgotten, problems: [] });
});

test("every problem is named by its line, and nothing that stands there", () => {
  const content = lines(
    JANE,
    "jane@example.com,secret",
    { user: "", password: "secret" },
    { user: "john", password: "" },
    { user: "john" },
    { user: 1, password: "secret" },
    ["john", "secret"],
    '{"user":"john","password":"secret"',
  );
  const { problems } = parseSignIns(content, false);
  expect(problems.map((one) => one.replace(/, expected .*/, ""))).toEqual([
    "line 2: found text that is no JSON",
    ...[3, 4, 5, 6, 7].map((line) => `line ${line}: found JSON of another form`),
    "line 8: found text that is no JSON",
  ]);
  expect(problems.join()).not.toContain("secret");
  expect(parseSignIns("\n\n", false).problems).toEqual(["line 1: found nothing, expected a user."]);
});

describe("the file", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "cognito-migration-try-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (mode: number, content = lines(JANE)): string => {
    const path = join(folder, "users.jsonl");
    writeFileSync(path, content);
    chmodSync(path, mode);
    return path;
  };
  const problemOf = (path: string): string => {
    try {
      readSignInFile(path, false);
      return "";
    } catch (error) {
      expect(error).toMatchObject({ name: "CommandError", exitCode: 2 });
      return (error as Error).message;
    }
  };

  test.each([0o600, 0o400, 0o700])("is read when nobody else may: mode %o", (mode) => {
    expect(readSignInFile(write(mode), false)).toEqual([JANE]);
  });

  test.each([0o640, 0o604, 0o644, 0o610, 0o601])("is refused when others may read it: mode %o", (mode) => {
    const path = write(mode);
    expect(problemOf(path)).toBe(
      `${path}: found one that others may read (mode ${mode.toString(8)}), expected one that nobody but you may. Take that right away (chmod go=).`,
    );
  });

  test("is refused when others may write to it, when it is a link, or no file, or not there", () => {
    expect(problemOf(write(0o620))).toMatch(/others may write/);
    symlinkSync(join(folder, "users.jsonl"), join(folder, "link"));
    expect(problemOf(join(folder, "link"))).toMatch(/a symbolic link/);
    expect(problemOf(folder)).toMatch(/something else, expected a file/);
    expect(problemOf(join(folder, "nothing"))).toMatch(/nothing: found nothing there, expected a file\.$/);
  });

  test("is refused when it is no UTF-8: another password would be tried than the one in it", () => {
    const path = write(0o600);
    writeFileSync(path, Buffer.from('{"user":"jane","password":"caf\xe9"}', "latin1"));
    expect(problemOf(path)).toBe(`${path}: found bytes that are no UTF-8, expected JSON, one user a line.`);
  });

  test("names all its problems at once", () => {
    const path = write(0o600, "secret one\nsecret two");
    expect(problemOf(path).split("\n")).toEqual([
      `${path}, line 1: found text that is no JSON, expected {"user": "...", "password": "..."}.`,
      `${path}, line 2: found text that is no JSON, expected {"user": "...", "password": "..."}.`,
    ]);
  });
});
