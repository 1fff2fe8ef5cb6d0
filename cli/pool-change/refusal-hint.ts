import { type JsonObject, valueAt } from "../aws/json";
import type { Target } from "./change";

/** What of a user pool's update AWS refuses by an exception of its own. */
const BY_EXCEPTION: Readonly<Record<string, { readonly path: readonly string[]; readonly what: string }>> = {
  InvalidSmsRoleTrustRelationshipException: smsRole("its trust policy has to let cognito-idp.amazonaws.com assume it"),
  InvalidSmsRoleAccessPolicyException: smsRole("its permissions policy has to allow sns:Publish"),
  InvalidEmailRoleAccessPolicyException: {
    path: ["EmailConfiguration", "SourceArn"],
    what: "Cognito may not send e-mail with this identity: it has to be there, verified, and let Cognito use it",
  },
};

function smsRole(what: string): { path: readonly string[]; what: string } {
  return {
    path: ["SmsConfiguration", "SnsCallerArn"],
    what: `Cognito cannot send text messages with this role: ${what}`,
  };
}

/** Who may have changed what an update only repeats. */
const REPEATED: Readonly<Record<Target["kind"], string>> = {
  "user-pool": "such as an e-mail identity or a role that was deleted",
  "app-client": "such as an identity provider or a scope that was deleted",
};

/** Of a setting that is no longer valid, or excludes another. */
const INVALID = new Set([
  "InvalidParameterException",
  "FeatureUnavailableInTierException",
  "InvalidOAuthFlowException",
  "ScopeDoesNotExistException",
]);

/**
 * Why AWS may refuse an update that changes one setting: it checks all others, too.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-updating.html
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 *
 * @param request What was sent.
 * @returns undefined for what the exception says by itself.
 */
export function refusalHint(error: unknown, { kind }: Pick<Target, "kind">, request: JsonObject): string | undefined {
  const name = error instanceof Error ? error.name : "";
  const known = BY_EXCEPTION[name];
  const checks = `Cognito checks every setting of the ${kind === "user-pool" ? "user pool" : "app client"} at an update, those that stay as they are, too.`;
  if (known !== undefined) {
    const { path, what } = known;
    const value = valueAt(request, path);
    return `${checks} ${path.join(".")}${value === null ? "" : ` is ${value}`}: ${what}. Correct that first.`;
  }
  return INVALID.has(name)
    ? `${checks} One of them may no longer be valid, ${REPEATED[kind]}: correct it in the AWS console first.`
    : undefined;
}
