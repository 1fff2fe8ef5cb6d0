import { seedPerson } from "../../accounts/sample-users";
import type { SeedUser } from "../../aws/user-pool/seed";

/** What the destination answers to a right password during the migration. */
type Answer = "tokens" | "NotAuthorizedException" | "PasswordResetRequiredException";

/** What an import does with one who has not signed in; a name is the reason why the user is left out. */
type AtImport = "row" | "disabled" | "unconfirmed" | "external_provider" | "never_signed_in" | "no_verified_channel";

interface Kind {
  readonly count: number;
  readonly answer: Answer;
  readonly atImport: AtImport;
  readonly user: (at: number) => Partial<SeedUser>;
}

const kind = (count: number, answer: Answer, atImport: AtImport, user: Kind["user"]): Kind => ({
  count,
  answer,
  atImport,
  user,
});

/** As the runbook speaks of them: docs/what-moves.md; docs/cli/import.md, "Who is imported, and as what". */
const KINDS = {
  ordinary: kind(330, "tokens", "row", (at) => ({
    attributes: { given_name: `Sample ${at}`, "custom:tier": at % 3 === 0 ? "gold" : "free" },
  })),
  unverified: kind(8, "tokens", "no_verified_channel", () => ({ attributes: { email_verified: "false" } })),
  disabled: kind(12, "NotAuthorizedException", "disabled", () => ({ enabled: false })),
  unconfirmed: kind(8, "NotAuthorizedException", "unconfirmed", () => ({ status: "UNCONFIRMED" })),
  federated: kind(10, "NotAuthorizedException", "external_provider", () => ({ status: "EXTERNAL_PROVIDER" })),
  "sms-mfa": kind(10, "NotAuthorizedException", "row", (at) => ({
    mfaSettings: ["SMS_MFA"],
    attributes: { phone_number: `+1555555${1000 + at}`, phone_number_verified: "true" },
  })),
  "app-mfa": kind(4, "NotAuthorizedException", "row", () => ({ mfaSettings: ["SOFTWARE_TOKEN_MFA"] })),
  "reset-required": kind(8, "PasswordResetRequiredException", "row", () => ({ status: "RESET_REQUIRED" })),
  "temporary-password": kind(6, "PasswordResetRequiredException", "never_signed_in", () => ({
    status: "FORCE_CHANGE_PASSWORD",
  })),
  unreachable: kind(2, "NotAuthorizedException", "no_verified_channel", () => ({
    status: "RESET_REQUIRED",
    attributes: { email_verified: "false" },
  })),
};

export type KindName = keyof typeof KINDS;

/** A user of the source. */
export interface Person extends SeedUser {
  readonly kind: KindName;
  readonly email: string;
  readonly password: string;
  readonly answer: Answer;
  readonly atImport: AtImport;
  readonly groups: readonly string[];
}

/** Everybody in the source, kind by kind; the passwords are new every time, and nothing else is. */
export function crowd(): readonly Person[] {
  return (Object.keys(KINDS) as KindName[]).flatMap((kind) => {
    const { count, answer, atImport, user } = KINDS[kind];
    return Array.from({ length: count }, (_, at): Person => {
      // Names that differ from what is typed in their letters' case.
      const name = at % 5 === 0 ? `Mixed.${kind}-${at}` : `${kind}-${at}`;
      const groups = [...(at % 10 === 4 ? ["editors"] : []), ...(at % 25 === 9 ? ["staff"] : [])];
      return { ...seedPerson(name, user(at)), kind, answer, atImport, groups };
    });
  });
}

/** Days of the migration on which people sign in, and how long it goes on. */
export const DAYS = 34;

/** Of the ordinary users, how many come on a day: fewer and fewer. */
export function comingOn(day: number): number {
  return Math.round(18 * Math.exp(-day / 16));
}
