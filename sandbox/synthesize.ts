import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { SETTING_NAMES } from "../config/settings";

/**
 * Runs the program as `cdktf synth` does, into `outdir`, with these settings and no others: empty variables stand
 * before whatever is in the operator's own `.env`.
 *
 * @returns how long it took, in milliseconds.
 */
export async function synthesize(
  root: string,
  outdir: string,
  settings: Readonly<Record<string, string>>,
): Promise<number> {
  const absent = Object.fromEntries(SETTING_NAMES.map((name) => [name, ""]));
  const started = performance.now();
  await promisify(execFile)(process.execPath, [join(root, "build/main.js")], {
    cwd: root,
    env: { PATH: process.env["PATH"], ...absent, ...settings, CDKTF_OUTDIR: outdir },
  });
  return performance.now() - started;
}
