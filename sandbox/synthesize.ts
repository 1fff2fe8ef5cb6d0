import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { copyProgram } from "./copy-program";

/**
 * Runs the program as `cdktf synth` does, into `outdir`, with these settings and no others. It runs in a copy, beside `outdir`,
 * because it reads the `.env` of the folder that it runs in, and that is the operator's own.
 *
 * @param outdir Absolute.
 * @returns how long it took, in milliseconds.
 */
export async function synthesize(
  root: string,
  outdir: string,
  settings: Readonly<Record<string, string>>,
): Promise<number> {
  const directory = mkdtempSync(`${outdir}-program-`);
  try {
    copyProgram(root, directory);
    const started = performance.now();
    await promisify(execFile)(process.execPath, [join(directory, "build/main.js")], {
      cwd: directory,
      env: { PATH: process.env["PATH"], ...settings, CDKTF_OUTDIR: outdir },
    });
    return performance.now() - started;
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}
