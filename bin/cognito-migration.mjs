#!/usr/bin/env node
import { existsSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const project = dirname(dirname(fileURLToPath(import.meta.url)));
const program = join(project, "build/cli.js");

/** The program is built from its sources when they are newer, as after `git pull`. */
function isCurrent() {
  if (!existsSync(program)) return false;
  const built = statSync(program).mtimeMs;
  return ["cli", "config", "handler", "rules", "stacks"].every((folder) =>
    readdirSync(join(project, folder), { recursive: true, encoding: "utf8" }).every(
      (name) => statSync(join(project, folder, name)).mtimeMs <= built,
    ),
  );
}

if (!isCurrent()) {
  const { buildSync } = await import("esbuild");
  buildSync({
    absWorkingDir: project,
    entryPoints: { cli: "cli/main.ts" },
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    outdir: "build",
    logLevel: "warning",
  });
}
// The operator has no choice of the Node.js version here that the notice could change.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
await import(pathToFileURL(program).href);
