import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Credentials, credentialVariables } from "../aws/credentials";
import type { PaperWorld } from "./from-synth";
import { endpointVariables, type Side, type World } from "./world";

/** The environment of a program that works in one account of the world. */
export function environmentFor(world: World, { administrator, region }: Side): Readonly<Record<string, string>> {
  return { ...credentialVariables(administrator), AWS_REGION: region, ...endpointVariables(world.urls) };
}

/** What an operator's program runs with: the settings, a profile for each side, and where the world's services are. */
export function operatorEnvironment(world: PaperWorld, directory: string): Record<string, string> {
  return {
    ...world.settings,
    ...endpointVariables(world.urls),
    AWS_SHARED_CREDENTIALS_FILE: join(directory, "credentials"),
    AWS_CONFIG_FILE: join(directory, "config"),
    SOURCE_PROFILE: "source",
    DESTINATION_PROFILE: "destination",
  };
}

/** Puts the profiles of {@link operatorEnvironment} where it looks for them. */
export function writeCredentials(
  { source, destination }: PaperWorld,
  directory: string,
  inDestination: Credentials = destination.administrator,
): void {
  const profiles = { source: source.administrator, destination: inDestination };
  writeFileSync(join(directory, "credentials"), credentialsFile(profiles), { mode: 0o600 });
}

/** What a file of shared credentials holds, one profile for each account or role. */
export function credentialsFile(profiles: Readonly<Record<string, Omit<Credentials, "expiration">>>): string {
  return Object.entries(profiles)
    .map(
      ([name, { accessKeyId, secretAccessKey, sessionToken }]) => `[${name}]
aws_access_key_id = ${accessKeyId}
aws_secret_access_key = ${secretAccessKey}
aws_session_token = ${sessionToken}
`,
    )
    .join("\n");
}
