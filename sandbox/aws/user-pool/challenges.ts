import { type AppClient, allowsFlow, hidesUsers } from "./app-clients";
import { answerChoice, chooseFactor } from "./choice";
import { invalidParameter, notAuthorized } from "./exception";
import { type Body, map, optionalMap, parameter, text } from "./input";
import type { Operation, Operations } from "./operation";
import { checkPassword } from "./passwords";
import { refreshTokens } from "./refresh";
import { challenged, challengeFor, secretHashChecked, signedIn, userOf, withPassword } from "./sign-in";
import { answerVerifier, verifierChallenge } from "./srp-sign-in";
import type { User } from "./user";
import { folded } from "./user-names";
import type { UserPool } from "./user-pool";

const CHOICES = ["SELECT_CHALLENGE", "PASSWORD", "PASSWORD_SRP"];

type Challenge = (pool: UserPool, user: User, answers: Readonly<Record<string, string>>) => User;

const byCode =
  (member: string): Challenge =>
  (pool, user, answers) => {
    pool.codes.use(user, parameter(answers, member), "second factor");
    return user;
  };

/** What each challenge wants to hear. @returns the user who has passed it. @throws what the client sees otherwise. */
const CHALLENGES: Readonly<Record<string, Challenge>> = {
  NEW_PASSWORD_REQUIRED: (pool, user, answers) => {
    const password = parameter(answers, "NEW_PASSWORD");
    checkPassword(pool.settings, password);
    return pool.users.change(user, { password, status: "CONFIRMED" });
  },
  SMS_MFA: byCode("SMS_MFA_CODE"),
  EMAIL_OTP: byCode("EMAIL_OTP_CODE"),
  SOFTWARE_TOKEN_MFA: (pool, user, answers) => {
    pool.authenticators.use(user, parameter(answers, "SOFTWARE_TOKEN_MFA_CODE"));
    return user;
  },
  /** After VerifySoftwareToken. */
  MFA_SETUP: (pool, user) => {
    if (!pool.authenticators.isVerified(user)) throw notAuthorized("The user has set up no second factor.");
    return pool.users.change(user, { mfa: [...new Set([...user.mfa, "SOFTWARE_TOKEN_MFA"])] });
  },
};

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_RespondToAuthChallenge.html */
const respond: Operation = async (pool, body) => {
  const client = pool.clients.get(text(body, "ClientId"));
  const name = text(body, "ChallengeName");
  const answers = map(body, "ChallengeResponses");
  const userName = secretHashChecked(client, answers);
  // Its secret block says which sign-in it is of: the challenge needs no session.
  if (name === "PASSWORD_VERIFIER") return answerVerifier(pool, client, answers, body);
  const session = text(body, "Session");
  const opened = pool.sessions.get(session, { clientId: client.ClientId, challenge: name });
  if (who(pool, opened.username) !== who(pool, userName)) throw notAuthorized("Invalid session for the user.");
  if (CHOICES.includes(name)) {
    pool.sessions.end(session);
    return answerChoice(pool, client, { userName: opened.username, challenge: name, answers, body });
  }
  const user = userOf(pool, opened);
  if (name === "SELECT_MFA_TYPE") {
    pool.sessions.end(session);
    return select(pool, user, client, answers);
  }
  const answer = CHALLENGES[name];
  if (answer === undefined) throw invalidParameter(`the sandbox takes no answer to ${name}`);
  const passed = answer(pool, user, answers);
  pool.sessions.end(session);
  const next = name === "NEW_PASSWORD_REQUIRED" ? challengeFor(pool, passed) : undefined;
  if (next !== undefined) return challenged(pool, passed, client, next);
  const source = name === "NEW_PASSWORD_REQUIRED" ? "NewPasswordChallenge" : "Authentication";
  return signedIn(pool, passed, client, { source, clientMetadata: optionalMap(body, "ClientMetadata") });
};

/** By any of the names that a user has; nobody's by how it was typed. */
const who = ({ users, naming }: UserPool, name: string): string => users.find(name)?.username ?? folded(naming, name);

function select(pool: UserPool, user: User, client: AppClient, answers: Body): object {
  const factor = parameter(answers, "ANSWER");
  if (!user.mfa.includes(factor)) throw invalidParameter(`${factor} is none of the user's second factors`);
  return challenged(pool, user, client, factor);
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html */
const FLOWS = {
  InitiateAuth: ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH"],
  AdminInitiateAuth: ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH", "USER_SRP_AUTH", "USER_AUTH"],
};

export const SIGN_IN_OPERATIONS: Operations = {
  InitiateAuth: signIn("InitiateAuth"),
  AdminInitiateAuth: signIn("AdminInitiateAuth"),
  RespondToAuthChallenge: respond,
  AdminRespondToAuthChallenge: respond,
};

function signIn(operation: keyof typeof FLOWS): Operation {
  return (pool, body) => {
    const client = pool.clients.get(text(body, "ClientId"));
    const flow = text(body, "AuthFlow");
    if (flow === "REFRESH_TOKEN_AUTH" || flow === "REFRESH_TOKEN") return refreshTokens(pool, client, body);
    if (!FLOWS[operation].includes(flow)) throw invalidParameter(`Initiate Auth method not supported: ${flow}`);
    if (!allowsFlow(client, flow))
      throw invalidParameter(
        operation === "InitiateAuth"
          ? `${flow} flow not enabled for this client`
          : "Auth flow not enabled for this client",
      );
    if (flow === "USER_AUTH") return chooseFactor(pool, client, body);
    const parameters = map(body, "AuthParameters");
    const userName = secretHashChecked(client, parameters);
    if (flow === "USER_SRP_AUTH")
      return verifierChallenge(pool, client, { userName, parameters, body, hides: hidesUsers(client) });
    return withPassword(pool, client, { userName, password: parameter(parameters, "PASSWORD"), body, migrates: true });
  };
}
