import {
  AdminGetUserCommand,
  AdminInitiateAuthCommand,
  CognitoIdentityProviderClient,
} from "@aws-sdk/client-cognito-identity-provider";
import { AssumeRoleCommand, STSClient } from "@aws-sdk/client-sts";
import type { MigrationEvent } from "./migration-event";

/** Everything anew for every user: the shape of most handlers that can be found. */
export const handler = async (event: MigrationEvent): Promise<MigrationEvent> => {
  const sts = new STSClient({});
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: process.env["SOURCE_ROLE_ARN"],
      RoleSessionName: "migration",
      ExternalId: process.env["EXTERNAL_ID"],
    }),
  );
  const cognito = new CognitoIdentityProviderClient({
    region: process.env["SOURCE_REGION"] ?? "",
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    },
  });
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
