import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { takeAway } from "../../../cli/import/folder-lock";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cognito-migration-lock-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const lock = (): string => join(directory, "lock");
const aside = (): string => join(directory, "aside");

test("takes the lock away that it has read", () => {
  writeFileSync(lock(), "stale");
  takeAway(lock(), "stale", aside());
  expect(readdirSync(directory)).toEqual([]);
});

test("leaves the lock where it is that somebody has taken since", () => {
  writeFileSync(lock(), "of somebody who was faster");
  takeAway(lock(), "stale", aside());
  expect(readFileSync(lock(), "utf8")).toBe("of somebody who was faster");
  expect(existsSync(aside())).toBe(false);
});

test("is content when somebody else has taken it away", () => {
  expect(() => takeAway(lock(), "stale", aside())).not.toThrow();
});
