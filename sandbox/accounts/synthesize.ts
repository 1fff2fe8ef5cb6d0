import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";

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

/** What it takes to run the program, by its built and by its unbuilt way. */
const PROGRAM = [
  "build.mjs",
  "main.ts",
  "cdktf.json",
  "package.json",
  "tsconfig.json",
  "config",
  "constructs",
  "handler",
  "rules",
  "stacks",
];
const BUILT = ["build/main.js", "dist/handler.zip", "dist/token.zip"];

/** Copies the program into a folder of its own, as built, so that no run's output is another's input. */
export function copyProgram(root: string, directory: string): void {
  for (const name of PROGRAM) cpSync(join(root, name), join(directory, name), { recursive: true });
  for (const name of BUILT) cpSync(join(root, name), join(directory, name));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
}
