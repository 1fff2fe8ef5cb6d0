import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { App } from "cdktf";
import { readDeployment } from "./config/read-deployment";
import { SettingsError } from "./config/settings-error";
import { DestinationStack } from "./stacks/destination";
import { buildHandlerArchive } from "./stacks/handler-archive";
import { SourceStack } from "./stacks/source";

/** The folder of cdktf.json: the CLI runs the app there, and paths in the output are relative to it. */
const root = process.cwd();

function synthesize(): void {
  const file = existsSync(".env") ? readFileSync(".env") : undefined;
  const { source, destination } = readDeployment(process.env, file, console.error);

  // cdktf's validations want a terraform binary for the cloud block; `required_version` in the output asks for the same.
  const app = new App({ skipValidation: source.state.kind === "cloud" });
  new SourceStack(app, "source", source);
  if (destination) new DestinationStack(app, "destination", destination, buildHandlerArchive(root));
  // What an earlier synthesis left behind would still be there to be applied.
  else rmSync(join(app.outdir, "stacks/destination/cdk.tf.json"), { force: true });
  app.synth();

  if (!destination) console.error("Stack destination is left out: set DESTINATION_USER_POOL_ARN to synthesize it.");
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(`${error.message}\nNothing was written.`);
  process.exitCode = 1;
}
