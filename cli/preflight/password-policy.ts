import type { PasswordPolicyType } from "@aws-sdk/client-cognito-identity-provider";

/** What Cognito asks for without a policy, and at least: https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html */
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
