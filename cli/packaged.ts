import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { EXAMPLE_FILE } from "../config/default-file";
import { workFolder } from "./program/project-folder";
import { start } from "./start";

declare const VERSION: string;
/** Of the zip that is in the package. */
declare const CODE_SHA256: string;
declare const TOKEN_CODE_SHA256: string;

/** The program of the npm package is dist/cli.mjs, and this a file of dist/cli. */
const home = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

start({
  version: VERSION,
  folder: workFolder,
  isPackage: true,
  settingsExample: join(home, EXAMPLE_FILE),
  codeSha256: async () => CODE_SHA256,
  tokenCodeSha256: async () => TOKEN_CODE_SHA256,
});
