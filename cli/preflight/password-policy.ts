import type { PasswordPolicyType } from "@aws-sdk/client-cognito-identity-provider";

/** The least that a policy can ask for: https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_PasswordPolicyType.html */
const SHORTEST = 6;

const KINDS = {
  RequireUppercase: "upper-case letters",
  RequireLowercase: "lower-case letters",
  RequireNumbers: "digits",
  RequireSymbols: "symbols",
} as const;

/** What the destination's policy demands and the source's does not. */
export function stricterRules(source: PasswordPolicyType = {}, destination: PasswordPolicyType = {}): string[] {
  const { MinimumLength: here = SHORTEST } = source;
  const { MinimumLength: there = SHORTEST } = destination;
  const kinds = (Object.keys(KINDS) as (keyof typeof KINDS)[]).filter((kind) => destination[kind] && !source[kind]);
  return [...(there > here ? [`${there} characters instead of ${here}`] : []), ...kinds.map((kind) => KINDS[kind])];
}
