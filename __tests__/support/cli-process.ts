import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import type { Credentials } from "../../sandbox/credentials";
import { ROOT, type Run } from "./program";

export interface StartedCli {
  readonly child: ChildProcess;
  readonly ended: Promise<Run>;
}

/** Starts the operator's program, as built, beside this process, which may be serving it. */
export function startCli(
  directory: string,
  environment: Readonly<Record<string, string>>,
  parameters: readonly string[],
): StartedCli {
  const child = spawn(process.execPath, [join(ROOT, "build/cli.js"), ...parameters], {
    cwd: directory,
    env: {
      PATH: process.env["PATH"],
      HOME: directory,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      ...environment,
    },
  });
  const output = { stdout: "", stderr: "" };
  child.stdout.on("data", (chunk) => {
    output.stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    output.stderr += chunk;
  });
  return { child, ended: new Promise((resolve) => child.once("close", (status) => resolve({ status, ...output }))) };
}

/** What a file of shared credentials holds, one profile for each account or role. */
export function credentialsFile(profiles: Readonly<Record<string, Omit<Credentials, "expiration">>>): string {
  return Object.entries(profiles)
    .map(
      ([name, { accessKeyId, secretAccessKey, sessionToken }]) => `[${name}]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
aws_session_token = ${sessionToken}
`,
    )
    .join("\n");
}
