import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyOfProject, ROOT, type Run, run } from "../../support/program";

/** A temporary folder that nobody else writes to. */
const TMPDIR = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
afterAll(() => rmSync(TMPDIR, { recursive: true, force: true }));
afterEach(() => expect(readdirSync(TMPDIR).filter((name) => name.startsWith("cognito-migration-"))).toEqual([]));

const PROGRAM = join(ROOT, "build/demo-full.js");
const QUIET = { TMPDIR, AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true" };
const fullDemo = (directory: string, ...options: string[]): Run =>
  run(directory, [process.execPath, PROGRAM, ...options], QUIET);

// The whole of it is a step of .ci/run.
test("follows the runbook, says what it has checked, and finds there what preflight prints", () => {
  const { status, stdout, stderr } = fullDemo(ROOT, "--through", "5", "--check");
  expect(stderr).toBe("");
  expect(status).toBe(0);
  for (const seen of [
    /^1\. Play it through on paper\n {3}exit code 0; of 500,000 users [\d,]+ are left/m,
    /^4\. Check both sides\n {3}exit code 1: nobody sends passwords yet/m,
    /^5\. Attach the trigger\n.*changes nothing\n.*applied: the trigger is on.*\n {3}preflight: exit code 0; /m,
    /^The function's log, of its \d+ lines the last of each kind:\n {3}\d\d:\d\d:\d\d {2}user \w+ {2}\w+: /m,
    /\nEvery step held\.\n$/,
  ])
    expect(stdout).toMatch(seen);
  expect(stdout).not.toMatch(/127\.0\.0\.1|localhost/);
});

test("believes the user pools, not the program: one that only says it has attached ends it, by the step's name", () => {
  const directory = copyOfProject();
  // What runs the function is the sandbox's own, and in no program.
  cpSync(join(ROOT, "sandbox/aws/lambda-runtime.mjs"), join(directory, "sandbox/aws/lambda-runtime.mjs"));
  writeFileSync(
    join(directory, "build/cli.js"),
    `process.argv = process.argv.filter((parameter) => parameter !== "--apply");
     require(${JSON.stringify(join(ROOT, "build/cli.js"))});`,
  );
  const { status, stdout, stderr } = fullDemo(directory);
  expect(status).toBe(1);
  expect(stderr).toMatch(
    /^\nThe demo failed\. Step "5\. Attach the trigger" does not hold: expected: the trigger on.*; different are app clients, LambdaConfig\n$/,
  );
  expect(stdout).not.toContain("Every step held.");
});

test("a failure after both accounts are open ends it, and closes them", () => {
  const before = join(TMPDIR, "before.cjs");
  writeFileSync(
    before,
    `const fs = require("node:fs");
     const make = fs.mkdtempSync;
     fs.mkdtempSync = (name, ...more) => {
       if (name.includes("migration-operator-")) throw new Error("ENOSPC: no space left on device");
       return make(name, ...more);
     };`,
  );
  const { status, stderr } = run(ROOT, ["timeout", "30", process.execPath, "--require", before, PROGRAM], QUIET);
  expect([status, stderr]).toEqual([1, "\nThe demo failed. ENOSPC: no space left on device\n"]);
});

test("Ctrl-C ends it and leaves nothing behind", async () => {
  const child = spawn(process.execPath, [PROGRAM], { cwd: ROOT, env: { PATH: process.env["PATH"], ...QUIET } });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => chunk.toString().includes("4. Check both sides") && resolve());
  });
  child.kill("SIGINT");
  expect(await ended).toBe(130);
});
