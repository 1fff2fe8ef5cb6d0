import type { Credentials } from "../aws/credentials";

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
