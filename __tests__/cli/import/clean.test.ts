import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { clean } from "../../../cli/import/clean";
import type { Context } from "../../../cli/program/command";
import { EXIT } from "../../../cli/program/exit";
import { OwnFolder } from "../../../cli/program/own-files";
import { SettingsError } from "../../../config/settings-error";

const RUN = "20260101T000000000Z";
const COUNTS = { source: 1, destination: 0, alreadyThere: 0, toImport: 1, leftOut: {}, dropped: {} };
const EXPORTED = { event: "exported", at: "2026-01-01T00:00:00.000Z", counts: COUNTS, parts: [{ rows: 1, bytes: 1 }] };
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

const folderOf = (userPoolId: string): string => join(root, ".cognito-migration/customers/import", userPoolId);
const csvOf = (userPoolId: string): string => join(folderOf(userPoolId), RUN, "part-1.csv");

/** A run with one file, whose journal has these lines. */
function writeRun(userPoolId: string, events: readonly object[]): void {
  mkdirSync(join(folderOf(userPoolId), RUN), { recursive: true, mode: 0o700 });
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
  expect(printed).toBe(`.cognito-migration/customers/import/eu-west-3_B/${RUN}/part-1.csv\n`);
  expect(said).toContain("1 file removed.");
  expect(said).toContain(`import/eu-west-3_A/${RUN}: Job import-1 of user pool eu-west-3_A was not seen to end`);
  expect(said).toContain("SOURCE_USER_POOL_ID");
});

test("the plan offers nothing where nothing can be removed", async () => {
  writeRun("eu-west-3_A", [EXPORTED, CREATED]);
  expect(await cleanAll(false)).toBe(EXIT.CHECKS_FAILED);
  expect(said).toContain("Kept, because it may still be needed:");
  expect(said).not.toContain("--apply");
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
  expect(said).toMatch(
    /import\/eu-west-3_A: Another import or groups command works on this user pool: process 7 on elsewhere/,
  );
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

test.each(["not json", '{"event":"created","part":7,"jobName":"one","jobId":"import-1"}'])(
  "keeps a run whose journal is damaged, which may have a job, says how to go on, and cleans the others: %s",
  async (line) => {
    writeRun("eu-west-3_A", [EXPORTED]);
    writeRun("eu-west-3_B", [EXPORTED]);
    const journal = join(folderOf("eu-west-3_A"), RUN, "journal.jsonl");
    appendFileSync(journal, `${line}\n`);
    const before = readFileSync(journal, "utf8");
    expect(await cleanAll(true)).toBe(EXIT.CHECKS_FAILED);
    expect([existsSync(csvOf("eu-west-3_A")), existsSync(csvOf("eu-west-3_B"))]).toEqual([true, false]);
    expect(readFileSync(journal, "utf8")).toBe(before);
    expect(said).toContain("Kept, because it may still be needed:");
    expect(said).toContain(`${journal}, line 2: found `);
  },
);

test("a run whose files are removed is at its end", async () => {
  writeRun("eu-west-3_A", [EXPORTED]);
  expect(await cleanAll(true)).toBe(EXIT.DONE);
  expect(readFileSync(join(folderOf("eu-west-3_A"), RUN, "journal.jsonl"), "utf8")).toMatch(/"why":"cleaned"}\n$/);
});

/** Every path below a folder, with the text of each file: links are told, not followed. */
const treeOf = (directory: string): string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const what = entry.isFile() ? readFileSync(path, "utf8") : entry.isSymbolicLink() ? readlinkSync(path) : "folder";
      return `${relative(directory, path)}: ${what}`;
    })
    .sort();

/** Somebody's files, in a tree, beside the project's folder. */
function writeHome(): string {
  const home = mkdtempSync(join(tmpdir(), "cognito-migration-home-"));
  mkdirSync(join(home, ".ssh"));
  mkdirSync(join(home, "code", RUN), { recursive: true });
  for (const name of [
    ".ssh/id_ed25519",
    `code/${RUN}/part-1.csv`,
    `code/${RUN}/mine.txt`,
    "left-out.jsonl",
    "part-1.csv",
  ])
    writeFileSync(join(home, name), `precious ${name}`);
  return home;
}

describe("keeps what is not ours, names it, and ends with 1", () => {
  let home: string;
  beforeEach(() => {
    home = writeHome();
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  test.each<[string, () => string]>([
    ["a user pool's folder", () => folderOf("eu-west-3_B")],
    ["a run's folder", () => join(folderOf("eu-west-3_A"), "20260102T000000000Z")],
    ["a folder of another name beside the runs", () => join(folderOf("eu-west-3_A"), "notes")],
    ["a folder of another name beside the user pools", () => join(root, ".cognito-migration/customers/import/notes")],
    ["a file in a run, of a name of ours", () => join(folderOf("eu-west-3_A"), RUN, "part-2.csv")],
  ])("a symbolic link as %s, and all that it leads to", async (_, link) => {
    writeRun("eu-west-3_A", [EXPORTED]);
    const before = treeOf(home);
    symlinkSync(home, link());
    for (const apply of [false, true]) {
      said = "";
      expect(await cleanAll(apply)).toBe(EXIT.CHECKS_FAILED);
      expect(said).toContain("Kept, because it is not ours:");
      expect(said).toMatch(new RegExp(`^${relative(root, link()).replaceAll(".", "\\.")}: .*a symbolic link`, "m"));
    }
    expect(treeOf(home)).toEqual(before);
    expect(readlinkSync(link())).toBe(home);
    expect(existsSync(csvOf("eu-west-3_A"))).toBe(false);
  });

  test("a link that leads nowhere", async () => {
    mkdirSync(join(root, ".cognito-migration/customers/import"), { recursive: true });
    symlinkSync(join(root, "nowhere"), folderOf("eu-west-3_B"));
    expect(await cleanAll(true)).toBe(EXIT.CHECKS_FAILED);
    expect(existsSync(join(root, "nowhere"))).toBe(false);
    expect(said).toContain(".cognito-migration/customers/import/eu-west-3_B: found a symbolic link");
  });

  test.each<[string, string, string]>([
    ["beside the user pools", "backup", "backup"],
    ["beside the runs", "eu-west-3_A/backup", "eu-west-3_A/backup"],
    ["in a folder of a run's name", `eu-west-3_A/20260102T000000000Z/code`, "eu-west-3_A/20260102T000000000Z/code"],
    ["of a file's name in a run", `eu-west-3_A/${RUN}/part-2.csv`, `eu-west-3_A/${RUN}/part-2.csv`],
  ])("a folder %s, with all that is in it", async (_, place, named) => {
    writeRun("eu-west-3_A", [EXPORTED]);
    const folder = join(root, ".cognito-migration/customers/import", place);
    cpSync(home, folder, { recursive: true });
    expect(await cleanAll(true)).toBe(EXIT.CHECKS_FAILED);
    expect(treeOf(folder)).toEqual(treeOf(home));
    expect(said).toContain(`.cognito-migration/customers/import/${named}\n`);
    expect(existsSync(csvOf("eu-west-3_A"))).toBe(false);
  });

  test.each([[[EXPORTED]], [[]]])("another file in a run, while its own go: journal %j", async (events) => {
    writeRun("eu-west-3_A", events);
    const notes = join(folderOf("eu-west-3_A"), RUN, "part-1 (copy).csv");
    writeFileSync(notes, "mine");
    expect(await cleanAll(true)).toBe(EXIT.CHECKS_FAILED);
    expect(printed).toBe(`.cognito-migration/customers/import/eu-west-3_A/${RUN}/part-1.csv\n`);
    expect(said).toContain(`Kept, because it is not ours:\n\n${relative(root, notes)}\n`);
    expect([existsSync(csvOf("eu-west-3_A")), readFileSync(notes, "utf8")]).toEqual([false, "mine"]);
  });

  test("a user pool's folder that others may write to", async () => {
    writeRun("eu-west-3_A", [EXPORTED]);
    chmodSync(folderOf("eu-west-3_A"), 0o770);
    expect(await cleanAll(true)).toBe(EXIT.CHECKS_FAILED);
    expect(existsSync(csvOf("eu-west-3_A"))).toBe(true);
    expect(said).toContain("import/eu-west-3_A: found one that others may write to (mode 770)");
  });
});

test("goes no further where .cognito-migration is a symbolic link", async () => {
  writeRun("eu-west-3_A", [EXPORTED]);
  const elsewhere = join(root, "elsewhere");
  const link = join(root, ".cognito-migration");
  renameSync(link, elsewhere);
  symlinkSync(elsewhere, link);
  const before = treeOf(elsewhere);
  await expect(cleanAll(true)).rejects.toThrow(`${link}: found a symbolic link, expected a folder of your own.`);
  expect(treeOf(elsewhere)).toEqual(before);
});

/** A run of another migration, which nothing may keep from being cleaned. */
function writeStaging(): string {
  const run = join(root, ".cognito-migration/staging/import/eu-west-3_S", RUN);
  mkdirSync(run, { recursive: true, mode: 0o700 });
  writeFileSync(join(run, "journal.jsonl"), `${JSON.stringify(EXPORTED)}\n`);
  writeFileSync(join(run, "part-1.csv"), "somebody@example.com");
  return join(run, "part-1.csv");
}

describe("what else lies in the work directory is named, and holds nothing up", () => {
  const at = (name: string): string => join(root, ".cognito-migration", name);
  const write = (name: string): void => {
    mkdirSync(dirname(at(name)), { recursive: true, mode: 0o700 });
    writeFileSync(at(name), "somebody@example.com");
  };

  test.each<[string, () => void, string]>([
    ["a copy of a migration", () => cpSync(at("customers"), at("customers.bak"), { recursive: true }), "customers.bak"],
    ["a file", () => write("export.csv"), "export.csv"],
    ["a file of a migration's name", () => write("notes"), "notes"],
    ["a link", () => symlinkSync("/etc", at("elsewhere")), "elsewhere"],
    ["a link that leads nowhere", () => symlinkSync("/no/such", at("no.where")), "no.where"],
    ["a file in a migration", () => write("customers/users.csv"), "customers/users.csv"],
    ["a folder in a migration", () => write("customers/backup/part-1.csv"), "customers/backup"],
    ["a file instead of a migration's imports", () => write("other/import"), "other/import"],
    ["a file among undo files", () => write("customers/undo/users.csv"), "customers/undo/users.csv"],
    ["a file among former undo files", () => write("undo/users.csv"), "undo/users.csv"],
    ["a file among former imports", () => write("import/users.csv"), "import/users.csv"],
    ["a migration that others may write to", () => chmodSync(at("customers"), 0o777), "customers"],
    ["what a migration's name can no longer be", () => write("lambda_x/import/part-1.csv"), "lambda_x"],
  ])("%s", async (_, put, named) => {
    writeRun("eu-west-3_A", [EXPORTED]);
    const staging = writeStaging();
    put();
    for (const apply of [false, true]) {
      said = "";
      expect(await cleanAll(apply)).toBe(EXIT.CHECKS_FAILED);
      const [, kept = ""] = said.split("Kept, because it is not ours:\n\n");
      expect(kept.split("\n\n").map((line) => line.split(": ")[0])).toContain(`.cognito-migration/${named}`);
      expect(printed).not.toContain("There are no files");
    }
    expect(existsSync(staging)).toBe(false);
    expect(existsSync(csvOf("eu-west-3_A"))).toBe(named === "customers");
    expect(lstatSync(at(named)).isSymbolicLink()).toBe(/^(elsewhere|no\.where)$/.test(named));
  });

  test.each(["import", "undo"])("a migration called %s is cleaned as any other", async (name) => {
    const run = at(`${name}/import/eu-west-3_I/${RUN}`);
    const undo = at(`${name}/undo/20260101-000000-attach.json`);
    const former = at("undo/20250101-000000-attach.json");
    for (const file of [undo, former]) {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, "{}");
    }
    cpSync(dirname(writeStaging()), run, { recursive: true });
    cpSync(dirname(writeStaging()), at(`import/eu-west-3_Former/${RUN}`), { recursive: true });
    expect(await cleanAll(true)).toBe(EXIT.DONE);
    expect(existsSync(join(run, "part-1.csv"))).toBe(false);
    expect(existsSync(at(`import/eu-west-3_Former/${RUN}/part-1.csv`))).toBe(false);
    expect([existsSync(undo), existsSync(former)]).toEqual([true, true]);
    expect(said).not.toContain("Kept");
  });

  test("which migrations it is about is said", async () => {
    writeRun("eu-west-3_A", [EXPORTED]);
    writeStaging();
    await cleanAll(false);
    expect(said).toMatch(
      /^Looks at the imports of every migration here, whatever the settings are: customers, staging\.$/m,
    );
    expect(printed).toMatch(/customers[\s\S]*staging/);
  });

  test("what the system refuses is said, and the others are cleaned", async () => {
    writeRun("eu-west-3_A", [EXPORTED, CREATED]);
    const staging = writeStaging();
    expect(await cleanAll(true, () => readFileSync(join(root, "not-there")) as never)).toBe(EXIT.CHECKS_FAILED);
    expect([existsSync(csvOf("eu-west-3_A")), existsSync(staging)]).toEqual([true, false]);
    expect(said).toMatch(/import\/eu-west-3_A: The operating system refused: ENOENT/);
  });
});

test("a run that was not exported to its end goes as a whole, with what a kill has left of a file", async () => {
  writeRun("eu-west-3_A", []);
  const run = join(folderOf("eu-west-3_A"), RUN);
  for (const name of [
    "left-out.jsonl",
    "part-1.users.jsonl",
    "part-1.not-imported.jsonl.7f9c2ba4-e88f-427d-a616-9fe1b7a9e8a1.unfinished",
  ])
    writeFileSync(join(run, name), "somebody@example.com");
  expect(await cleanAll(true)).toBe(EXIT.DONE);
  expect(said).toContain("4 files removed.");
  expect(existsSync(run)).toBe(false);
});

test("what an import keeps beside its runs is no file with personal data, and nobody else's", async () => {
  writeRun("eu-west-3_A", [EXPORTED]);
  const beside = ["restored-memberships", "lock.7f9c2ba4-e88f-427d-a616-9fe1b7a9e8a1"];
  for (const name of beside) writeFileSync(join(folderOf("eu-west-3_A"), name), "");
  expect(await cleanAll(true)).toBe(EXIT.DONE);
  for (const name of beside) expect(existsSync(join(folderOf("eu-west-3_A"), name))).toBe(true);
});

test("what keeps the work directory out of git is ours, and stays", async () => {
  new OwnFolder(join(root, ".cognito-migration"), "customers", "import").make();
  expect([await cleanAll(true), printed + said]).toEqual([EXIT.DONE, expect.not.stringContaining(".gitignore")]);
  expect(existsSync(join(root, ".cognito-migration/.gitignore"))).toBe(true);
});
