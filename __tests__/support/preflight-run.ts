import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Credentials } from "../../sandbox/credentials";
import { ROOT } from "./program";

const scratch = mkdtempSync(join(tmpdir(), "preflight-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

export interface Finding {
  readonly id: string;
  readonly state: string;
  readonly found: string;
  readonly remedy?: string;
}

export interface PreflightRun {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Of --json; empty without it. */
  readonly checks: readonly Finding[];
}

/** A file of profiles, one for each account or role. */
export function profiles(credentials: Readonly<Record<string, Omit<Credentials, "expiration">>>): string {
  const file = join(mkdtempSync(join(scratch, "profiles-")), "credentials");
  const sections = Object.entries(credentials).map(
    ([name, { accessKeyId, secretAccessKey, sessionToken }]) => `[${name}]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
aws_session_token = ${sessionToken}
`,
  );
  writeFileSync(file, sections.join("\n"), { mode: 0o600 });
  return file;
}

/** Runs the built program beside this process, which may be serving it. */
export async function runPreflight(
  env: Readonly<Record<string, string>>,
  parameters: readonly string[],
  directory: string = mkdtempSync(join(scratch, "work-")),
): Promise<PreflightRun> {
  const run = await new Promise<Omit<PreflightRun, "checks">>((resolve) => {
    const child = execFile(
      process.execPath,
      [join(ROOT, "build/cli.js"), "preflight", ...parameters],
      {
        cwd: directory,
        env: {
          PATH: process.env["PATH"],
          HOME: scratch,
          AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
          ...env,
        },
      },
      (_, stdout, stderr) => resolve({ status: child.exitCode ?? -1, stdout, stderr }),
    );
  });
  const isJson = run.stdout.startsWith("{");
  return { ...run, checks: isJson ? (JSON.parse(run.stdout) as { checks: Finding[] }).checks : [] };
}
