import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, type Run } from "../support/program";

/** A temporary folder that nobody else writes to. */
const TMPDIR = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
let child: ChildProcess;
let screen = "";
let ended: Promise<unknown>;

beforeAll(async () => {
  execFileSync("npm", ["run", "--silent", "build:sandbox"], { cwd: ROOT });
  child = spawn(process.execPath, ["build/sandbox.js"], { cwd: ROOT, env: { PATH: process.env["PATH"], TMPDIR } });
  ended = new Promise((resolve) => child.once("exit", resolve));
  await new Promise<void>((resolve, reject) => {
    child.once("exit", () => reject(new Error("the sandbox did not start")));
    child.stdout?.on("data", (chunk: Buffer) => {
      screen += chunk.toString();
      if (screen.includes("Ctrl-C stops everything")) resolve();
    });
  });
});
afterAll(async () => {
  child.kill("SIGINT");
  await ended;
  rmSync(TMPDIR, { recursive: true, force: true });
});

/** Lines that are printed under a heading, as they are: a shell takes them. */
const blockUnder = (heading: RegExp): string =>
  screen
    .slice(screen.search(heading))
    .split("\n")
    .slice(1)
    .join("\n")
    .split(/\n(?! +export )/)[0] ?? "";

/** Not execFileSync: the sandbox has to be read meanwhile. */
async function shell(lines: string): Promise<Run> {
  const sh = spawn("sh", ["-c", lines], { cwd: ROOT, env: { PATH: process.env["PATH"], HOME: TMPDIR } });
  const output = { stdout: "", stderr: "" };
  sh.stdout.on("data", (chunk) => {
    output.stdout += chunk;
  });
  sh.stderr.on("data", (chunk) => {
    output.stderr += chunk;
  });
  return new Promise((resolve) => sh.once("close", (status) => resolve({ status, ...output })));
}

test.each([
  ["preflight", /\d+ passed, \d+ warnings, 0 failed/],
  ["status", /The trigger|users|migrated/i],
  ["import --groups", /^at the source +[1-9]/m],
  ["attach --all-clients", /^$/],
  ["detach --all-clients", /-.*"UserMigration"/],
])("with the lines that it prints, npx cognito-migration %s works from the checkout", async (command, said) => {
  const { status, stdout, stderr } = await shell(
    `${blockUnder(/^Operate the migration/m)}\nnpx --no cognito-migration ${command}`,
  );
  expect([status, stderr]).toEqual([0, expect.stringMatching(/^destination +account 222222222222/m)]);
  expect(stdout).toMatch(said);
});

test("says that the trigger is attached already, and that is so", async () => {
  expect(screen).toMatch(/The trigger is attached already/);
  const { stderr } = await shell(
    `${blockUnder(/^Operate the migration/m)}\nnpx --no cognito-migration attach --all-clients`,
  );
  expect(stderr).toContain("Nothing to do");
});

test("prints the Region under both of its names, for either version of the AWS CLI", async () => {
  for (const [account, region] of [
    [/^Work with the AWS CLI as an administrator: in the source account/m, "eu-west-1"],
    [/^ and in the destination account/m, "eu-central-1"],
  ] as const) {
    const { stdout } = await shell(`${blockUnder(account)}\necho $AWS_REGION $AWS_DEFAULT_REGION`);
    expect(stdout).toBe(`${region} ${region}\n`);
  }
});

test("every endpoint is printed, and is in docs/sandbox.md", () => {
  const page = readFileSync(join(ROOT, "docs/sandbox.md"), "utf8");
  const variables = [
    ...new Set([...screen.matchAll(/export (AWS_ENDPOINT_URL_\w+)='(.*)'/g)].map(([, name, url]) => `${name} ${url}`)),
  ];
  expect(variables).toHaveLength(7);
  for (const variable of variables) {
    const [name, url] = variable.split(" ");
    expect(page).toContain(`\`${name}\``);
    expect(screen.slice(0, screen.indexOf("User pools ("))).toContain(` ${url}`);
  }
});

test("credentials are its own user's alone, and gone when it ends", async () => {
  const [, file = ""] = /export AWS_SHARED_CREDENTIALS_FILE='(.*)'/.exec(screen) ?? [];
  expect(readFileSync(file, "utf8")).toContain("[source]");
  expect(statSync(file).mode & 0o777).toBe(0o600);
  child.kill("SIGINT");
  await ended;
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith("cognito-migration-"))).toEqual([]);
});
