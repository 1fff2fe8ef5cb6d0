import { execFile } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openWorld, type PaperWorld } from "../../../sandbox/accounts/from-synth";
import { operatorEnvironment } from "../../../sandbox/accounts/operator-environment";
import { type Finding, profiles } from "../../support/preflight-run";
import { copySources, ROOT, type Run } from "../../support/program";

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

const stateOf = async (program: string): Promise<string | undefined> => {
  const { stdout } = await preflight(program);
  const { checks } = JSON.parse(stdout) as { checks: Finding[] };
  return checks.find(({ id }) => id === "function-code")?.state;
};

test.each(["bin/cognito-migration.mjs", "build/cli.js"])("%s finds the code that is deployed", async (program) => {
  expect(await stateOf(join(ROOT, program))).toBe("passed");
});

describe("what a checkout compares with", () => {
  let project: string;
  beforeEach(() => {
    project = mkdtempSync(join(directory, "project-"));
    copySources(project);
    const packages = join(project, "node_modules");
    mkdirSync(packages);
    for (const name of readdirSync(join(ROOT, "node_modules")))
      if (name !== "valibot") symlinkSync(join(ROOT, "node_modules", name), join(packages, name));
    cpSync(join(ROOT, "node_modules/valibot"), join(packages, "valibot"), { recursive: true });
  });

  /** With the times that it had, as `tar` and `rsync -a` unpack it. */
  function unpack(name: string, change: (text: string) => string): void {
    const file = join(project, name);
    const { atime, mtime } = statSync(file);
    const before = readFileSync(file, "utf8");
    expect(change(before)).not.toBe(before);
    writeFileSync(file, change(before));
    utimesSync(file, atime, mtime);
  }

  test.each([
    [
      "packages, whatever version they say",
      () => {
        const files = readdirSync(join(project, "node_modules/valibot/dist")).filter((file) => /\.[cm]?js$/.test(file));
        for (const name of files)
          unpack(`node_modules/valibot/dist/${name}`, (text) => text.replaceAll("Invalid ", "tampered with "));
      },
    ],
    [
      "handler",
      () =>
        unpack("handler/triggers/user-migration.ts", (text) =>
          text.replace('["AWS_LAMBDA_FUNCTION_NAME"] ?? ""', '["AWS_LAMBDA_FUNCTION_NAME"] ?? "mended"'),
        ),
    ],
  ])("is of its %s", async (_, change) => {
    const program = join(project, "bin/cognito-migration.mjs");
    expect(await stateOf(program)).toBe("passed");
    change();
    expect(await stateOf(program)).toBe("warning");
  });
});
