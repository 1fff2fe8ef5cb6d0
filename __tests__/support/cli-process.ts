import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { spawnCli } from "../../sandbox/demo/spawn-cli";
import { ROOT, type Run } from "./program";

/** What the program says that is tested: of a checkout, or the one that npm packs, which has no stacks. */
export const said = <T>(inCheckout: T, inPackage: T): T => (process.env["OPERATORS_PROGRAM"] ? inPackage : inCheckout);

const LINE_OF_CHECKOUT = /^.*\bnpx cognito-migration\b.*$/m;

/**
 * What the tested program wrote, in a checkout's words: the packed one asks npx for nothing that is not installed.
 * @throws Error when the packed program prints a command that would run whatever has its name on npm
 */
function inWordsOfCheckout(written: string): string {
  if (said(true, false)) return written;
  const [line] = LINE_OF_CHECKOUT.exec(written) ?? [];
  if (line !== undefined) throw new Error(`The packed program printed a checkout's command: ${line}`);
  return written.replaceAll("npx --no -- cognito-migration", "npx cognito-migration");
}

export interface StartedCli {
  readonly child: ChildProcess;
  readonly ended: Promise<Run>;
}

/** Starts the operator's program, as built, and keeps what it writes, each stream by itself. */
export function startCli(
  directory: string,
  environment: Readonly<Record<string, string>>,
  parameters: readonly string[],
): StartedCli {
  const child = spawnCli({ root: ROOT, directory, environment, parameters });
  const output = { stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    output.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    output.stderr += chunk;
  });
  const ended = once(child, "close").then(([status]) => ({
    status,
    stdout: inWordsOfCheckout(output.stdout),
    stderr: inWordsOfCheckout(output.stderr),
  }));
  return { child, ended };
}

/** Somebody who types commands in a project's folder. */
export interface CliUser {
  /** `.cognito-migration` appears in it. */
  readonly directory: string;
  /** Settings and credentials of the next runs. */
  readonly environment: Record<string, string>;
  start(...parameters: readonly string[]): StartedCli;
  run(...parameters: readonly string[]): Promise<Run>;
}

export function userIn(directory: string, environment: Record<string, string> = {}): CliUser {
  writeFileSync(join(directory, "cdktf.json"), "{}");
  const start: CliUser["start"] = (...parameters) => startCli(directory, environment, parameters);
  return { directory, environment, start, run: (...parameters) => start(...parameters).ended };
}
