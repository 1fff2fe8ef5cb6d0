#!/usr/bin/env node
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { programFolderProblem, runCurrentProgram } from "./current-program.mjs";
import { packageProblem } from "./packages.mjs";
import { begin, refuse } from "./platform.mjs";

const project = dirname(dirname(fileURLToPath(import.meta.url)));

if (begin()) {
  const problem = packageProblem(project) ?? programFolderProblem(project);
  if (problem === undefined) await runCurrentProgram(project);
  else refuse(problem);
}
