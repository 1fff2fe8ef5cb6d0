import { randomBytes } from "node:crypto";
import { AwsException } from "./exception";
import type { Settings } from "./settings";

interface PasswordPolicy {
  readonly MinimumLength?: number;
  readonly RequireUppercase?: boolean;
  readonly RequireLowercase?: boolean;
  readonly RequireNumbers?: boolean;
  readonly RequireSymbols?: boolean;
}

/** https://docs.aws.amazon.com/cognito/latest/developerguide/managing-users-passwords.html */
const RULES = [
  ["RequireUppercase", /\p{Lu}/u, "must have uppercase characters"],
  ["RequireLowercase", /\p{Ll}/u, "must have lowercase characters"],
  ["RequireNumbers", /\d/, "must have numeric characters"],
  ["RequireSymbols", /[\^$*.[\]{}()?"!@#%&/\\,><':;|_~`=+\- ]/, "must have symbol characters"],
] as const;

/** @throws InvalidPasswordException. The text says which rule, never the password. */
export function checkPassword({ Policies }: Settings, password: string): void {
  const policy = (Policies as { PasswordPolicy?: PasswordPolicy } | undefined)?.PasswordPolicy ?? {};
  const refuse = (problem: string): Error =>
    new AwsException("InvalidPasswordException", `Password did not conform with policy: Password ${problem}`);
  if (password.length < (policy.MinimumLength ?? 6)) throw refuse("not long enough");
  for (const [name, pattern, problem] of RULES)
    if (policy[name] === true && !pattern.test(password)) throw refuse(problem);
}

/** One that no policy refuses. */
export function temporaryPassword(): string {
  return `Aa1-${randomBytes(12).toString("base64url")}`;
}
