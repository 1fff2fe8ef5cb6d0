#!/usr/bin/env node
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { programFolderProblem, runCurrentProgram } from "./current-program.mjs";
import { packageProblem } from "./packages.mjs";

const project = dirname(dirname(fileURLToPath(import.meta.url)));
// The operator has no choice of the Node.js version here that the notice could change.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
const problem = packageProblem(project) ?? programFolderProblem(project);
if (problem === undefined) await runCurrentProgram(project);
else {
  console.error(problem);
  // Wrong usage, as docs/cli/README.md lists it: nothing was changed.
  process.exitCode = 2;
}
