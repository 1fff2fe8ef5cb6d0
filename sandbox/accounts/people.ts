import {
  AdminGetUserCommand,
  type AdminGetUserCommandOutput,
  AdminInitiateAuthCommand,
  type AuthFlowType,
  CognitoIdentityProviderClient,
  ConfirmForgotPasswordCommand,
  ForgotPasswordCommand,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  ListUsersCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import type { Side } from "./world";

/** An application's user and an administrator, both through the official SDK. */
export interface People {
  /** @returns "tokens", or the name of the challenge or exception. */
  signIn(username: string, password: string): Promise<string>;
  /** The same from a server, with its own app client. */
  signInFromServer(clientId: string, username: string, password: string): Promise<string>;
  /** Begins a sign-in in which the password never leaves the device. @returns as {@link signIn}. */
  beginSrp(username: string): Promise<string>;
  /** "I forgot my password". @returns "sent", or the name of the exception. */
  askForCode(username: string): Promise<string>;
  /** @returns "set", or the name of the exception. */
  setPassword(username: string, password: string, code: string): Promise<string>;
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
  const { clientId: ClientId } = side;
  const initiate = (AuthFlow: AuthFlowType, AuthParameters: Record<string, string>): Promise<string> =>
    answerOf(client.send(new InitiateAuthCommand({ AuthFlow, ClientId, AuthParameters })));
  return {
    signIn: (USERNAME, PASSWORD) => initiate("USER_PASSWORD_AUTH", { USERNAME, PASSWORD }),
    signInFromServer: (serverClientId, USERNAME, PASSWORD) => {
      const given = { UserPoolId: userPoolId, ClientId: serverClientId, AuthParameters: { USERNAME, PASSWORD } };
      return answerOf(client.send(new AdminInitiateAuthCommand({ AuthFlow: "ADMIN_USER_PASSWORD_AUTH", ...given })));
    },
    beginSrp: (USERNAME) => initiate("USER_SRP_AUTH", { USERNAME, SRP_A: "1" }),
    askForCode: (Username) => outcomeOf("sent", client.send(new ForgotPasswordCommand({ ClientId, Username }))),
    setPassword: (Username, Password, ConfirmationCode) =>
      outcomeOf(
        "set",
        client.send(new ConfirmForgotPasswordCommand({ ClientId, Username, Password, ConfirmationCode })),
      ),
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

async function answerOf(
  attempt: Promise<Pick<InitiateAuthCommandOutput, "AuthenticationResult" | "ChallengeName">>,
): Promise<string> {
  try {
    const { AuthenticationResult, ChallengeName } = await attempt;
    return AuthenticationResult?.AccessToken ? "tokens" : (ChallengeName ?? "nothing");
  } catch (error) {
    return (error as Error).name;
  }
}

function outcomeOf(done: string, attempt: Promise<unknown>): Promise<string> {
  return attempt.then(
    () => done,
    (error: unknown) => (error as Error).name,
  );
}
