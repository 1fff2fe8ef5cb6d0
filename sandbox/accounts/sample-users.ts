import { randomUUID } from "node:crypto";
import type { UserPoolArn } from "../../config/user-pool";
import { newPassword } from "../aws/user-pool/passwords";
import type { SeedGroup, SeedUser } from "../aws/user-pool/seed";
import { passwordOf, type ShownUser } from "./own-pools/expectation";

export interface SampleUser extends SeedUser {
  readonly email: string;
  readonly password: string;
  /** What happens when this user signs in at the destination. */
  readonly expect: string;
}

/** A user with a verified address and a password that is made anew every time. */
export function seedPerson(name: string, more: Partial<SeedUser> = {}): Omit<SampleUser, "expect"> {
  const email = `${name}@example.com`;
  const sub = randomUUID();
  return {
    username: sub,
    email,
    password: newPassword(),
    ...more,
    attributes: { sub, email, email_verified: "true", ...more.attributes },
  };
}

/** A user for each outcome that somebody may ask about. */
export function sampleUsers(): SampleUser[] {
  const user = (name: string, expect: string, more: Partial<SeedUser> = {}): SampleUser => ({
    ...seedPerson(name, more),
    expect,
  });
  return [
    user("ordinary", "signs in and keeps the password; custom:legacy stays behind", {
      attributes: { given_name: "Sample", locale: "en", "custom:tier": "gold", "custom:legacy": "stays behind" },
    }),
    user("Capitals", "signs in, in capitals or not"),
    user("unverified", "signs in; email not verified", { attributes: { email_verified: "false" } }),
    user("disabled", "refused: disabled at the source", { enabled: false }),
    user("unconfirmed", "refused: never confirmed", { status: "UNCONFIRMED" }),
    user("sms-mfa", "refused: MFA_POLICY is reject", {
      mfaSettings: ["SMS_MFA"],
      attributes: { phone_number: "+15555550100", phone_number_verified: "true" },
    }),
    user("app-mfa", "refused: MFA_POLICY is reject", { mfaSettings: ["SOFTWARE_TOKEN_MFA"] }),
    user("federated", "refused: has no password", { status: "EXTERNAL_PROVIDER" }),
    user("unreachable", "refused: must reset, but no code could reach this user", {
      status: "RESET_REQUIRED",
      attributes: { email_verified: "false" },
    }),
    user("reset-required", "must set a new password by a code", { status: "RESET_REQUIRED" }),
    user("temporary", "must set a new password by a code", { status: "FORCE_CHANGE_PASSWORD" }),
  ];
}

/** As the screen shows one. */
export const shownSample = ({ email: username, expect, ...user }: SampleUser): ShownUser => ({
  standsFor: username.split("@")[0] ?? "",
  username,
  ...passwordOf(user),
  expect,
});

/** Groups of the source in this account, with some of the sample users in them. */
export function sampleGroups(
  users: readonly SeedUser[],
  { partition, account }: Pick<UserPoolArn, "partition" | "account">,
): SeedGroup[] {
  const members = (...names: string[]): string[] =>
    users
      .filter(({ attributes }) => names.includes(attributes["email"]?.split("@")[0] ?? ""))
      .map(({ username }) => username);
  return [
    {
      GroupName: "editors",
      Description: "May edit",
      Precedence: 5,
      RoleArn: `arn:${partition}:iam::${account}:role/editors`,
      members: members("ordinary", "Capitals", "reset-required"),
    },
    { GroupName: "Prüfer-評価", Precedence: 10, members: members("ordinary", "sms-mfa", "disabled") },
    { GroupName: "nobody-yet", members: [] },
  ];
}

/** The same group in another account, where it gives no role yet. */
export const emptyGroup = ({ GroupName }: SeedGroup): SeedGroup => ({ GroupName, members: [] });
