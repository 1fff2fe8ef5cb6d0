/** What of an app client tells who signs in through it. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html */
export interface DescribedAppClient {
  readonly AllowedOAuthFlows?: unknown;
  readonly ClientType?: unknown;
  readonly ExplicitAuthFlows?: unknown;
}

/** Whom an app client is for: who is to send passwords through it without anybody naming it, and who is not. */
export type Audience = "people" | "machines" | "third_party" | "server";

/** Why an app client is left alone, after its name. */
export const LEFT_ALONE: Readonly<Record<Exclude<Audience, "people">, string>> = {
  machines: "is for machines (client_credentials alone)",
  third_party: "registered itself (DCR): a third party would see passwords",
  server: "is for a server (ADMIN_USER_PASSWORD_AUTH), which calls the trigger already",
};

/** Flows by both of their names, from before `ALLOW_` and since. */
export const hasPasswordFlow = (flows: readonly string[]): boolean =>
  flows.includes("ALLOW_USER_PASSWORD_AUTH") || flows.includes("USER_PASSWORD_AUTH");

/**
 * Whether a server can sign users in with their passwords, which calls the trigger like an app that sends them. It takes IAM
 * credentials, so anybody who knows the client's id cannot.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-import-using-lambda.html
 */
export const hasServerFlow = (flows: readonly string[]): boolean =>
  flows.includes("ALLOW_ADMIN_USER_PASSWORD_AUTH") || flows.includes("ADMIN_NO_SRP_AUTH");

/**
 * The one rule for `preflight`, which recommends the password flow, and `attach --all-clients`, which gives it. A third party is
 * told no password, whatever its app client may do; a machine that sends passwords is none.
 */
export function audienceOf({ AllowedOAuthFlows, ClientType, ExplicitAuthFlows }: DescribedAppClient): Audience {
  const [oauth, flows] = [texts(AllowedOAuthFlows), texts(ExplicitAuthFlows)];
  if (ClientType === "DCR") return "third_party";
  if (hasPasswordFlow(flows)) return "people";
  if (oauth.length > 0 && oauth.every((flow) => flow === "client_credentials")) return "machines";
  return hasServerFlow(flows) ? "server" : "people";
}

const texts = (given: unknown): readonly string[] => (Array.isArray(given) ? given.map(String) : []);
