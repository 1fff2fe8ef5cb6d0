import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";

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
