import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formerImport, formerUndoFiles } from "../../../cli/program/former-files";
import { OwnFolder } from "../../../cli/program/own-files";

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
const follow = (told = "", umask = "022"): void =>
  void execFileSync("sh", ["-c", `umask ${umask}; ${told.slice(told.indexOf("(umask"))}`]);

test("undo files of before are named with the command that moves them, which leaves newer ones where they are", () => {
  expect(formerUndoFiles(work, "customers")).toBeUndefined();
  make("undo/2026-attach.json");
  make("customers/undo/2027-detach.json");
  const told = formerUndoFiles(work, "customers");
  expect(told).toMatch(
    /^\S+\/undo is of the time when a checkout had one migration\. Does it belong to migration customers\?/,
  );
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

test.each(["000", "002", "022"])(
  "with umask %s the folders that the command makes are the operator's alone",
  (umask) => {
    make("import/eu-west-1_A/20260101T000000000Z/journal.jsonl");
    follow(formerImport(work, "customers", "eu-west-1_A"), umask);
    expect(() => new OwnFolder(work, "customers", "import", "eu-west-1_A").check()).not.toThrow();
  },
);

test("where its place is taken, both are named and no command is printed; a command overwrites nothing", () => {
  make("undo/2026-attach.json");
  const told = formerUndoFiles(work, "customers");
  make("customers/undo/2026-attach.json");
  writeFileSync(join(work, "customers/undo/2026-attach.json"), "newer");
  expect(formerUndoFiles(work, "customers")).toMatch(/2026-attach\.json is in \S+customers\/undo as well/);
  expect(formerUndoFiles(work, "customers")).not.toContain("mv ");
  // Somebody has made it after the command was printed.
  follow(told);
  expect(readFileSync(join(work, "customers/undo/2026-attach.json"), "utf8")).toBe("newer");
  make("import/eu-west-1_A/20260101T000000000Z/journal.jsonl");
  make("customers/import/eu-west-1_A/20270101T000000000Z/journal.jsonl");
  expect(formerImport(work, "customers", "eu-west-1_A")).not.toContain("mv ");
});

test.each(["a b", "it's", "$(touch made)", "-x", "a;b", "a\tb"])("a path is one word of the shell: %j", (name) => {
  const folder = join(work, name);
  mkdirSync(join(folder, "undo"), { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, "undo/2026-attach.json"), "{}");
  const told = formerUndoFiles(folder, "customers") ?? "";
  execFileSync("bash", ["--norc", "-c", told.slice(told.indexOf("(umask"))], { cwd: work });
  expect(readdirSync(join(folder, "customers/undo"))).toEqual(["2026-attach.json"]);
  expect(readdirSync(work)).toEqual([name]);
});
