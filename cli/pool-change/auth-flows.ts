import { hasPasswordFlow } from "../../rules/app-client";
import { type Json, type JsonObject, valueAt } from "../aws/json";

/**
 * What an app client may do that names no flows.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
 */
const DEFAULT_FLOWS: readonly string[] = ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"];

const REFRESH = "ALLOW_REFRESH_TOKEN_AUTH";
const PASSWORD = "ALLOW_USER_PASSWORD_AUTH";
const SRP = "ALLOW_USER_SRP_AUTH";

/** From before `ALLOW_`; a client has flows of one age or of the other. With these, SRP and refresh are always allowed. */
const LEGACY_PASSWORD = "USER_PASSWORD_AUTH";
const LEGACY_CUSTOM_ONLY = "CUSTOM_AUTH_FLOW_ONLY";

/** Sign-in with USER_AUTH can be by SRP as well, and by password, but AWS does not say that it calls the trigger. */
const WITHOUT_TRIGGER: readonly string[] = [SRP, "ALLOW_USER_AUTH"];
const SIGN_IN: readonly string[] = [
  PASSWORD,
  ...WITHOUT_TRIGGER,
  "ALLOW_ADMIN_USER_PASSWORD_AUTH",
  "ALLOW_CUSTOM_AUTH",
];

/**
 * An app client that rotates refresh tokens cannot have the flow that refreshes without, neither by default nor by name.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-the-refresh-token.html
 *
 * @returns the flows that are in force, as AWS spells them.
 */
export function flowsOf(client: JsonObject): readonly string[] {
  const rotates = valueAt(client, ["RefreshTokenRotation", "Feature"]) === "ENABLED";
  const named = namedFlows(client["ExplicitAuthFlows"]);
  return named.length > 0 ? named : DEFAULT_FLOWS.filter((flow) => !(rotates && flow === REFRESH));
}

/** @param flows As they stand in an app client; none by default. */
export const namedFlows = (flows: Json | undefined): readonly string[] =>
  Array.isArray(flows) ? flows.map(String) : [];

const isLegacy = (flows: readonly string[]): boolean => flows.some((flow) => !flow.startsWith("ALLOW_"));

/** Whether an app can sign in without ever calling the trigger. */
export const canPassByTrigger = (flows: readonly string[]): boolean =>
  flows.some((flow) => WITHOUT_TRIGGER.includes(flow)) || (isLegacy(flows) && !flows.includes(LEGACY_CUSTOM_ONLY));

export const nobodyCanSignIn = (flows: readonly string[]): boolean =>
  !isLegacy(flows) && !flows.some((flow) => SIGN_IN.includes(flow));

/** Whether these, sent to Cognito, would be nothing said: a client for which nothing is said gets the default flows. */
export const wouldBeDefaults = (before: readonly string[], after: readonly string[]): boolean =>
  after.length === 0 && !isLegacy(before);

/**
 * A client with flows of the old spelling stays with it: what these allow besides cannot be told in the new one without
 * guessing. https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
 *
 * @returns undefined when the client is for custom authentication alone.
 */
export function withPasswordFlow(flows: readonly string[]): readonly string[] | undefined {
  if (hasPasswordFlow(flows)) return flows;
  if (flows.includes(LEGACY_CUSTOM_ONLY)) return undefined;
  return [...flows, isLegacy(flows) ? LEGACY_PASSWORD : PASSWORD];
}

export const withoutPasswordFlow = (flows: readonly string[]): readonly string[] =>
  flows.filter((flow) => flow !== PASSWORD && flow !== LEGACY_PASSWORD);

/** SRP on, password off: how an app client is to be once everybody is there. */
export function cutOverFlows(flows: readonly string[]): readonly string[] {
  const rest = withoutPasswordFlow(flows);
  return isLegacy(flows) || rest.includes(SRP) ? rest : [...rest, SRP];
}
