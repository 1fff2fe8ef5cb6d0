import { type AppClient, hidesUsers } from "./app-clients";
import { invalidParameter, notAuthorized } from "./exception";
import { type Body, text } from "./input";
import { challenged, challengeFor, nobody, refuseWhateverThePassword, tokensFor, WRONG } from "./sign-in";
import { canonicalTimestamp } from "./srp";
import type { UserPool } from "./user-pool";

/**
 * The first step of a sign-in by SRP. The user migration trigger is not called: there is no password to migrate by.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-import-using-lambda.html
 *
 * @param hides Whether nobody gets a challenge, too.
 */
export function verifierChallenge(
  pool: UserPool,
  client: AppClient,
  parameters: Body,
  userName: string,
  hides = hidesUsers(client),
): object {
  const found = pool.users.find(userName);
  const user = found?.status === "EXTERNAL_PROVIDER" ? undefined : found;
  if (user === undefined && !hides) throw nobody(client);
  if (user !== undefined) refuseWhateverThePassword(user);
  const ChallengeParameters = pool.secretBlocks.start(srpA(parameters), userName, client.ClientId, user);
  if (ChallengeParameters === undefined) throw invalidParameter("Invalid SRP_A");
  return { ChallengeName: "PASSWORD_VERIFIER", ChallengeParameters };
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html */
export function answerVerifier(pool: UserPool, client: AppClient, answers: Body): object | Promise<object> {
  const claim = {
    block: parameter(answers, "PASSWORD_CLAIM_SECRET_BLOCK"),
    signature: parameter(answers, "PASSWORD_CLAIM_SIGNATURE"),
    timestamp: parameter(answers, "TIMESTAMP"),
  };
  if (canonicalTimestamp(claim.timestamp) === undefined)
    throw invalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
  const username = pool.secretBlocks.finish(claim, client.ClientId);
  const user = username === undefined ? undefined : pool.users.find(username);
  if (user === undefined || pool.users.find(text(answers, "USERNAME"))?.username !== username)
    throw notAuthorized(WRONG);
  refuseWhateverThePassword(user);
  const challenge = challengeFor(pool, user);
  return challenge === undefined ? tokensFor(pool, user, client.ClientId) : challenged(pool, user, client, challenge);
}

const srpA = (parameters: Body): string => parameter(parameters, "SRP_A");

function parameter(parameters: Body, name: string): string {
  const value = parameters[name];
  if (typeof value !== "string" || value === "") throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}
