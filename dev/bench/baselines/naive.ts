import { CognitoIdentityProviderClient } from "@aws-sdk/client-cognito-identity-provider";
import { STSClient } from "@aws-sdk/client-sts";
import { assumeRole, type MigrationEvent, migrate, SOURCE_REGION } from "./migrate";

/** New clients and a new session for every user, as the shortest code does. */
export async function handler(event: MigrationEvent): Promise<MigrationEvent> {
  const credentials = await assumeRole(new STSClient({}));
  return migrate(new CognitoIdentityProviderClient({ region: SOURCE_REGION, credentials }), event);
}
