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
  let end = (): void => undefined;
  try {
    copyProgram(root, directory);
    const started = performance.now();
    const program = promisify(execFile)(process.execPath, [join(directory, "build/main.js")], {
      cwd: directory,
      env: { PATH: process.env["PATH"], ...settings, CDKTF_OUTDIR: outdir },
    });
    end = () => void program.child.kill("SIGKILL");
    // Ahead of what removes the folders: it would make them anew.
    process.prependListener("exit", end);
    await program;
    return performance.now() - started;
  } finally {
    process.off("exit", end);
    rmSync(directory, { recursive: true, force: true });
  }
}
