import { execFile } from "node:child_process";
import { join } from "node:path";
import { ROOT, type Run } from "./program";

/** An empty project with the tarball in it: ./pack.cjs. */
export const INSTALLED = join(ROOT, "build/installed");
export const PACKAGE = join(INSTALLED, "node_modules/cognito-migration");
/** As the shell finds it. */
export const PROGRAM = join(INSTALLED, "node_modules/.bin/cognito-migration");

/** Runs the installed program, with this environment and no other, and leaves this process free to serve it. */
export const runInstalled = (
  directory: string,
  environment: Readonly<Record<string, string>>,
  ...parameters: readonly string[]
): Promise<Run> =>
  new Promise((resolve) => {
    const env = {
      PATH: process.env["PATH"],
      HOME: directory,
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      ...environment,
    };
    execFile(PROGRAM, parameters, { cwd: directory, env, maxBuffer: 2 ** 26 }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    ).stdin?.end();
  });
