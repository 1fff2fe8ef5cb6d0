import type { AppClient } from "./app-clients";
import { invalidParameter, notAuthorized } from "./exception";
import { type Body, optionalMap, parameter } from "./input";
import { isSame } from "./sessions";
import { challenged, challengeFor, nobody, refuseWhateverThePassword, signedIn, WRONG } from "./sign-in";
import { canonicalTimestamp } from "./srp";
import { folded } from "./user-names";
import type { UserPool } from "./user-pool";
import { preAuthentication } from "./user-triggers";

/**
 * The first step of a sign-in by SRP. The user migration trigger is not called: there is no password to migrate by.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-import-using-lambda.html
 *
 * @param hides Whether nobody gets a challenge, too.
 */
export async function verifierChallenge(
  pool: UserPool,
  client: AppClient,
  { userName, parameters, body, hides }: { userName: string; parameters: Body; body: Body; hides: boolean },
): Promise<object> {
  const found = pool.users.find(userName);
  const user = found?.status === "EXTERNAL_PROVIDER" ? undefined : found;
  await preAuthentication(pool, client, { userName, user, body });
  if (user === undefined && !hides) throw nobody(client);
  if (user !== undefined) refuseWhateverThePassword(user);
  const srpA = parameter(parameters, "SRP_A");
  const ChallengeParameters = pool.secretBlocks.start(srpA, folded(pool.naming, userName), client, user);
  if (ChallengeParameters === undefined) throw invalidParameter("Invalid SRP_A");
  return { ChallengeName: "PASSWORD_VERIFIER", ChallengeParameters };
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html */
export async function answerVerifier(pool: UserPool, client: AppClient, answers: Body, body: Body): Promise<object> {
  const block = parameter(answers, "PASSWORD_CLAIM_SECRET_BLOCK");
  const signature = parameter(answers, "PASSWORD_CLAIM_SIGNATURE");
  const time = canonicalTimestamp(parameter(answers, "TIMESTAMP"));
  if (time === undefined) throw invalidParameter("TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english.");
  const before = pool.secretBlocks.finish({ block, signature, time }, client);
  const user = pool.users.find(parameter(answers, "USERNAME"));
  if (before === undefined || user === undefined || !isSame(before, user)) throw notAuthorized(WRONG);
  refuseWhateverThePassword(user);
  const challenge = challengeFor(pool, user);
  if (challenge !== undefined) return challenged(pool, user, client, challenge);
  return signedIn(pool, user, client, {
    source: "Authentication",
    clientMetadata: optionalMap(body, "ClientMetadata"),
  });
}
