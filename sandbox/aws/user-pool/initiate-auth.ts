import { allowsFlow, hidesUsers } from "./app-clients";
import { chooseFactor } from "./choice";
import { invalidParameter } from "./exception";
import { map, parameter, text } from "./input";
import type { Operation, Operations } from "./operation";
import { refreshTokens } from "./refresh";
import { secretHashChecked, withPassword } from "./sign-in";
import { verifierChallenge } from "./srp-sign-in";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html */
const FLOWS = {
  InitiateAuth: ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH"],
  AdminInitiateAuth: ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH", "USER_SRP_AUTH", "USER_AUTH"],
} as const;

export const SIGN_IN_OPERATIONS: Operations = {
  InitiateAuth: signIn("InitiateAuth"),
  AdminInitiateAuth: signIn("AdminInitiateAuth"),
};

function signIn(operation: keyof typeof FLOWS): Operation {
  return (pool, body) => {
    const client = pool.clients.get(text(body, "ClientId"));
    const flow = text(body, "AuthFlow");
    if (flow === "REFRESH_TOKEN_AUTH" || flow === "REFRESH_TOKEN") return refreshTokens(pool, client, body);
    const flows: readonly string[] = FLOWS[operation];
    if (!flows.includes(flow)) throw invalidParameter(`Initiate Auth method not supported: ${flow}`);
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
