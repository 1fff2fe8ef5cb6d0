import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { UndoRecord } from "../../../cli/pool-change/record";
import { UndoFiles } from "../../../cli/pool-change/undo-files";

const RECORD: UndoRecord = {
  version: 1,
  id: "2026-01-01T00-00-00-000Z-attach",
  command: "attach",
  account: "222222222222",
  region: "eu-central-1",
  userPoolId: "eu-central-1_Dest0001",
  userPoolName: "customers",
  writtenAt: "2026-01-01T00:00:00.000Z",
  changes: [
    {
      target: { kind: "user-pool", id: "eu-central-1_Dest0001", name: "customers" },
      path: ["LambdaConfig", "UserMigration"],
      before: null,
      after: "arn:ours",
    },
  ],
};

let directory: string;
let files: UndoFiles;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
  files = new UndoFiles(join(directory, "work"), "customers");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test("come back as they were written, the oldest first", () => {
  expect(files.all()).toEqual([]);
  const later = { ...RECORD, id: "2026-01-02T00-00-00-000Z-cut-over" };
  files.write(later);
  files.write(RECORD);
  expect(files.all()).toEqual([RECORD, later]);
});

test("are for their owner alone", () => {
  files.write(RECORD);
  expect(statSync(files.path(RECORD)).mode & 0o777).toBe(0o600);
  expect(statSync(join(directory, "work/customers/undo")).mode & 0o777).toBe(0o700);
  expect(statSync(join(directory, "work")).mode & 0o777).toBe(0o700);
});

test.each([
  ["half a file", (text: string) => text.slice(0, 100)],
  ["a later version's", (text: string) => text.replace('"version": 1', '"version": 2')],
  ["one whose id leads out of the folder", (text: string) => text.replace(`"${RECORD.id}"`, '"../../../.bashrc"')],
  ["one with the id of another", (text: string) => text.replace("2026-01-01T", "2026-01-02T")],
  ["one that changes something else", (text: string) => text.replace('"UserMigration"', '"PreSignUp"')],
])("%s is refused by name", (_, change) => {
  files.write(RECORD);
  const path = files.path(RECORD);
  writeFileSync(path, change(readFileSync(path, "utf8")));
  expect(readFileSync(path, "utf8")).not.toBe(`${JSON.stringify(RECORD, undefined, 2)}\n`);
  expect(() => files.all()).toThrow(`${path} is no undo file that this version can read`);
});

test("who only looks for a predecessor is told of a file that is none of ours, and goes on", () => {
  files.write(RECORD);
  const copy = join(files.directory, "2026-01-01T00-00-00-000Z-attach copy.json");
  writeFileSync(copy, readFileSync(files.path(RECORD)));
  const said: string[] = [];
  expect(files.readable((line) => said.push(line))).toEqual([RECORD]);
  expect(said).toEqual([`${copy} is no undo file that this version can read, or not under its own name.`]);
});

test("a folder that cannot be made is a refusal that says where, and no bug", () => {
  writeFileSync(join(directory, "work"), "a file where the folder should be");
  expect(() => files.write(RECORD)).toThrow(
    `${files.path(RECORD)} could not be written: ${join(directory, "work")}: found something else, expected a folder of your own. ` +
      "Move it away. It says how a change is taken back.",
  );
});

describe("are taken only where nobody else can have written them", () => {
  beforeEach(() => files.write(RECORD));
  const elsewhere = (): string => join(directory, "elsewhere");
  const linked = (path: string): void => {
    renameSync(path, elsewhere());
    symlinkSync(elsewhere(), path);
  };
  const refusal = (path: string, found: string): string => `${path}: found ${found}, expected a `;

  test.each(["work", "work/customers", "work/customers/undo"])(
    "no folder %s that is a link, to read or to write",
    (name) => {
      const path = join(directory, name);
      linked(path);
      for (const use of [
        () => files.all(),
        () => files.readable(() => undefined),
        () => files.write({ ...RECORD, id: "b" }),
      ])
        expect(use).toThrow(refusal(path, "a symbolic link"));
      expect(existsSync(join(elsewhere(), "b.json"))).toBe(false);
    },
  );

  test.each(["work", "work/customers", "work/customers/undo"])("no folder %s that others may write to", (name) => {
    const path = join(directory, name);
    chmodSync(path, 0o770);
    for (const use of [
      () => files.all(),
      () => files.readable(() => undefined),
      () => files.write({ ...RECORD, id: "b" }),
    ])
      expect(use).toThrow(refusal(path, "one that others may write to (mode 770)"));
    expect(readdirSync(files.directory)).toEqual([`${RECORD.id}.json`]);
  });

  test("no file that is a link or that others may write to: all are named, and who only looks goes on", () => {
    files.write({ ...RECORD, id: "a" });
    files.write({ ...RECORD, id: "b" });
    chmodSync(files.path({ id: "a" }), 0o660);
    linked(files.path(RECORD));
    const told = [
      refusal(files.path(RECORD), "a symbolic link"),
      refusal(files.path({ id: "a" }), "one that others may write to (mode 660)"),
    ];
    for (const one of told) expect(() => files.all()).toThrow(one);
    const said: string[] = [];
    expect(files.readable((line) => said.push(line)).map(({ id }) => id)).toEqual(["b"]);
    expect(said).toEqual(told.map((one) => expect.stringContaining(one)));
  });

  test("and a link in the place of one that is written is replaced, not followed", () => {
    linked(files.path(RECORD));
    const before = readFileSync(elsewhere(), "utf8");
    files.write({ ...RECORD, undoneAt: "now" });
    expect(readFileSync(elsewhere(), "utf8")).toBe(before);
    expect(files.all()).toEqual([{ ...RECORD, undoneAt: "now" }]);
  });
});

test("hold no character that steers a terminal, and say the same", () => {
  const record = { ...RECORD, userPoolName: "\u001b]52;c;\u0007\u202e\u009b31m\u2028" };
  files.write(record);
  expect(readFileSync(files.path(record), "utf8")).toMatch(/^[\n\u0020-\u007e]*$/);
  expect(files.all()).toEqual([record]);
});
