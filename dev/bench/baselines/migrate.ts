import {
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  type CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { AssumeRoleCommand, type STSClient } from "@aws-sdk/client-sts";

/** As much of the trigger's event as the baselines touch. */
export interface MigrationEvent {
  readonly userName: string;
  readonly request: { readonly password: string };
  readonly response: {
    userAttributes: Record<string, string> | null;
    finalUserStatus: string | null;
    messageAction: string | null;
  };
}

export const SOURCE_REGION = process.env["SOURCE_REGION"] ?? "";

export async function assumeRole(sts: STSClient) {
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: process.env["SOURCE_ROLE_ARN"],
      RoleSessionName: "migration",
      ExternalId: process.env["EXTERNAL_ID"],
    }),
  );
  if (!Credentials?.AccessKeyId || !Credentials.SecretAccessKey || !Credentials.SessionToken)
    throw new Error("STS gave no credentials");
  return {
    accessKeyId: Credentials.AccessKeyId,
    secretAccessKey: Credentials.SecretAccessKey,
    sessionToken: Credentials.SessionToken,
    expiration: Credentials.Expiration ?? new Date(),
  };
}

/** The happy path, and no more of it than every such handler has. */
export async function migrate(cognito: CognitoIdentityProviderClient, event: MigrationEvent): Promise<MigrationEvent> {
  const UserPoolId = process.env["SOURCE_USER_POOL_ID"];
  await cognito.send(
    new AdminInitiateAuthCommand({
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      UserPoolId,
      ClientId: process.env["SOURCE_APP_CLIENT_ID"],
      AuthParameters: { USERNAME: event.userName, PASSWORD: event.request.password },
    }),
  );
  const user = await cognito.send(new AdminGetUserCommand({ UserPoolId, Username: event.userName }));
  const attributes = (user.UserAttributes ?? []).filter(({ Name }) => Name !== "sub");
  event.response.userAttributes = Object.fromEntries(attributes.map(({ Name, Value = "" }) => [Name, Value]));
  event.response.finalUserStatus = "CONFIRMED";
  event.response.messageAction = "SUPPRESS";
  return event;
}
