import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { UndoRecord } from "../../../cli/undo/record";
import { UndoFiles } from "../../../cli/undo/undo-files";
import { TRIGGER_PATH } from "../../../cli/user-pool-update/change";

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
      path: TRIGGER_PATH,
      before: null,
      after: "arn:ours",
    },
  ],
};

let directory: string;
let files: UndoFiles;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
  files = new UndoFiles(join(directory, "work"));
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
  expect(statSync(join(directory, "work/undo")).mode & 0o777).toBe(0o700);
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
  expect(() => files.write(RECORD)).toThrow(`${files.path(RECORD)} could not be written: E`);
});
