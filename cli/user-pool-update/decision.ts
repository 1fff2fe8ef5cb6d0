import type { Change } from "./change";
import type { JsonObject } from "./json";

/** What a command wants to change, why it cannot, and what the operator should know. */
export interface Decision {
  /** In this order. A change whose value is there already is left out later. */
  readonly changes: readonly Change[];
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/**
 * Whether people sign in to apps through this client. Clients of machines have no users; clients that apps registered by
 * themselves belong to third parties, who are not to see passwords.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
 */
export function isForPeople(client: JsonObject): boolean {
  const oauth = client["AllowedOAuthFlows"];
  const isMachine = Array.isArray(oauth) && oauth.length === 1 && oauth[0] === "client_credentials";
  return !isMachine && client["ClientType"] !== "DCR";
}
