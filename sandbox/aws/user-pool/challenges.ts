import type { AppClient } from "./app-clients";
import { invalidParameter, notAuthorized } from "./exception";
import { type Body, map, optionalMap, text } from "./input";
import type { Operation, Operations } from "./operation";
import { checkPassword } from "./passwords";
import { challenged, challengeFor, signedIn } from "./sign-in";
import type { User } from "./user";
import type { UserPool } from "./user-pool";

type Answers = Readonly<Record<string, string>>;

/** What each challenge wants to hear. @returns the user who has passed it. @throws what the client sees otherwise. */
const CHALLENGES: Readonly<Record<string, (pool: UserPool, user: User, answers: Answers) => User>> = {
  NEW_PASSWORD_REQUIRED: (pool, user, answers) => {
    const password = text(answers, "NEW_PASSWORD");
    checkPassword(pool.settings, password);
    return pool.users.change(user, { password, status: "CONFIRMED" });
  },
  SMS_MFA: (pool, user, answers) => {
    pool.codes.use(user, text(answers, "SMS_MFA_CODE"));
    return user;
  },
  EMAIL_OTP: (pool, user, answers) => {
    pool.codes.use(user, text(answers, "EMAIL_OTP_CODE"));
    return user;
  },
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html */
const respond: Operation = async (pool, body) => {
  const client = pool.clients.get(text(body, "ClientId"));
  const name = text(body, "ChallengeName");
  const answers = map(body, "ChallengeResponses");
  const { username } = pool.sessions.take(text(body, "Session"), client.ClientId, name);
  if (name === "PASSWORD_VERIFIER") throw notAuthorized("Incorrect username or password.");
  const user = pool.user(username);
  if (name === "SELECT_MFA_TYPE") return select(pool, user, client, answers);
  const answer = CHALLENGES[name];
  if (answer === undefined) throw invalidParameter(`the sandbox takes no answer to ${name}`);
  const passed = answer(pool, user, answers);
  const next = name === "NEW_PASSWORD_REQUIRED" ? challengeFor(pool, passed) : undefined;
  if (next !== undefined) return challenged(pool, passed, client, next);
  const source = name === "NEW_PASSWORD_REQUIRED" ? "NewPasswordChallenge" : "Authentication";
  return signedIn(pool, passed, client, { source, clientMetadata: optionalMap(body, "ClientMetadata") });
};

function select(pool: UserPool, user: User, client: AppClient, answers: Body): object {
  const factor = text(answers, "ANSWER");
  if (!user.mfa.includes(factor)) throw invalidParameter(`${factor} is none of the user's second factors`);
  return challenged(pool, user, client, factor);
}

export const CHALLENGE_OPERATIONS: Operations = {
  RespondToAuthChallenge: respond,
  AdminRespondToAuthChallenge: respond,
};
