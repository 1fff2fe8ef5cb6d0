import {
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  ListUsersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Side } from "./world";

/** An application's user and an administrator, both through the official SDK. */
export interface People {
  /** @returns "tokens", or the name of the challenge or exception. */
  signIn(username: string, password: string): Promise<string>;
  /** @returns undefined when the user does not exist. */
  getUser(username: string): Promise<AdminGetUserCommandOutput | undefined>;
  countUsers(): Promise<number>;
}

export function peopleOf(side: Side): People {
  const { region, userPoolId } = side;
  const client = new CognitoIdentityProviderClient({
    region,
    endpoint: side.url,
    credentials: side.administrator,
    maxAttempts: 1,
  });
  return {
    async signIn(username, password) {
      try {
        const { AuthenticationResult, ChallengeName } = await client.send(
          new InitiateAuthCommand({
            AuthFlow: "USER_PASSWORD_AUTH",
            ClientId: side.clientId,
            AuthParameters: { USERNAME: username, PASSWORD: password },
          }),
        );
        return AuthenticationResult?.AccessToken ? "tokens" : (ChallengeName ?? "nothing");
      } catch (error) {
        return (error as Error).name;
      }
    },
    async getUser(username) {
      try {
        return await client.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: username }));
      } catch (error) {
        if ((error as Error).name === "UserNotFoundException") return undefined;
        throw error;
      }
    },
    async countUsers() {
      const { Users } = await client.send(new ListUsersCommand({ UserPoolId: userPoolId }));
      return Users?.length ?? 0;
    },
  };
}
