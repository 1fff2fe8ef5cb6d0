import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { EXAMPLE_FILE } from "../config/default-file";
import { projectFolder, projectOf } from "./program/project-folder";
import { start } from "./start";

/** Of the zip that build.mjs has made beside this program; undefined: of none. */
declare const CODE_SHA256: string | undefined;

/** Its sources are there, wherever the operator stands. */
const project = projectOf(__dirname);
const { version } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { version: string };

/** Made anew where it is asked for: sources and packages may be other than at the last start. */
async function codeSha256OfSources(): Promise<string> {
  const build = pathToFileURL(join(project, "build.mjs")).href;
  const { codeSha256 } = (await import(build)) as typeof import("../build.mjs");
  return codeSha256(project);
}

start({
  version,
  folder: projectFolder,
  settingsExample: EXAMPLE_FILE,
  codeSha256: async () => CODE_SHA256 ?? codeSha256OfSources(),
});
