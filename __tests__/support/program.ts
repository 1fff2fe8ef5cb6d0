import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { copyProgram } from "../../sandbox/accounts/synthesize";

export const ROOT = resolve(__dirname, "../..");

const scratch = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A copy of the project in a folder of its own: no output of one test is another's input. */
export function copyOfProject(): string {
  const directory = mkdtempSync(join(scratch, "project-"));
  copyProgram(ROOT, directory);
  return directory;
}

/** What the operator's program and the function's zip are made of, without packages. */
const SOURCES = [
  "bin",
  "build.mjs",
  "cli",
  "config",
  "handler",
  "rules",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];

export function copySources(directory: string): void {
  for (const name of SOURCES) cpSync(join(ROOT, name), join(directory, name), { recursive: true });
}

export interface Run {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command with this environment and no other, but for PATH. */
export function run(
  directory: string,
  command: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
): Run {
  const [program, ...parameters] = command;
  const { status, stdout, stderr }: SpawnSyncReturns<string> = spawnSync(program, parameters, {
    cwd: directory,
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"],
      HOME: scratch,
      CHECKPOINT_DISABLE: "1",
      DISABLE_VERSION_CHECK: "1",
      NO_UPDATE_NOTIFIER: "1",
      ...env,
    },
  });
  return { status, stdout, stderr };
}

export const synth = (directory: string, env: Readonly<Record<string, string>>): Run =>
  run(directory, [process.execPath, "build/main.js"], env);

/** Every file below a folder, by its path: the SHA-256 of its bytes. */
export function hashes(directory: string): Record<string, string> {
  const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(directory.length + 1), createHash("sha256").update(readFileSync(path)).digest("hex")];
    }),
  );
}
