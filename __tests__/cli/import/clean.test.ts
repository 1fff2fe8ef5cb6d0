import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Context } from "../../../cli/command";
import { EXIT } from "../../../cli/exit";
import { clean } from "../../../cli/import/clean";
import { SettingsError } from "../../../config/settings-error";

const RUN = "20260101T000000000Z";
const EXPORTED = { event: "exported", at: "2026-01-01T00:00:00.000Z", counts: {}, parts: [{ rows: 1, bytes: 1 }] };
const CREATED = { event: "created", part: 0, jobName: "one", jobId: "import-1" };

let root: string;
let said: string;
let printed: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cognito-migration-clean-"));
  said = "";
  printed = "";
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const folderOf = (userPoolId: string): string => join(root, ".cognito-migration/import", userPoolId);
const csvOf = (userPoolId: string): string => join(folderOf(userPoolId), RUN, "part-1.csv");

/** A run with one file, whose journal has these lines. */
function writeRun(userPoolId: string, events: readonly object[]): void {
  mkdirSync(join(folderOf(userPoolId), RUN), { recursive: true });
  writeFileSync(csvOf(userPoolId), "somebody@example.com");
  const lines = events.map((event) => `${JSON.stringify(event)}\n`).join("");
  writeFileSync(join(folderOf(userPoolId), RUN, "journal.jsonl"), lines);
}

/** The settings are gone: whoever asks for them does not get far. */
const noSettings = (): never => {
  throw new SettingsError([{ variable: "SOURCE_USER_POOL_ID", found: "nothing", expected: "a user pool" }]);
};

const cleanAll = (apply: boolean, deployment: () => never = noSettings): Promise<number> =>
  clean(apply, {
    root,
    workDirectory: join(root, ".cognito-migration"),
    deployment,
    now: () => new Date("2026-01-02T00:00:00Z"),
    terminal: { say: (text: string) => (said += `${text}\n`), print: (text: string) => (printed += `${text}\n`) },
  } as unknown as Context);

test("keeps the run whose job nobody can be asked about, says why, and cleans the others", async () => {
  writeRun("eu-west-3_A", [EXPORTED, CREATED]);
  writeRun("eu-west-3_B", [EXPORTED]);
  expect(await cleanAll(true)).toBe(EXIT.CHECKS_FAILED);
  expect([existsSync(csvOf("eu-west-3_A")), existsSync(csvOf("eu-west-3_B"))]).toEqual([true, false]);
  expect(printed).toBe(`.cognito-migration/import/eu-west-3_B/${RUN}/part-1.csv\n`);
  expect(said).toContain("1 file removed.");
  expect(said).toContain(`import/eu-west-3_A/${RUN}: Job import-1 of user pool eu-west-3_A was not seen to end`);
  expect(said).toContain("SOURCE_USER_POOL_ID");
});

test("the plan says the same and removes nothing", async () => {
  writeRun("eu-west-3_A", [EXPORTED, CREATED]);
  writeRun("eu-west-3_B", [EXPORTED]);
  expect(await cleanAll(false)).toBe(EXIT.CHECKS_FAILED);
  expect([existsSync(csvOf("eu-west-3_A")), existsSync(csvOf("eu-west-3_B"))]).toEqual([true, true]);
  expect(said).toContain("1 file to remove.");
  expect(said).toContain(`import/eu-west-3_A/${RUN}: Job import-1`);
});

test("keeps what another import is at work in, and cleans the others", async () => {
  writeRun("eu-west-3_A", [EXPORTED]);
  writeRun("eu-west-3_B", [EXPORTED]);
  writeFileSync(join(folderOf("eu-west-3_A"), "lock"), JSON.stringify({ token: "t", host: "elsewhere", process: 7 }));
  expect(await cleanAll(true)).toBe(EXIT.CHECKS_FAILED);
  expect([existsSync(csvOf("eu-west-3_A")), existsSync(csvOf("eu-west-3_B"))]).toEqual([true, false]);
  expect(said).toMatch(/import\/eu-west-3_A: Another import into this user pool is running: process 7 on elsewhere/);
});

test("asks about a job once no import can begin any more, and gives the lock back", async () => {
  writeRun("eu-west-3_A", [EXPORTED, CREATED]);
  const lock = join(folderOf("eu-west-3_A"), "lock");
  const seen: boolean[] = [];
  await cleanAll(true, () => {
    seen.push(existsSync(lock));
    return noSettings();
  });
  expect(seen).toEqual([true]);
  expect(existsSync(lock)).toBe(false);
});

test("a run whose files are removed is at its end", async () => {
  writeRun("eu-west-3_A", [EXPORTED]);
  expect(await cleanAll(true)).toBe(EXIT.DONE);
  expect(readFileSync(join(folderOf("eu-west-3_A"), RUN, "journal.jsonl"), "utf8")).toMatch(/"why":"cleaned"}\n$/);
});

test.each([
  ["a user pool's folder", () => folderOf("eu-west-3_A"), [EXPORTED]],
  ["a run's folder", () => join(folderOf("eu-west-3_A"), RUN), [EXPORTED]],
  ["the folder of a run that was not exported to its end", () => join(folderOf("eu-west-3_A"), RUN), []],
])("removes the files of what is elsewhere, and here by a link: %s", async (_, folder, events) => {
  writeRun("eu-west-3_A", events);
  const elsewhere = join(root, "elsewhere");
  renameSync(folder(), elsewhere);
  symlinkSync(elsewhere, folder());
  symlinkSync(join(root, "nowhere"), folderOf("eu-west-3_B"));
  expect(await cleanAll(true)).toBe(EXIT.DONE);
  expect(printed).toContain("part-1.csv");
  expect(csvsBelow(root)).toEqual([]);
});

const csvsBelow = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".csv"));
