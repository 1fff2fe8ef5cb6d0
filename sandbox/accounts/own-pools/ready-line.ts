import type { PaperWorld } from "../from-synth";
import type { Side } from "../world";
import type { ShownUser } from "./expectation";

/** One line for a program that started the sandbox: where everything is, and whom to try. */
export function readyLine(
  world: PaperWorld,
  users: readonly ShownUser[],
  environment: Readonly<Record<string, string>>,
  page: string,
): string {
  const { urls: endpoints, source, destination } = world;
  return JSON.stringify({
    endpoints,
    source: sideOf(source),
    destination: sideOf(destination),
    users,
    environment,
    page,
  });
}

function sideOf({ account, region, userPoolId, clientId, administrator }: Side): object {
  const { accessKeyId, secretAccessKey, sessionToken } = administrator;
  return { account, region, userPoolId, clientId, administrator: { accessKeyId, secretAccessKey, sessionToken } };
}
