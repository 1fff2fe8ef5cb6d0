import { randomBytes, randomUUID } from "node:crypto";
import type { SeedUser } from "./user-pool/seed";

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

/** A user for each way a migration goes. */
export function sampleUsers(): SampleUser[] {
  const user = (name: string, expect: string, more: Partial<SeedUser> = {}): SampleUser => ({
    ...seedPerson(name, more),
    expect,
  });
  return [
    user("ordinary", "signs in and keeps the password", {
      attributes: { given_name: "Sample", locale: "en", "custom:tier": "gold", "custom:legacy": "stays behind" },
    }),
    user("unverified", "signs in; the address stays unverified", { attributes: { email_verified: "false" } }),
    user("disabled", "refused", { enabled: false }),
    user("unconfirmed", "refused", { status: "UNCONFIRMED" }),
    user("sms-mfa", "refused, because MFA_POLICY is reject", {
      mfaSettings: ["SMS_MFA"],
      attributes: { phone_number: "+15555550100", phone_number_verified: "true" },
    }),
    user("federated", "refused: has no password at the source", { status: "EXTERNAL_PROVIDER" }),
    user("unreachable", "refused: must reset, but no code could reach this user", {
      status: "RESET_REQUIRED",
      attributes: { email_verified: "false" },
    }),
    user("reset-required", "must set a new password by a code", { status: "RESET_REQUIRED" }),
    user("temporary-password", "must set a new password by a code", { status: "FORCE_CHANGE_PASSWORD" }),
  ];
}
