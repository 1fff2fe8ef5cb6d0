import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorld, type PaperWorld } from "../../../sandbox/accounts/from-synth";
import { operatorEnvironment } from "../../../sandbox/accounts/operator-environment";
import { type Finding, profiles } from "../../support/preflight-run";
import { ROOT, type Run } from "../../support/program";

let world: PaperWorld;
let environment: Record<string, string>;
let directory: string;
beforeAll(async () => {
  world = await openWorld({ root: ROOT, users: [] });
  const { source, destination } = world;
  const file = profiles({ source: source.administrator, destination: destination.administrator });
  environment = { ...operatorEnvironment(world, "no folder"), AWS_SHARED_CREDENTIALS_FILE: file };
  directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
  writeFileSync(join(directory, "cdktf.json"), "{}");
});
afterAll(async () => {
  await world.close();
  rmSync(directory, { recursive: true });
});

const preflight = (program: string): Promise<Run> =>
  new Promise((resolve) => {
    const env = { PATH: process.env["PATH"], HOME: directory, ...environment };
    execFile(process.execPath, [program, "preflight", "--json"], { cwd: directory, env }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

test.each(["bin/cognito-migration.mjs", "build/cli.js"])("%s finds the zip that is deployed", async (program) => {
  const { stdout } = await preflight(join(ROOT, program));
  const { checks } = JSON.parse(stdout) as { checks: Finding[] };
  expect(checks.find(({ id }) => id === "function-code")?.state).toBe("passed");
});

test("a program without its zip says so and asks nothing of AWS", async () => {
  const alone = mkdtempSync(join(directory, "alone-"));
  for (const name of ["package.json", "build/cli.js"]) cpSync(join(ROOT, name), join(alone, name));
  symlinkSync(join(ROOT, "node_modules"), join(alone, "node_modules"));
  const { status, stdout, stderr } = await preflight(join(alone, "build/cli.js"));
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr).toMatch(
    /dist\/handler\.zip: found no zip of the function, .* Run npm run build, .* Nothing was asked of AWS\.\n$/,
  );
  expect(stderr).not.toMatch(/account 1{12}|^\s+at /m);
});
