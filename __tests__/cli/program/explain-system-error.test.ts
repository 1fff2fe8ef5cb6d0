import { mkdtempSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explainSystemError, shownMessage } from "../../../cli/program/explain-system-error";

const directory = mkdtempSync(join(tmpdir(), "cognito-migration-system-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const thrownBy = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

test("what the operating system refuses is said with the path, and what to do", () => {
  const file = join(directory, "nothing/below");
  expect(explainSystemError(thrownBy(() => openSync(file, "a")))).toBe(
    `The operating system refused: ENOENT: no such file or directory, open '${file}'.\n` +
      "Look whether it is there, may be read and written by you, and has room, then run the same command again.",
  );
  expect(explainSystemError(thrownBy(() => readFileSync(directory)))).toContain("EISDIR");
  writeFileSync(join(directory, "a"), "");
  expect(explainSystemError(thrownBy(() => writeFileSync(openSync(join(directory, "a"), "r"), "text")))).toContain(
    "EBADF",
  );
});

test("paths below the folder where the operator stands begin there, all of them; others stay whole", () => {
  const missing = join(directory, "nothing/below");
  const opened = thrownBy(() => openSync(missing, "a"));
  expect(shownMessage(opened, directory)).toBe("ENOENT: no such file or directory, open 'nothing/below'");
  expect(shownMessage(opened, join(directory, "else"))).toContain(`'${missing}'`);
  const moved = thrownBy(() => renameSync(missing, join(directory, "$&")));
  expect(shownMessage(moved, directory)).toMatch(/ 'nothing\/below' -> '\$&'$/);
});

test("the operating system's refusal has them so", () => {
  const file = join(process.cwd(), "nothing/below");
  expect(explainSystemError(thrownBy(() => openSync(file, "a")))).toContain(", open 'nothing/below'.\n");
});

test.each([new TypeError("a bug"), "a text", undefined, Object.assign(new Error("told"), { code: "ERR_INVALID_URL" })])(
  "%s is a bug",
  (error) => {
    expect(explainSystemError(error)).toBeUndefined();
  },
);
