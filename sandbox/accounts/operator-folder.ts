import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHOOSERS } from "../../config/each-setting";
import type { Environment } from "../../config/settings";
import { SETTING_NAMES } from "../../config/settings";
import { quoted } from "../../config/shell";
import type { PaperWorld } from "./from-synth";
import { operatorEnvironment, writeCredentials } from "./operator-environment";
import { temporaryFolder } from "./temporary-folder";

export interface OperatorFolder {
  /** With this the operator's commands work in the project's folder. */
  readonly environment: Readonly<Record<string, string>>;
  /** For a shell to source: that environment. */
  readonly environmentFile: string;
  remove(): void;
}

/** Makes a folder with a profile for each account. It is removed however this process ends. */
export function openOperatorFolder(world: PaperWorld): OperatorFolder {
  const { directory, remove } = temporaryFolder("cognito-migration-operator-");
  writeCredentials(world, directory);
  const regions = Object.entries({ source: world.source.region, destination: world.destination.region });
  // For the AWS CLI; the operator's program knows the Regions from its settings.
  writeFileSync(
    join(directory, "config"),
    regions.map(([name, region]) => `[profile ${name}]\nregion = ${region}\n`).join("\n"),
  );
  // Another sandbox has the same user pools again: nothing that was done to these may be undone, or gone on with, there.
  const environment = {
    ...operatorEnvironment(world, directory),
    COGNITO_MIGRATION_DIRECTORY: join(directory, "files"),
  };
  const environmentFile = join(directory, "environment.sh");
  writeFileSync(environmentFile, forShell(environment), { mode: 0o600 });
  return { environment, environmentFile, remove };
}

/**
 * All that the shell has set for AWS or for a migration goes, an earlier sandbox's with it: a profile or an endpoint would mean
 * something else, and real credentials could come in. What is for AWS is told by its name, in whatever shell this is.
 * https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
const forShell = (environment: Readonly<Record<string, string>>): string =>
  [
    `eval "$(env | sed -n 's/^\\(AWS_[A-Za-z0-9_]*\\)=.*/unset \\1/p')"`,
    `unset ${[...CHOOSERS, ...SETTING_NAMES].join(" ")}`,
    ...Object.entries(environment).map(([name, value]) => `export ${name}=${quoted(value)}`),
    "",
  ].join("\n");

/** Settings of the operator's own `.env` that count besides these. */
export const settingsBesides = (ofDotenv: Environment, environment: Readonly<Record<string, string>>): string[] =>
  SETTING_NAMES.filter((name) => ofDotenv[name] && environment[name] === undefined);
