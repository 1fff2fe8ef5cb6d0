import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, run } from "../../support/program";

/** A temporary folder that nobody else writes to. */
const TMPDIR = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
afterAll(() => rmSync(TMPDIR, { recursive: true, force: true }));

test("npm run demo shows the five facts from the packaged zip, ends with 0 and leaves nothing behind", () => {
  const { status, stdout, stderr } = run(ROOT, ["npm", "run", "--silent", "demo"], { TMPDIR });
  expect(stderr.replaceAll(/^npm warn .*\n/gm, "")).toBe("");
  expect(status).toBe(0);
  for (const fact of [
    /1\. The user exists only in the source\n.*is CONFIRMED\n.*destination: 0 users/,
    /2\. A wrong password is refused, and no user is created\n.*NotAuthorizedException.*\n.*untouched response; destination still has 0 users/,
    /3\. The right password signs in at the destination\n.*issued tokens.*\n.*"finalUserStatus":"CONFIRMED"/,
    /4\. The source is switched off\n.*refused/,
    /5\. The same password still signs in\n.*issued tokens.*without calling the function/,
    /\nThe function's log:\n {3}\d\d:\d\d:\d\d {2}user \w{16} {2}refused: wrong password.* \(not_authorized; \d+ ms; cold start\)\n.* migrated: .*custom:legacy\)\n/,
    /\nEvery step held\. To sign in yourself, and watch it in a browser: npm run sandbox\n$/,
  ])
    expect(stdout).toMatch(fact);
  const [, shown = ""] = /```text\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, "README.md"), "utf8")) ?? [];
  expect(shown.trim().split("\n")).toEqual(stdout.split("\n").filter((line) => /^[1-9]\. /.test(line)));
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith("cognito-migration-"))).toEqual([]);
});

test.each([
  ["while it starts", "Endpoints never come", 1200, ["build/sandbox.js"]],
  ["when it is ready", "Ctrl-C stops everything", 0, ["build.mjs", "--run", "sandbox"]],
])("two Ctrl-C in a row end the sandbox %s and leave nothing behind", async (_, ready, waitMs, program) => {
  const child = spawn(process.execPath, program, {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], TMPDIR },
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  await new Promise<void>((resolve) => {
    child.stdout.on("data", (chunk: Buffer) => chunk.toString().includes(ready) && resolve());
    if (waitMs > 0) setTimeout(resolve, waitMs);
  });
  child.kill("SIGINT");
  setTimeout(() => child.kill("SIGINT"), 5);
  await ended;
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith("cognito-migration-"))).toEqual([]);
});
