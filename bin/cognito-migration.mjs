#!/usr/bin/env node
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { programFolderProblem, runCurrentProgram } from "./current-program.mjs";
import { packageProblem } from "./packages.mjs";
import { nodeNotice, platformProblem } from "./platform.mjs";

const project = dirname(dirname(fileURLToPath(import.meta.url)));
// Said below, once and with what to do.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= "true";
const notice = nodeNotice(process.version);
// A pipeline would keep it in every log.
if (notice !== undefined && process.stderr.isTTY) console.error(notice);
const problem = platformProblem(process.platform) ?? packageProblem(project) ?? programFolderProblem(project);
if (problem === undefined) await runCurrentProgram(project);
else {
  console.error(problem);
  // Wrong usage, as docs/cli/README.md lists it: nothing was changed.
  process.exitCode = 2;
}
