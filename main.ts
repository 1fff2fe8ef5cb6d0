import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { App } from "cdktf";
import { STACKS, type StackName } from "./config/deployment";
import { checkLocalStates } from "./config/local-states";
import { readDeployment } from "./config/read-deployment";
import { SettingsError } from "./config/settings-error";
import { findSettingsFile } from "./config/settings-file";
import { StateError } from "./config/state-error";
import { NoHandlerArchive, readHandlerArchive } from "./constructs/handler-archive";
import { forgetOther, knowsState, remembered } from "./stacks/backend-cache";
import { DestinationStack } from "./stacks/destination";
import { refuseHcl } from "./stacks/hcl-output";
import { removeLeftOvers, whatWasWritten } from "./stacks/output-folder";
import { SourceStack } from "./stacks/source";

/** The folder of cdktf.json: the CLI runs the app there, and paths in the output are relative to it. */
const root = process.cwd();

/** From this program's folder on: build.mjs says it. */
declare const HANDLER_ZIP: string;

/** As the CDKTF command line says, before there is an app, which would make it. */
const outdir = process.env["CDKTF_OUTDIR"] || "cdktf.out";

/** What is no error goes to standard output: the CDKTF command line calls every line of the other an error. */
function synthesize(): void {
  refuseHcl(process.env);
  const file = findSettingsFile(process.env["SETTINGS_FILE"], (name) => readFileSync(name));
  const { source, destination } = readDeployment(process.env, file, console.log);
  const { migration } = source;

  const before = { source: remembered(outdir, "source"), destination: remembered(outdir, "destination") };
  const states = checkLocalStates(
    readdirSync(root),
    (name) => readFileSync(name, "utf8"),
    source,
    (stack) => knowsState(before[stack], migration),
  );
  if (states.refusals.length > 0) throw new StateError(states.refusals);
  for (const notice of states.notices) console.log(notice);

  const archive = destination && readHandlerArchive(resolve(__dirname, HANDLER_ZIP));
  // cdktf's validations want a terraform binary for the cloud block; `required_version` in the output asks for the same.
  const app = new App({ outdir, skipValidation: source.state.kind === "cloud" });
  new SourceStack(app, "source", source);
  if (destination && archive) new DestinationStack(app, "destination", destination, archive);
  const made: readonly StackName[] = destination ? STACKS : ["source"];
  removeLeftOvers(outdir, made);
  app.synth();
  for (const stack of made) forgetOther(outdir, stack, before[stack], migration);

  console.log(whatWasWritten(outdir, made));
  if (!destination) console.log("Stack destination is left out: set DESTINATION_USER_POOL_ARN to synthesize it.");
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof SettingsError || error instanceof StateError || error instanceof NoHandlerArchive))
    throw error;
  console.error(`${error.message}\nNothing was written.`);
  process.exitCode = 1;
}
