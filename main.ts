import { existsSync, readFileSync } from "node:fs";
import { App } from "cdktf";
import { parse as parseDotenv } from "dotenv";
import { parseDeployment, SettingsError } from "./config/deployment";
import { DestinationStack } from "./stacks/destination";
import { buildHandlerArchive } from "./stacks/handler-archive";
import { SourceStack } from "./stacks/source";

/** The folder of cdktf.json: the CLI runs the app there, and paths in the output are relative to it. */
const root = process.cwd();

function synthesize(): void {
  const dotenv = existsSync(".env") ? parseDotenv(readFileSync(".env")) : {};
  const { source, destination, notices } = parseDeployment({ ...dotenv, ...process.env });
  for (const notice of notices) console.error(notice);

  // cdktf's validations want a terraform binary for the cloud block; `required_version` in the output asks for the same.
  const app = new App({ skipValidation: source.state.kind === "cloud" });
  new SourceStack(app, "source", source);
  if (destination) new DestinationStack(app, "destination", destination, buildHandlerArchive(root));
  app.synth();
}

try {
  synthesize();
} catch (error) {
  if (!(error instanceof SettingsError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
