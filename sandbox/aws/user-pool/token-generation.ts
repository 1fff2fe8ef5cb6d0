import type { AppClient } from "./app-clients";
import { attributesIn, runTrigger } from "./call-trigger";
import { claimsOf, type GroupConfiguration, groupConfigurationOf, SCOPE, type TokenClaims } from "./token-claims";
import { answerMember, type EventVersion, overridden } from "./token-overrides";
import type { SignIn } from "./tokens";
import type { User } from "./user";
import type { UserPool } from "./user-pool";

export interface Occasion {
  /** Without `TokenGeneration_`. Managed login and devices are not here. */
  readonly source: "Authentication" | "NewPasswordChallenge" | "RefreshTokens";
  /** Of the answer to a challenge. That of InitiateAuth never comes here. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/**
 * Issues tokens, with what the pool's pre token generation function makes of them.
 *
 * @param renewed The sign-in, where the user had signed in before: then without a refresh token.
 * @throws what is wrong with that function: nobody signs in then.
 */
export async function tokensFor(
  pool: UserPool,
  signedIn: User,
  client: AppClient,
  occasion: Occasion,
  renewed?: SignIn,
): Promise<{ readonly ChallengeParameters: object; readonly AuthenticationResult: object }> {
  // A function may have changed the user on the way here.
  const user = pool.user(signedIn.username);
  const groups = groupConfigurationOf(pool.groups.of(user.username));
  const claims = await generated(pool, user, client, groups, occasion);
  const tokens =
    renewed === undefined
      ? pool.tokens.issue(user, client, claims)
      : pool.tokens.renewed(user, client, claims, renewed);
  return { ChallengeParameters: {}, AuthenticationResult: tokens };
}

async function generated(
  pool: UserPool,
  user: User,
  client: AppClient,
  groupConfiguration: GroupConfiguration,
  { source, clientMetadata }: Occasion,
): Promise<TokenClaims> {
  const claims = claimsOf(user, client, groupConfiguration);
  const version: EventVersion = pool.settings.LambdaConfig?.PreTokenGenerationConfig?.LambdaVersion ?? "V1_0";
  const response = await runTrigger(
    pool,
    {
      triggerSource: `TokenGeneration_${source}`,
      userName: user.username,
      clientId: client.ClientId,
      version: version.slice(1, 2),
    },
    {
      userAttributes: attributesIn(user),
      groupConfiguration,
      scopes: version === "V1_0" ? undefined : [SCOPE],
      clientMetadata,
    },
    { [answerMember(version)]: null },
  );
  return response === undefined ? claims : overridden(claims, version, response);
}
