import { type Deployment, type Environment, parseDeployment } from "./deployment";
import { dotenvText } from "./dotenv-file";
import { readEnvironment } from "./environment";
import { isKnownRegion, nearestRegion } from "./regions";

/**
 * Reads the settings of both programs, from the environment and `.env`.
 *
 * @param dotenv Bytes of `.env`; undefined when there is none.
 * @param say Hears what is worth knowing and no reason to stop.
 * @throws {SettingsError} with every problem at once.
 */
export function readDeployment(
  processEnvironment: Environment,
  dotenv: Uint8Array | undefined,
  say: (line: string) => void,
): Deployment {
  const { environment, ignored, problems } = readEnvironment(processEnvironment, dotenv && dotenvText(dotenv));
  for (const name of ignored) say(`.env: ${name} is no setting and is ignored.`);
  const deployment = parseDeployment(environment, problems);
  for (const region of regionsOf(deployment))
    if (!isKnownRegion(region))
      say(
        `Region ${region} is newer than this program, or a typing error: the nearest that it knows is ${nearestRegion(region)}.`,
      );
  return deployment;
}

function regionsOf({ source, destination }: Deployment): Set<string> {
  const { sourceRegion, state } = source;
  const regions = [sourceRegion, destination?.userPool.region, state.kind === "s3" ? state.region : undefined];
  return new Set(regions.filter((region) => region !== undefined));
}
