import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ExportFiles } from "../../../cli/import/export-files";
import { Journal, readJournal } from "../../../cli/import/journal";
import { RestoredMemberships } from "../../../cli/import/restored-memberships";
import type { ImportEvent } from "../../../cli/import/run-state";
import { WorkFolder } from "../../../cli/import/work-folder";
import { readImportFile } from "./cognito-csv-reader";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cognito-migration-files-"));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const read = (name: string): string => readFileSync(join(directory, name), "utf8");
const ENDED: ImportEvent = { event: "ended", at: "2026-01-01T00:00:00.000Z", why: "done" };

describe("the journal", () => {
  const append = (...events: ImportEvent[]): void => {
    const journal = new Journal(join(directory, "journal"));
    for (const event of events) journal.append(event);
    journal.close();
  };

  test("a line that a kill has torn never was, wherever it was torn", () => {
    append(ENDED, ENDED);
    const line = `${JSON.stringify(ENDED)}\n`;
    for (let bytes = 1; bytes < line.length; bytes += 1) {
      writeFileSync(join(directory, "journal"), line + line.slice(0, bytes));
      expect(readJournal(join(directory, "journal"))).toEqual([ENDED]);
      append(ENDED);
      expect(read("journal")).toBe(line + line);
    }
  });

  test("there is none yet", () => {
    expect(readJournal(join(directory, "journal"))).toEqual([]);
  });

  test("nobody else may read it", () => {
    append(ENDED);
    expect(statSync(join(directory, "journal")).mode & 0o777).toBe(0o600);
  });
});

describe("the export", () => {
  const HEADER = ["email", "cognito:username"];
  const add = (files: ExportFiles, ...names: string[]): void => {
    for (const name of names)
      files.row({
        line: `${name}@example.com,${name}`,
        username: name,
        sub: `sub-${name}`,
        usernameAtDestination: name,
      });
  };

  test("begins another file when one has as many rows as a job takes", () => {
    const files = new ExportFiles(directory, HEADER, { rows: 2, bytes: 1000 });
    add(files, "a", "b", "c");
    expect(files.close()).toEqual([
      { rows: 2, bytes: read("part-1.csv").length },
      { rows: 1, bytes: read("part-2.csv").length },
    ]);
    const users = (part: number) => readImportFile(readFileSync(join(directory, `part-${part}.csv`)));
    expect([users(1), users(2)].map((rows) => rows.map((row) => row["cognito:username"]))).toEqual([["a", "b"], ["c"]]);
    expect(read("part-1.users.jsonl")).toBe('["a","sub-a","a"]\n["b","sub-b","b"]\n');
  });

  test("begins another file before one has more bytes than a job takes", () => {
    const rowBytes = Buffer.byteLength("ä@example.com,ä\n");
    const head = Buffer.byteLength("email,cognito:username\n");
    const files = new ExportFiles(directory, HEADER, { rows: 10, bytes: head + 2 * rowBytes });
    add(files, "ä", "ö", "ü");
    expect(files.close()).toEqual([
      { rows: 2, bytes: head + 2 * rowBytes },
      { rows: 1, bytes: head + rowBytes },
    ]);
  });

  test("lists who was left out, in files that nobody else may read", () => {
    const files = new ExportFiles(directory, HEADER);
    files.leftOut("x", { kind: "left_out", reason: "missing_required", detail: "name" });
    add(files, "a");
    files.close();
    expect(read("left-out.jsonl")).toBe('{"username":"x","reason":"missing_required","detail":"name"}\n');
    for (const name of ["left-out.jsonl", "part-1.csv", "part-1.users.jsonl"])
      expect([name, statSync(join(directory, name)).mode & 0o777]).toEqual([name, 0o600]);
  });

  test("nobody to import is no file", () => {
    expect(new ExportFiles(directory, HEADER).close()).toEqual([]);
  });
});

describe("the lock", () => {
  const folder = (): WorkFolder => new WorkFolder(directory, "pool");
  const lockFile = (): string => join(directory, "import/pool/lock");

  test("keeps a second import away for as long as the first one runs", () => {
    const unlock = folder().lock();
    writeFileSync(lockFile(), String(process.ppid));
    expect(() => folder().lock()).toThrow(`process ${process.ppid}`);
    unlock();
    expect(() => folder().lock()()).not.toThrow();
  });

  test("of a process that is gone counts for nothing", () => {
    mkdirSync(join(directory, "import/pool"), { recursive: true });
    for (const owner of ["", "999999999"]) {
      writeFileSync(lockFile(), owner);
      expect(() => folder().lock()()).not.toThrow();
    }
  });
});

test("a membership that was restored once is remembered without a name, and torn lines spoil no other", () => {
  const file = join(directory, "restored");
  const first = new RestoredMemberships(file);
  first.add("editors", "sub-of-alice");
  first.close();
  appendFileSync(file, "\ntorn");
  const second = new RestoredMemberships(file);
  second.add("editors", "sub-of-bob");
  second.close();
  const third = new RestoredMemberships(file);
  expect(["alice", "bob", "carol"].map((name) => third.has("editors", `sub-of-${name}`))).toEqual([true, true, false]);
  expect(third.has("admins", "sub-of-alice")).toBe(false);
  expect(readFileSync(file, "utf8")).not.toMatch(/alice|bob|editors/);
});
