import { type AppClient, allowsFlow, checkSecretHash } from "./app-clients";
import { AwsException, invalidParameter, notAuthorized } from "./exception";
import { type Body, map, optionalMap, optionalText, parameter, text } from "./input";
import type { Operations } from "./operation";
import { tokensFor } from "./token-generation";
import type { SignIn } from "./tokens";
import type { User } from "./user";
import type { UserPool } from "./user-pool";

/** What becomes of tokens after a sign-in, with no more than a token of the user. */
export const TOKEN_OPERATIONS: Operations = { GetTokensFromRefreshToken, RevokeToken };

/** REFRESH_TOKEN_AUTH, which an app client has that does not rotate its refresh tokens. */
export async function refreshTokens(pool: UserPool, client: AppClient, body: Body): Promise<object> {
  if (!allowsFlow(client, "REFRESH_TOKEN_AUTH")) throw invalidParameter("Auth flow not enabled for this client");
  if (rotates(client))
    throw new AwsException(
      "UnsupportedOperationException",
      "Refresh tokens of this client are renewed by GetTokensFromRefreshToken.",
    );
  const parameters = map(body, "AuthParameters");
  const signIn = pool.tokens.signInOf(parameter(parameters, "REFRESH_TOKEN"), client);
  const user = userOf(pool, signIn);
  checkSecretHash(client, user.username, parameters["SECRET_HASH"]);
  return tokensFor(pool, user, client, { source: "RefreshTokens" }, signIn);
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_GetTokensFromRefreshToken.html */
async function GetTokensFromRefreshToken(pool: UserPool, body: Body): Promise<object> {
  const client = withSecret(pool, body);
  const refreshToken = text(body, "RefreshToken");
  const signIn = pool.tokens.signInOf(refreshToken, client);
  const occasion = { source: "RefreshTokens", clientMetadata: optionalMap(body, "ClientMetadata") } as const;
  const { AuthenticationResult: tokens } = await tokensFor(pool, userOf(pool, signIn), client, occasion, signIn);
  const RefreshToken = rotates(client) ? pool.tokens.rotate(refreshToken) : undefined;
  return { AuthenticationResult: { ...tokens, RefreshToken } };
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RevokeToken.html */
function RevokeToken(pool: UserPool, body: Body): object {
  const client = withSecret(pool, body);
  const token = text(body, "Token");
  if (client.settings.EnableTokenRevocation !== true)
    throw new AwsException("UnsupportedOperationException", "Token revocation is not enabled for this client.");
  if (token.split(".").length === 3)
    throw new AwsException("UnsupportedTokenTypeException", "Only refresh tokens can be revoked.");
  // As RFC 7009 has it: who wants a token to be worth nothing has what he wants when it is worth nothing.
  pool.tokens.revoke(token, client);
  return {};
}

/** These two take the secret itself, and no hash of it. */
function withSecret(pool: UserPool, body: Body): AppClient {
  const client = pool.clients.get(text(body, "ClientId"));
  if (client.ClientSecret !== optionalText(body, "ClientSecret"))
    throw notAuthorized(`Unable to verify secret for client ${client.ClientId}`);
  return client;
}

const rotates = ({ settings }: AppClient): boolean => settings.RefreshTokenRotation?.Feature === "ENABLED";

function userOf(pool: UserPool, { sub }: SignIn): User {
  const user = pool.users.find(sub);
  if (user === undefined || !user.enabled) throw notAuthorized("Refresh Token has been revoked");
  return user;
}
