import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "dotenv";
import { SETTING_NAMES } from "../../config/settings";
import type { PaperWorld } from "./from-synth";
import { operatorEnvironment, writeCredentials } from "./operator-environment";

export interface OperatorFolder {
  /** With this the operator's commands work in the project's folder. */
  readonly environment: Readonly<Record<string, string>>;
  /** For a shell to source: that environment. */
  readonly environmentFile: string;
  remove(): void;
}

/** Makes a folder with a profile for each account. It is removed however this process ends. */
export function openOperatorFolder(world: PaperWorld): OperatorFolder {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-operator-"));
  const remove = (): void => {
    rmSync(directory, { recursive: true, force: true });
    process.off("exit", remove);
  };
  process.once("exit", remove);
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
 * What the operator's shell may have set, and would make a profile, an endpoint or the settings mean something else, or bring
 * real credentials in. https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html
 */
const IN_THE_WAY = [
  "AWS_ACCESS_KEY_ID",
  "AWS_SECRET_ACCESS_KEY",
  "AWS_SESSION_TOKEN",
  "AWS_PROFILE",
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "AWS_ENDPOINT_URL",
  "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
  "AWS_USE_DUALSTACK_ENDPOINT",
  "AWS_USE_FIPS_ENDPOINT",
  "SETTINGS_FILE",
  ...SETTING_NAMES,
];

const forShell = (environment: Readonly<Record<string, string>>): string =>
  [
    `unset ${IN_THE_WAY.join(" ")}`,
    ...Object.entries(environment).map(([name, value]) => `export ${name}='${value.replaceAll("'", "'\\''")}'`),
    "",
  ].join("\n");

/** Settings of the operator's own `.env` that count besides these. */
export function settingsBesides(root: string, environment: Readonly<Record<string, string>>): string[] {
  const file = join(root, ".env");
  const own = existsSync(file) ? parse(readFileSync(file, "utf8")) : {};
  return SETTING_NAMES.filter((name) => own[name] && environment[name] === undefined);
}
