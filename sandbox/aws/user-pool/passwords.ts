import { randomBytes } from "node:crypto";
import type { PasswordPolicyType } from "@aws-sdk/client-cognito-identity-provider";
import { AwsException } from "./exception";
import type { Settings } from "./settings";

/** https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html */
const RULES = [
  ["RequireUppercase", /\p{Lu}/u, "must have uppercase characters"],
  ["RequireLowercase", /\p{Ll}/u, "must have lowercase characters"],
  ["RequireNumbers", /\d/, "must have numeric characters"],
  ["RequireSymbols", /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/, "must have symbol characters"],
] as const;

const policyOf = ({ Policies }: Settings): PasswordPolicyType => Policies?.PasswordPolicy ?? {};

/** @throws InvalidPasswordException. The text says which rule, never the password. */
export function checkPassword(settings: Settings, password: string): void {
  const policy = policyOf(settings);
  const refuse = (problem: string): Error =>
    new AwsException("InvalidPasswordException", `Password did not conform with policy: Password ${problem}`);
  if (password.length < (policy.MinimumLength ?? 6)) throw refuse("not long enough");
  for (const [name, pattern, problem] of RULES)
    if (policy[name] === true && !pattern.test(password)) throw refuse(problem);
}

/** One that the policy does not refuse: all four kinds of characters, and long enough. */
export function newPassword(settings: Settings = {}): string {
  const { MinimumLength = 0 } = policyOf(settings);
  return `Aa1-${randomBytes(Math.max(12, MinimumLength)).toString("base64url")}`.slice(0, Math.max(16, MinimumLength));
}
