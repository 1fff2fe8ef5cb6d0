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
  readonly user?: (at: number) => Partial<SeedUser>;
}

/** As the runbook speaks of them: docs/what-moves.md; docs/cli/import.md, "Who is imported, and as what". */
const KINDS = {
  ordinary: {
    count: 330,
    answer: "tokens",
    atImport: "row",
    user: (at) => ({ attributes: { given_name: `Sample ${at}`, "custom:tier": at % 3 === 0 ? "gold" : "free" } }),
  },
  unverified: {
    count: 8,
    answer: "tokens",
    atImport: "no_verified_channel",
    user: () => ({ attributes: { email_verified: "false" } }),
  },
  disabled: {
    count: 12,
    answer: "NotAuthorizedException",
    atImport: "disabled",
    user: () => ({ enabled: false }),
  },
  unconfirmed: {
    count: 8,
    answer: "NotAuthorizedException",
    atImport: "unconfirmed",
    user: () => ({ status: "UNCONFIRMED" }),
  },
  federated: {
    count: 10,
    answer: "NotAuthorizedException",
    atImport: "external_provider",
    user: () => ({ status: "EXTERNAL_PROVIDER" }),
  },
  "sms-mfa": {
    count: 10,
    answer: "NotAuthorizedException",
    atImport: "row",
    user: (at) => ({
      mfaSettings: ["SMS_MFA"],
      attributes: { phone_number: `+1555555${1000 + at}`, phone_number_verified: "true" },
    }),
  },
  "app-mfa": {
    count: 4,
    answer: "NotAuthorizedException",
    atImport: "row",
    user: () => ({ mfaSettings: ["SOFTWARE_TOKEN_MFA"] }),
  },
  "reset-required": {
    count: 8,
    answer: "PasswordResetRequiredException",
    atImport: "row",
    user: () => ({ status: "RESET_REQUIRED" }),
  },
  "temporary-password": {
    count: 6,
    answer: "PasswordResetRequiredException",
    atImport: "never_signed_in",
    user: () => ({ status: "FORCE_CHANGE_PASSWORD" }),
  },
  unreachable: {
    count: 2,
    answer: "NotAuthorizedException",
    atImport: "no_verified_channel",
    user: () => ({ status: "RESET_REQUIRED", attributes: { email_verified: "false" } }),
  },
} as const satisfies Readonly<Record<string, Kind>>;

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
    const { count, answer, atImport, user }: Kind = KINDS[kind];
    return Array.from({ length: count }, (_, at): Person => {
      // Names that differ from what is typed in their letters' case.
      const name = at % 5 === 0 ? `Mixed.${kind}-${at}` : `${kind}-${at}`;
      const groups = [...(at % 10 === 4 ? ["editors"] : []), ...(at % 25 === 9 ? ["staff"] : [])];
      return { ...seedPerson(name, user?.(at)), kind, answer, atImport, groups };
    });
  });
}

/** Days of the migration on which people sign in, and how long it goes on. */
export const DAYS = 34;

/** Of the ordinary users, how many come on a day: fewer and fewer. */
export function comingOn(day: number): number {
  return Math.round(18 * Math.exp(-day / 16));
}
