import type { ChildProcess } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnCli } from "../../sandbox/demo/spawn-cli";
import { ROOT, type Run } from "./program";

export interface StartedCli {
  readonly child: ChildProcess;
  readonly ended: Promise<Run>;
}

/** Starts the operator's program in a project's folder, and keeps what it writes, each stream by itself. */
export function startCli(
  directory: string,
  environment: Readonly<Record<string, string>>,
  parameters: readonly string[],
): StartedCli {
  writeFileSync(join(directory, "cdktf.json"), "{}");
  const child = spawnCli({ root: ROOT, directory, environment, parameters });
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    output.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    output.stderr += chunk;
  });
  return { child, ended: new Promise((resolve) => child.once("close", (status) => resolve({ status, ...output }))) };
}
