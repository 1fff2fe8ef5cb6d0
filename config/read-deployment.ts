import { type Deployment, type Environment, parseDeployment } from "./deployment";
import { dotenvText } from "./dotenv-file";
import { readEnvironment } from "./environment";

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
  return parseDeployment(environment, problems);
}
