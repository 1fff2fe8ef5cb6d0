import { existsSync, readFileSync } from "node:fs";
import { App } from "cdktf";
import type { StackName } from "./config/deployment";
import { readDeployment } from "./config/read-deployment";
import { SettingsError } from "./config/settings-error";
import { DestinationStack } from "./stacks/destination";
import { buildHandlerArchive } from "./stacks/handler-archive";
import { refuseHcl } from "./stacks/hcl-output";
import { removeLeftOvers, whatWasWritten } from "./stacks/output-folder";
import { SourceStack } from "./stacks/source";

/** The folder of cdktf.json: the CLI runs the app there, and paths in the output are relative to it. */
const root = process.cwd();

/** What is no error goes to standard output: the CDKTF command line calls every line of the other an error. */
function synthesize(): void {
  refuseHcl(process.env);
  const file = existsSync(".env") ? readFileSync(".env") : undefined;
  const { source, destination } = readDeployment(process.env, file, console.log);

  // cdktf's validations want a terraform binary for the cloud block; `required_version` in the output asks for the same.
  const app = new App({ skipValidation: source.state.kind === "cloud" });
  new SourceStack(app, "source", source);
  if (destination) new DestinationStack(app, "destination", destination, buildHandlerArchive(root));
  const made: StackName[] = destination ? ["source", "destination"] : ["source"];
  removeLeftOvers(app.outdir, made);
  app.synth();

  console.log(whatWasWritten(app.outdir, made));
  if (!destination) console.log("Stack destination is left out: set DESTINATION_USER_POOL_ARN to synthesize it.");
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(`${error.message}\nNothing was written.`);
  process.exitCode = 1;
}
