import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formerImport, formerUndoFiles } from "../../../cli/program/former-files";

let work: string;
beforeEach(() => {
  work = realpathSync(mkdtempSync(join(tmpdir(), "cognito-migration-former-")));
});
afterEach(() => rmSync(work, { recursive: true, force: true }));

const make = (path: string): void => {
  mkdirSync(join(work, path, ".."), { recursive: true, mode: 0o700 });
  writeFileSync(join(work, path), "{}");
};
/** The command that was told, as an operator runs it. */
const follow = (told = ""): void => void execFileSync("sh", ["-c", told.slice(told.indexOf("mkdir "))]);

test("undo files of before are named with the command that moves them, which leaves newer ones where they are", () => {
  expect(formerUndoFiles(work, "customers")).toBeUndefined();
  make("undo/2026-attach.json");
  make("customers/undo/2027-detach.json");
  const told = formerUndoFiles(work, "customers");
  expect(told).toMatch(/^\S+\/undo is of the time when a checkout had one migration\. Is it migration customers's\?/);
  follow(told);
  expect(formerUndoFiles(work, "customers")).toBeUndefined();
  for (const name of ["2026-attach", "2027-detach"])
    expect(existsSync(join(work, `customers/undo/${name}.json`))).toBe(true);
});

test("so is an import into this user pool, and none into another", () => {
  make("import/eu-west-1_A/20260101T000000000Z/journal.jsonl");
  expect(formerImport(work, "customers", "eu-west-1_B")).toBeUndefined();
  follow(formerImport(work, "customers", "eu-west-1_A"));
  expect(formerImport(work, "customers", "eu-west-1_A")).toBeUndefined();
  expect(existsSync(join(work, "customers/import/eu-west-1_A/20260101T000000000Z/journal.jsonl"))).toBe(true);
});

test("a migration that is called like the folder of before is none of before", () => {
  make("undo/undo/2027-attach.json");
  make("import/import/eu-west-1_A/20270101T000000000Z/journal.jsonl");
  expect(formerUndoFiles(work, "undo")).toBeUndefined();
  expect(formerImport(work, "import", "eu-west-1_A")).toBeUndefined();
});
