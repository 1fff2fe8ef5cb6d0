import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT, type Run } from "./program";

/** What `--json` prints. */
export interface Ready {
  readonly endpoints: { readonly cognitoIdentityProvider: string };
  readonly source: ReadySide;
  readonly destination: ReadySide;
  readonly users: readonly {
    readonly standsFor: string;
    readonly username: string;
    readonly password?: string;
    readonly expect: string;
  }[];
  readonly environment: Readonly<Record<string, string>>;
  readonly page: string;
}

export interface ReadySide {
  readonly account: string;
  readonly region: string;
  readonly userPoolId: string;
  readonly clientId: string;
  readonly administrator: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken: string;
  };
}

export interface StartedSandbox {
  readonly ready: Ready;
  readonly output: Run;
  stop(): Promise<Run>;
}

/** A folder with these documents, which the caller removes. */
export function folderWith(files: Readonly<Record<string, object | string>>): string {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(directory, name), typeof content === "string" ? content : JSON.stringify(content));
  return directory;
}

/** Starts the sandbox as a program does. It has to be built. */
export async function startSandbox(parameters: readonly string[]): Promise<StartedSandbox> {
  const { child, output, ended } = spawned([...parameters, "--json"]);
  const ready = await Promise.race([
    new Promise<Ready>((resolve) =>
      child.stdout?.on("data", () => {
        if (output.stdout.endsWith("\n")) resolve(JSON.parse(output.stdout) as Ready);
      }),
    ),
    ended.then(({ stderr }) => Promise.reject(new Error(stderr))),
  ]);
  const stop = (): Promise<Run> => {
    child.kill("SIGINT");
    return ended;
  };
  return { ready, output, stop };
}

/** Runs it to its end. One that starts although it should not is stopped, so that it outlives no test. */
export function runSandbox(parameters: readonly string[]): Promise<Run> {
  const { child, ended } = spawned(parameters);
  child.stdout?.once("data", () => child.kill("SIGINT"));
  return ended;
}

interface Spawned {
  readonly child: ChildProcess;
  readonly output: Run;
  readonly ended: Promise<Run>;
}

/** What a shell may have set, for other work. None of it counts here. */
const OF_A_SHELL = {
  SETTINGS_FILE: ".env.nowhere",
  AWS_PROFILE: "mine",
  AWS_USE_FIPS_ENDPOINT: "true",
  MFA_POLICY: "none",
};

function spawned(parameters: readonly string[]): Spawned {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
  const env = { ...OF_A_SHELL, PATH: process.env["PATH"], TMPDIR: directory };
  const child = spawn(process.execPath, ["build/sandbox.js", ...parameters], { cwd: ROOT, env });
  const output = { status: null as number | null, stdout: "", stderr: "" };
  child.stdout?.on("data", (chunk) => {
    output.stdout += chunk;
  });
  child.stderr?.on("data", (chunk) => {
    output.stderr += chunk;
  });
  const ended = new Promise<Run>((resolve) =>
    child.once("close", (status) => {
      output.status = status;
      rmSync(directory, { recursive: true, force: true });
      resolve(output);
    }),
  );
  return { child, output, ended };
}
