import type { AppClient } from "./app-clients";
import { invalidParameter } from "./exception";
import { type Body, map, optionalText, parameter } from "./input";
import { secretHashChecked, withPassword } from "./sign-in";
import { verifierChallenge } from "./srp-sign-in";
import type { UserPool } from "./user-pool";

/**
 * Choice-based sign-in: USER_AUTH. AWS does not say whether it calls the user migration trigger. The page of the trigger
 * names sign-in "with a password" and leaves out only sign-in without one; the page of the migration names no USER_AUTH.
 * So the pool has a switch, `migratesInUserAuth`, which is off.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-sdk.html
 */
export async function chooseFactor(pool: UserPool, client: AppClient, body: Body): Promise<object> {
  const parameters = map(body, "AuthParameters");
  const userName = secretHashChecked(client, parameters);
  const preferred = optionalText(parameters, "PREFERRED_CHALLENGE");
  return preferred !== undefined && factorsOf(pool).includes(preferred)
    ? withFactor(pool, client, { userName, factor: preferred, given: parameters, body })
    : opened(pool, client, userName, "SELECT_CHALLENGE");
}

/** The answers to SELECT_CHALLENGE, PASSWORD and PASSWORD_SRP. */
export async function answerChoice(
  pool: UserPool,
  client: AppClient,
  { userName, challenge, answers, body }: { userName: string; challenge: string; answers: Body; body: Body },
): Promise<object> {
  const factor = challenge === "SELECT_CHALLENGE" ? parameter(answers, "ANSWER") : challenge;
  if (!factorsOf(pool).includes(factor)) throw invalidParameter(`${factor} is not available for this user`);
  return withFactor(pool, client, { userName, factor, given: answers, body });
}

/** Of the first factors only those with a password. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SignInPolicyType.html */
function factorsOf({ settings }: UserPool): readonly string[] {
  const allowed = settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ["PASSWORD"];
  return allowed.includes("PASSWORD") ? ["PASSWORD", "PASSWORD_SRP"] : [];
}

async function withFactor(
  pool: UserPool,
  client: AppClient,
  { userName, factor, given, body }: { userName: string; factor: string; given: Body; body: Body },
): Promise<object> {
  const member = factor === "PASSWORD" ? "PASSWORD" : "SRP_A";
  if (optionalText(given, member) === undefined) return opened(pool, client, userName, factor);
  if (factor === "PASSWORD")
    return withPassword(pool, client, {
      userName,
      password: parameter(given, "PASSWORD"),
      body,
      migrates: pool.migratesInUserAuth,
    });
  // Whether there is such a user is never told in this flow.
  // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-managing-errors.html
  const challenge = await verifierChallenge(pool, client, { userName, parameters: given, body, hides: true });
  return { ...challenge, Session: pool.sessions.start(client, { username: userName, challenge: "PASSWORD_VERIFIER" }) };
}

function opened(pool: UserPool, client: AppClient, username: string, challenge: string): object {
  return {
    ChallengeName: challenge,
    ChallengeParameters: {},
    Session: pool.sessions.start(client, { username, challenge }),
    AvailableChallenges: factorsOf(pool),
  };
}
