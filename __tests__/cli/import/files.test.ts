import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { RestoredMemberships } from "../../../cli/groups/restored-memberships";
import { ExportFiles } from "../../../cli/import/export-files";
import { appendStep, readJournal } from "../../../cli/import/journal";
import { thisHost } from "../../../cli/import/lock-owner";
import { readUsers } from "../../../cli/import/record-outcomes";
import type { ImportEvent, JobResult } from "../../../cli/import/run-state";
import { WorkFolder } from "../../../cli/import/work-folder";
import { CommandError } from "../../../cli/program/exit";
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
    for (const event of events) appendStep(directory, event);
  };

  test("a line that a kill has torn never was, wherever it was torn", () => {
    append(ENDED, ENDED);
    const line = `${JSON.stringify(ENDED)}\n`;
    for (let bytes = 1; bytes < line.length; bytes += 1) {
      writeFileSync(join(directory, "journal.jsonl"), line + line.slice(0, bytes));
      expect(readJournal(directory)).toEqual([ENDED]);
      append(ENDED);
      expect(read("journal.jsonl")).toBe(line + line);
    }
  });

  test("there is none yet", () => {
    expect(readJournal(directory)).toEqual([]);
  });

  const EXPORTED: ImportEvent = {
    event: "exported",
    at: "2026-01-01T00:00:00.000Z",
    origin: {
      source: { account: "111111111111", region: "eu-west-1", userPoolId: "eu-west-1_A" },
      destination: { account: "222222222222", region: "eu-west-1", userPoolId: "eu-west-1_B" },
      rules: { ATTRIBUTE_MAP: "hash" },
    },
    counts: {
      source: 2,
      destination: 0,
      alreadyThere: 0,
      toImport: 1,
      leftOut: { disabled: 1 },
      dropped: { "custom:a": 1 },
    },
    parts: [{ rows: 1, bytes: 10 }],
  };
  const { origin: _, ...WITHOUT_ORIGIN } = EXPORTED;
  const RESULT: JobResult = { status: "Succeeded", imported: 1, skipped: 0, failed: 0, logComplete: true };
  const STEPS: readonly ImportEvent[] = [
    EXPORTED,
    WITHOUT_ORIGIN,
    { event: "creating", part: 0, jobName: "one" },
    { event: "created", part: 1, jobName: "one", jobId: "import-1" },
    { event: "finished", part: 0, jobId: "import-1", result: RESULT },
    {
      event: "finished",
      part: 0,
      jobId: "import-1",
      result: { ...RESULT, status: "Failed", message: "why", started: ENDED.at, completed: ENDED.at },
    },
    ENDED,
  ];

  test("every step comes back as it was written", () => {
    append(...STEPS);
    expect(readJournal(directory)).toEqual(STEPS);
  });

  const changed = (step: object, change: object): string => JSON.stringify({ ...step, ...change });
  test.each<[string, string]>([
    ["text that is no JSON", '{"event":"ended"'],
    ["text that is no JSON", "\u0000\u0000\u0000"],
    ["nothing", ""],
    ["JSON of another form", "null"],
    ["JSON of another form", "[]"],
    ["JSON of another form", changed(ENDED, { event: "begun" })],
    ["JSON of another form", changed(ENDED, { at: "yesterday" })],
    ["JSON of another form", changed(ENDED, { why: "nobody knows" })],
    ["JSON of another form", changed(EXPORTED, { at: 1 })],
    ["JSON of another form", changed(EXPORTED, { counts: {} })],
    ["JSON of another form", changed(EXPORTED, { parts: [{ rows: -1, bytes: 10 }] })],
    ["JSON of another form", changed(EXPORTED, { origin: {} })],
    ["JSON of another form", '{"event":"creating","part":"0","jobName":"one"}'],
    ["JSON of another form", '{"event":"created","part":0,"jobName":"one"}'],
    [
      "JSON of another form",
      `{"event":"finished","part":0,"jobId":"i","result":${changed(RESULT, { started: "soon" })}}`,
    ],
    ["a part that was never exported", '{"event":"creating","part":1,"jobName":"one"}'],
  ])("a whole line with %s is refused, with file, line and what to do: %s", (found, line) => {
    const file = join(directory, "journal.jsonl");
    const run = directory.split("/").at(-1);
    writeFileSync(file, `${JSON.stringify(EXPORTED)}\n${line}\n${JSON.stringify(ENDED)}\n`);
    const read = (): unknown => readJournal(directory);
    expect(read).toThrow(CommandError);
    expect(read).toThrow(`${file}, line 2: found ${found}, expected a step of an import.`);
    expect(read).toThrow(`Look whether one named cognito-migration-${run}-... is active`);
    expect(read).toThrow(`move the folder ${directory} away`);
  });

  test("nobody else may read it", () => {
    append(ENDED);
    expect(statSync(join(directory, "journal.jsonl")).mode & 0o777).toBe(0o600);
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

  const all = async (users: ReturnType<typeof readUsers>): Promise<unknown[]> => {
    const found: unknown[] = [];
    for await (const user of users) found.push(user);
    return found;
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

  test("whose row is whose comes back, with every character that ends a line or steers a terminal for some", async () => {
    const name = "a\u2028b\u2029c\u0085d\u202ee\u200bf";
    const files = new ExportFiles(directory, HEADER);
    add(files, name, "b");
    files.leftOut(name, { kind: "left_out", reason: "disabled" });
    files.close();
    const users = await all(readUsers(join(directory, "part-1.users.jsonl")));
    expect(users).toEqual([
      [name, `sub-${name}`, name],
      ["b", "sub-b", "b"],
    ]);
    for (const file of ["part-1.users.jsonl", "left-out.jsonl"]) expect(read(file)).toMatch(/^[\n\u0020-\u007e]*$/);
  });

  test.each(["", "{", "null", '["a","b"]', '["a","b",3]', '["a","b","c","d"]'])(
    "a line that does not say whose row it is, is refused by file and number: %s",
    async (line) => {
      const file = join(directory, "part-1.users.jsonl");
      writeFileSync(file, `["a","sub-a","a"]\n${line}\n["c","sub-c","c"]\n`);
      const users = all(readUsers(file));
      await expect(users).rejects.toThrow(CommandError);
      await expect(users).rejects.toThrow(`${file}, line 2: found `);
    },
  );

  test("nobody to import is no file", () => {
    expect(new ExportFiles(directory, HEADER).close()).toEqual([]);
  });
});

describe("the lock", () => {
  const folder = (): WorkFolder => new WorkFolder(directory, "customers", "pool");
  const lockFile = (): string => join(directory, "customers/import/pool/lock");
  const GONE = 999_999_999;
  const heldBy = (owner: object | string): void => {
    mkdirSync(join(directory, "customers/import/pool"), { recursive: true, mode: 0o700 });
    const whole = typeof owner === "string" ? owner : { token: "another", process: GONE, ...thisHost(), ...owner };
    writeFileSync(lockFile(), typeof whole === "string" ? whole : JSON.stringify(whole));
  };

  test("keeps a second import away for as long as the first one runs", () => {
    const unlock = folder().lock();
    expect(() => folder().lock()).toThrow(`process ${process.pid}`);
    unlock();
    expect(() => folder().lock()()).not.toThrow();
    expect(readdirSync(join(directory, "customers/import/pool"))).toEqual([]);
  });

  test("of a process that is gone counts for nothing", () => {
    heldBy({});
    const unlock = folder().lock();
    expect(JSON.parse(readFileSync(lockFile(), "utf8"))).toMatchObject({ host: hostname(), process: process.pid });
    unlock();
    expect(readdirSync(join(directory, "customers/import/pool"))).toEqual([]);
  });

  test.each<[string, object | string, string]>([
    ["another process on this host", { process: process.ppid }, `process ${process.ppid}`],
    ["a process of our own number, as in another container", { process: process.pid }, `process ${process.pid}`],
    ["another host, where nobody can see whether it runs", { host: "elsewhere" }, `process ${GONE} on elsewhere`],
    ["nobody knows whom", "", "process unknown"],
  ])("of %s holds, and what to do is said", (_, owner, named) => {
    heldBy(owner);
    const before = readFileSync(lockFile(), "utf8");
    expect(() => folder().lock()).toThrow(named);
    expect(() => folder().lock()).toThrow(`remove ${lockFile()}`);
    expect(readFileSync(lockFile(), "utf8")).toBe(before);
    expect(readdirSync(join(directory, "customers/import/pool"))).toEqual(["lock"]);
  });

  test.each<[string, (file: string) => void]>([
    ["a folder", (file) => mkdirSync(file)],
    ["a link that leads nowhere", (file) => symlinkSync(join(directory, "nowhere"), file)],
    ["a link to somebody's file", (file) => symlinkSync(join(directory, "theirs"), file)],
  ])("that is %s is somebody's, and what to do is said", (_, make) => {
    mkdirSync(join(directory, "customers/import/pool"), { recursive: true, mode: 0o700 });
    writeFileSync(join(directory, "theirs"), "precious");
    make(lockFile());
    expect(() => folder().lock()).toThrow(
      `process unknown. If there is no such process any more, remove ${lockFile()}.`,
    );
    expect([readdirSync(join(directory, "customers/import/pool")), read("theirs")]).toEqual([["lock"], "precious"]);
  });

  test("is given back by whoever has it, and by nobody else", () => {
    const unlock = folder().lock();
    heldBy({ host: "elsewhere" });
    unlock();
    expect(() => folder().lock()).toThrow("elsewhere");
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
