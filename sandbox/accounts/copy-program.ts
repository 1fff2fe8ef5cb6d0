import { cpSync, mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/** What it takes to run the program, by its built and by its unbuilt way. */
const PROGRAM = [
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

/** Copies the program into a folder of its own, with build/main.js, so that no run's output is another's input. */
export function copyProgram(root: string, directory: string): void {
  for (const name of PROGRAM) cpSync(join(root, name), join(directory, name), { recursive: true });
  mkdirSync(join(directory, "build"));
  cpSync(join(root, "build/main.js"), join(directory, "build/main.js"));
  symlinkSync(join(root, "node_modules"), join(directory, "node_modules"));
}
