import { randomBytes, randomUUID } from "node:crypto";
import type { SeedGroup, SeedUser } from "./user-pool/seed";

export interface SampleUser extends SeedUser {
  readonly email: string;
  readonly password: string;
  /** What happens when this user signs in at the destination. */
  readonly expect: string;
}

const PASSWORD_BYTES = 9;

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

/** All four kinds of characters, as a default password policy asks for. */
export function newPassword(): string {
  return `Aa1-${randomBytes(PASSWORD_BYTES).toString("base64url")}`;
}

/** A user for each outcome that somebody may ask about. */
export function sampleUsers(): SampleUser[] {
  const user = (name: string, expect: string, more: Partial<SeedUser> = {}): SampleUser => ({
    ...seedPerson(name, more),
    expect,
  });
  return [
    user("ordinary", "signs in with that password; custom:legacy stays behind", {
      attributes: { given_name: "Sample", locale: "en", "custom:tier": "gold", "custom:legacy": "stays behind" },
    }),
    user("Capitals", "signs in, however the letters are typed"),
    user("unverified", "signs in; the address stays unverified", { attributes: { email_verified: "false" } }),
    user("disabled", "refused: disabled at the source", { enabled: false }),
    user("unconfirmed", "refused: never confirmed the sign-up", { status: "UNCONFIRMED" }),
    user("sms-mfa", "refused, because MFA_POLICY is reject", {
      mfaSettings: ["SMS_MFA"],
      attributes: { phone_number: "+15555550100", phone_number_verified: "true" },
    }),
    user("app-mfa", "refused, because MFA_POLICY is reject", { mfaSettings: ["SOFTWARE_TOKEN_MFA"] }),
    user("federated", "refused: has no password at the source", { status: "EXTERNAL_PROVIDER" }),
    user("unreachable", "refused: must reset, but no code could reach this user", {
      status: "RESET_REQUIRED",
      attributes: { email_verified: "false" },
    }),
    user("reset-required", "must set a new password by a code", { status: "RESET_REQUIRED" }),
    user("temporary-password", "must set a new password by a code", { status: "FORCE_CHANGE_PASSWORD" }),
  ];
}

/** Groups of the source with some of the sample users in them. */
export function sampleGroups(users: readonly SampleUser[]): SeedGroup[] {
  const members = (...names: string[]): string[] =>
    users.filter(({ email }) => names.includes(email.split("@")[0] ?? "")).map(({ username }) => username);
  return [
    {
      GroupName: "editors",
      Description: "May edit",
      Precedence: 5,
      RoleArn: "arn:aws:iam::111111111111:role/editors",
      members: members("ordinary", "Capitals", "reset-required"),
    },
    { GroupName: "Prüfer-評価", Precedence: 10, members: members("ordinary", "sms-mfa", "disabled") },
    { GroupName: "nobody-yet", members: [] },
  ];
}
