import { type Deployment, parseDeployment } from "./deployment";
import { readEnvironment } from "./environment";
import { isKnownRegion, nearestRegion } from "./regions";
import type { Environment } from "./settings";
import { inFile, SettingsError, withoutFile } from "./settings-error";
import type { SettingsFile } from "./settings-file";

/**
 * Reads the settings of both programs, from the environment and a file, and says which migration it is, and what else is worth knowing.
 *
 * @throws {SettingsError} with every problem at once.
 */
export function readDeployment(
  processEnvironment: Environment,
  file: SettingsFile,
  say: (line: string) => void,
): Deployment {
  const { environment, ignored, added, overruled, problems } = readEnvironment(processEnvironment, file);
  for (const name of ignored) say(`${file.name}: ${name} is no setting and is ignored.`);
  const { others = [] } = file;
  if (others.length > 0) say(`Not read, as neither SETTINGS_FILE nor --settings names one: ${others.join(", ")}.`);
  const deployment = parseKnowing(file, environment, problems);
  say(`Migration ${deployment.source.migration}, by ${file.bytes === undefined ? "the environment" : file.name}.`);
  if (overruled.length > 0) say(`The environment overrides ${file.name}: ${overruled.join(", ")}.`);
  if (added.length > 0) say(`The environment adds what ${file.name} does not say: ${added.join(", ")}.`);
  for (const region of regionsOf(deployment))
    if (!isKnownRegion(region)) {
      const near = nearestRegion(region);
      const hint = near === undefined ? "" : `: the nearest that it knows is ${near}`;
      say(`Region ${region} is newer than this program, or a typing error${hint}.`);
    }
  return deployment;
}

/** Whoever has a file is not told to make one. */
function parseKnowing(file: SettingsFile, ...settings: Parameters<typeof parseDeployment>): Deployment {
  try {
    return parseDeployment(...settings);
  } catch (error) {
    if (!(error instanceof SettingsError)) throw error;
    throw new SettingsError(error.problems, file.bytes === undefined ? withoutFile(file.example) : inFile(file.name));
  }
}

function regionsOf({ source, destination }: Deployment): Set<string> {
  const { sourceRegion, state } = source;
  const regions = [sourceRegion, destination?.userPool.region, state.settings.STATE_REGION];
  return new Set(regions.filter((region) => region !== undefined));
}
