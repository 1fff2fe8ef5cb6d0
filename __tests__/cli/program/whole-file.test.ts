import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DRAFT, draftOf, writeWhole } from "../../../cli/program/whole-file";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cognito-migration-whole-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const file = (): string => join(directory, "file");

test("replaces what was there, with the mode that it is given, and leaves nothing beside it", () => {
  writeFileSync(file(), "before", { mode: 0o644 });
  writeWhole(file(), "after", 0o600);
  expect([readFileSync(file(), "utf8"), statSync(file()).mode & 0o777]).toEqual(["after", 0o600]);
  expect(readdirSync(directory)).toEqual(["file"]);
});

test.each([true, false])("replaces a symbolic link, and what it leads to stays as it is: there %p", (isThere) => {
  const target = join(directory, "target");
  if (isThere) writeFileSync(target, "precious");
  symlinkSync(target, file());
  writeWhole(file(), "text", 0o600);
  expect([lstatSync(file()).isFile(), readFileSync(file(), "utf8")]).toEqual([true, "text"]);
  expect(existsSync(target) ? readFileSync(target, "utf8") : undefined).toBe(isThere ? "precious" : undefined);
});

test("what cannot be written leaves what was there, and no draft", () => {
  mkdirSync(file());
  writeFileSync(join(file(), "inside"), "precious");
  expect(() => writeWhole(file(), "text", 0o600)).toThrow(/EISDIR|ENOTEMPTY|EEXIST/);
  expect(readdirSync(directory)).toEqual(["file"]);
  expect(readFileSync(join(file(), "inside"), "utf8")).toBe("precious");
});

test("a draft that a kill has left is known by its name", () => {
  expect(draftOf("part-1.outcomes")).toMatch(new RegExp(`^part-1\\.outcomes${DRAFT}$`));
});
