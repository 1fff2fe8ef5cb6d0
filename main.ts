import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { App } from "cdktf";
import { BUILD, outputFolder } from "./config/command-lines";
import { checkLocalStates } from "./config/local-states";
import { readDeployment } from "./config/read-deployment";
import { SettingsError } from "./config/settings-error";
import { chosenFile, findSettingsFile } from "./config/settings-file";
import { STACKS, type StackName } from "./config/stacks";
import { visibleLines } from "./config/visible";
import { NoHandlerArchive, readHandlerArchive } from "./constructs/handler-archive";
import { forgetOther, knowsState, remembered } from "./stacks/backend-cache";
import { DestinationStack } from "./stacks/destination";
import { refuseHcl, removeLeftOvers, whatIsStillThere, whatWasWritten } from "./stacks/output-folder";
import { SourceStack } from "./stacks/source";

/** The folder of cdktf.json: the CLI runs the app there, and paths in the output are relative to it. */
const root = process.cwd();

/** From this program's folder on: build.mjs says it. */
declare const HANDLER_ZIP: string;
declare const TOKEN_ZIP: string;

/** As the CDKTF command line says, before there is an app, which would make it. */
const outdir = outputFolder(process.env);

/** Nothing that is written steers the terminal, whoever it comes from. */
const shown = (text: string): string => visibleLines(text, false);
/** What is no error goes to standard output: the CDKTF command line calls every line of the other an error. */
const say = (text: string): void => console.log(shown(text));

/** What lies beside the project keeps anybody from planning. The message is for people and complete. */
class StateError extends Error {}

function synthesize(): void {
  refuseHcl(process.env);
  const folder = { read: (name: string) => readFileSync(name), names: () => readdirSync(root) };
  const file = findSettingsFile(chosenFile(process.env), folder);
  const { source, destination } = readDeployment(process.env, file, say);
  const { migration } = source;

  const before = { source: remembered(outdir, "source"), destination: remembered(outdir, "destination") };
  const states = checkLocalStates(
    readdirSync(root),
    (name) => readFileSync(name, "utf8"),
    { ...source, destinationUserPoolId: destination?.userPool.id },
    (stack) => knowsState(before[stack], migration),
  );
  if (states.refusals.length > 0) throw new StateError(states.refusals.join("\n"));
  for (const notice of states.notices) say(notice);

  const archiveOf = (zip: string): Uint8Array => readHandlerArchive(resolve(__dirname, zip), BUILD);
  const archives = destination && { handler: archiveOf(HANDLER_ZIP), token: archiveOf(TOKEN_ZIP) };
  // cdktf makes a folder only where the one above it is.
  mkdirSync(outdir, { recursive: true });
  // cdktf's validations want a terraform binary for the cloud block; `required_version` in the output asks for the same.
  const app = new App({ outdir, skipValidation: source.state.kind === "cloud" });
  new SourceStack(app, "source", source);
  if (destination && archives) new DestinationStack(app, "destination", destination, archives);
  const made: readonly StackName[] = destination ? STACKS : ["source"];
  removeLeftOvers(outdir, made);
  app.synth();
  for (const stack of made) forgetOther(outdir, stack, before[stack], migration);

  say(whatWasWritten(outdir, made));
  if (!destination) say("Stack destination is left out: set DESTINATION_USER_POOL_ARN to synthesize it.");
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof SettingsError || error instanceof StateError || error instanceof NoHandlerArchive))
    throw error;
  const still = whatIsStillThere(outdir);
  console.error(shown([error.message, "Nothing was written.", ...(still === undefined ? [] : [still])].join("\n")));
  process.exitCode = 1;
}
