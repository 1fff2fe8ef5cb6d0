import { type ChildProcess, type StdioOptions, spawn } from "node:child_process";
import { join } from "node:path";

export interface CliStart {
  /** The project, with build/cli.js in it. */
  readonly root: string;
  /** Where the operator stands. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly parameters: readonly string[];
}

/** Another build of the program to start: the commands' tests run on what npm packs, too. */
const { OPERATORS_PROGRAM } = process.env;

/** Starts the operator's program, as built, beside this process, which may be serving it. It has this environment and no other. */
export function spawnCli(
  { root, directory, environment, parameters }: CliStart,
  stdio: StdioOptions = "pipe",
): ChildProcess {
  return spawn(process.execPath, [OPERATORS_PROGRAM || join(root, "build/cli.js"), ...parameters], {
    cwd: directory,
    stdio,
    env: {
      PATH: process.env["PATH"],
      HOME: directory,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      ...environment,
    },
  });
}
