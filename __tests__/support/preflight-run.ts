import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentialsFile } from "../../sandbox/accounts/operator-environment";
import type { Credentials } from "../../sandbox/aws/credentials";
import { userIn } from "./cli-process";
import type { Run } from "./program";

const scratch = mkdtempSync(join(tmpdir(), "preflight-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

export interface Finding {
  readonly id: string;
  readonly state: string;
  readonly found: string;
  readonly remedy?: string;
}

export interface PreflightRun extends Run {
  /** Of --json; empty without it. */
  readonly checks: readonly Finding[];
}

/** A file of profiles, one for each account or role. */
export function profiles(credentials: Readonly<Record<string, Omit<Credentials, "expiration">>>): string {
  const file = join(mkdtempSync(join(scratch, "profiles-")), "credentials");
  writeFileSync(file, credentialsFile(credentials), { mode: 0o600 });
  return file;
}

/** Runs `preflight` of the built program. */
export async function runPreflight(
  env: Record<string, string>,
  parameters: readonly string[],
  directory: string = mkdtempSync(join(scratch, "work-")),
): Promise<PreflightRun> {
  const run = await userIn(directory, env).run("preflight", ...parameters);
  const isJson = run.stdout.startsWith("{");
  return { ...run, checks: isJson ? (JSON.parse(run.stdout) as { checks: Finding[] }).checks : [] };
}
