import {
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { MigrationEvent } from "./migration-event";

const sts = new STSClient({});

/** The SDK calls this at the first use and again before the credentials expire, as it does with fromTemporaryCredentials. */
const sourceRole = async () => {
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: process.env["SOURCE_ROLE_ARN"],
      RoleSessionName: "migration",
      ExternalId: process.env["EXTERNAL_ID"],
    }),
  );
  return {
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken: Credentials?.SessionToken ?? "",
    ...(Credentials?.Expiration && { expiration: Credentials.Expiration }),
  };
};

const cognito = new CognitoIdentityProviderClient({
  region: process.env["SOURCE_REGION"] ?? "",
  credentials: sourceRole,
});

/** With the care that the SDK's pages ask for: clients outside the handler, credentials kept until they expire. */
export const handler = async (event: MigrationEvent): Promise<MigrationEvent> => {
  await cognito.send(
    new AdminInitiateAuthCommand({
      AuthFlow: "ADMIN_USER_PASSWORD_AUTH",
      UserPoolId: process.env["SOURCE_USER_POOL_ID"],
      ClientId: process.env["SOURCE_APP_CLIENT_ID"],
      AuthParameters: { USERNAME: event.userName, PASSWORD: event.request.password },
    }),
  );
  const { UserAttributes = [] } = await cognito.send(
    new AdminGetUserCommand({ UserPoolId: process.env["SOURCE_USER_POOL_ID"], Username: event.userName }),
  );
  const carried = UserAttributes.filter(({ Name }) => Name !== "sub").map(({ Name, Value }) => [Name, Value]);
  event.response.userAttributes = Object.fromEntries(carried);
  event.response.finalUserStatus = "CONFIRMED";
  event.response.messageAction = "SUPPRESS";
  return event;
};
