import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { EXAMPLE_FILE } from "../config/default-file";
import { projectFolder, projectOf } from "./program/project-folder";
import { start } from "./start";

/** Of the zip that build.mjs has made beside this program; undefined: of none. */
declare const CODE_SHA256: string | undefined;
declare const TOKEN_CODE_SHA256: string | undefined;

/** Its sources are there, wherever the operator stands. */
const project = projectOf(__dirname);
const { version } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { version: string };

/** Made anew where it is asked for: sources and packages may be other than at the last start. */
async function ofSources(hash: "codeSha256" | "tokenCodeSha256"): Promise<string> {
  const build = (await import(pathToFileURL(join(project, "build.mjs")).href)) as typeof import("../build.mjs");
  return build[hash](project);
}

start({
  version,
  folder: projectFolder,
  settingsExample: EXAMPLE_FILE,
  codeSha256: async () => CODE_SHA256 ?? ofSources("codeSha256"),
  tokenCodeSha256: async () => TOKEN_CODE_SHA256 ?? ofSources("tokenCodeSha256"),
});
