import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyOfProject, ROOT } from "../../support/program";

/** A temporary folder that nobody else writes to. */
const TMPDIR = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
let project: string;

beforeAll(() => {
  project = copyOfProject();
  for (const file of ["build/sandbox.js", "sandbox/aws/lambda-runtime.mjs"])
    cpSync(join(ROOT, file), join(project, file), { recursive: true });
});
afterEach(async () => {
  // One that does not end fails its test, and outlives it no longer.
  for (const { child, ended } of started.splice(0)) {
    child.kill("SIGKILL");
    await ended;
  }
  rmSync(join(project, ".env"), { recursive: true, force: true });
  // Whatever it ended with.
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith("cognito-migration-"))).toEqual([]);
});
afterAll(() => rmSync(TMPDIR, { recursive: true, force: true }));

const started: Started[] = [];

interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null; readonly said: string }>;
  printed(text: string): Promise<void>;
  said(): string;
}

/** Starts it in a project of its own. @param meanwhile What Node.js runs before it. */
function start(parameters: readonly string[] = [], meanwhile = ""): Started {
  const before = join(TMPDIR, "before.cjs");
  writeFileSync(before, meanwhile);
  const child = spawn(process.execPath, ["--require", before, "build/sandbox.js", ...parameters], {
    cwd: project,
    env: { PATH: process.env["PATH"], TMPDIR },
  });
  let said = "";
  const listeners: (() => void)[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      for (const listener of listeners) listener();
    });
  const ended = new Promise<Awaited<Started["ended"]>>((resolve) =>
    child.once("close", (code, signal) => resolve({ code, signal, said })),
  );
  const printed = (text: string): Promise<void> =>
    new Promise((resolve) => listeners.push(() => said.includes(text) && resolve()));
  const sandbox = { child, ended, printed, said: () => said };
  started.push(sandbox);
  return sandbox;
}

/** What cannot be written, as on a disk that is full. */
const DISK_IS_FULL = `
  const fs = require("node:fs");
  const make = fs.mkdtempSync;
  fs.mkdtempSync = (name, ...more) => {
    if (name.includes("migration-operator-")) throw new Error("ENOSPC: no space left on device");
    return make(name, ...more);
  };`;
/** A clean-up that never comes to its end. */
const HANGS = `require("node:http").Server.prototype.close = () => undefined;`;

test("a .env that is a folder is refused before anything starts", async () => {
  mkdirSync(join(project, ".env"));
  const { code, said } = await start().ended;
  expect([code, said]).toEqual([
    2,
    expect.stringMatching(/^The sandbox did not start\. \n {2}\.env: found a directory/),
  ]);
});

test("a failure after both accounts are open ends it, and closes them", async () => {
  const { code, said } = await start([], DISK_IS_FULL).ended;
  expect([code, said]).toEqual([1, "The sandbox did not start. ENOSPC: no space left on device\n"]);
});

test.each<[string, (fifo: string) => readonly string[]]>([
  ["--source-pool", (fifo) => ["--source-pool", fifo]],
  ["--settings", (fifo) => ["--settings", fifo]],
  [".env", () => []],
])("while it waits for a pipe that nobody writes to, a signal ends it: %s", async (_, parameters) => {
  const fifo = join(project, ".env");
  execFileSync("mkfifo", [fifo]);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) {
    const { child, ended } = start(parameters(fifo), `setTimeout(() => undefined, 1); process.stdout.write("here");`);
    await new Promise((resolve) => child.stdout?.once("data", resolve));
    setTimeout(() => child.kill(signal), 700);
    expect((await ended).signal).toBe(signal);
  }
});

test.each(["SIGTERM", "SIGINT", "SIGHUP"] as const)("%s ends it in order when it is ready", async (signal) => {
  const { child, ended, printed } = start();
  await printed("Each event shows here");
  child.kill(signal);
  expect(await ended).toMatchObject({ code: 0, said: expect.stringContaining("Stopped; nothing is left running.") });
});

test("a clean-up that hangs is given up", async () => {
  const { child, ended, printed } = start([], HANGS);
  await printed("Each event shows here");
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ code: 130 });
});

test("in a folder whose name a shell would take apart, the printed line still works", async () => {
  const folder = join(TMPDIR, "it's a $(touch made-by-the-shell) `id`;");
  mkdirSync(folder);
  const { child, printed, said } = start([], `process.env.TMPDIR = ${JSON.stringify(folder)};`);
  await printed("Each event shows here");
  const [, line = "exit 3"] = /^ +(source .*environment\.sh'?)$/m.exec(said()) ?? [];
  const answer = execFileSync("bash", ["-ec", `${line}; echo "$USER_POOL_NAME"; cat "$AWS_CONFIG_FILE"`], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(answer).toMatch(/^sandbox\n\[profile source\]/);
  expect(readdirSync(folder).filter((name) => !name.startsWith("cognito-migration-"))).toEqual([]);
  child.kill("SIGTERM");
});
