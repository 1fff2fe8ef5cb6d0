import { RESET_EXCEPTION } from "../../rules/answers";
import type { OutcomeName } from "../../rules/outcome";
import { exception, FORGOTTEN, type OutcomeRow, VERIFIED_PHONE } from "./row";

/** Where the source demands a second factor, and the password was not proven, so that nobody has seen it asked for. */
export function unseenFactorRows(): OutcomeRow[] {
  const due = {
    AdminInitiateAuth: exception(RESET_EXCEPTION),
    AdminGetUser: { kind: "user", status: "RESET_REQUIRED" } as const,
  };
  const temporary = {
    AdminInitiateAuth: { kind: "challenge", name: "NEW_PASSWORD_REQUIRED" } as const,
    AdminGetUser: { kind: "user", status: "FORCE_CHANGE_PASSWORD" } as const,
  };
  const demanded = { SOURCE_MFA_CONFIGURATION: "ON" };
  const rowsOf = (row: Pick<OutcomeRow, "from" | "result" | "event" | "answers">): OutcomeRow[] => [
    { ...row, result: `${row.result}, the source demands MFA`, outcome: "mfa", environment: demanded },
    {
      ...row,
      result: `${row.result}, the source demands MFA, MFA_POLICY=allow`,
      outcome: "migrated_reset_required",
      environment: { ...demanded, MFA_POLICY: "allow" },
    },
  ];
  return [
    ...rowsOf({ from: "AdminInitiateAuth", result: RESET_EXCEPTION, answers: due }),
    ...rowsOf({ from: "AdminInitiateAuth", result: "NEW_PASSWORD_REQUIRED", answers: temporary }),
    ...rowsOf({
      from: "AdminGetUser, forgotten password",
      result: "no second factor in the profile",
      event: FORGOTTEN,
    }),
  ];
}

/** Second factors that stand in the profile, and that no challenge has asked for. */
export function listedFactorRows(): OutcomeRow[] {
  const tables = [
    { from: "AdminGetUser", event: {}, comesOver: "migrated" },
    { from: "AdminGetUser, forgotten password", event: FORGOTTEN, comesOver: "migrated_reset_required" },
  ] as const;
  return tables.flatMap(({ from, event, comesOver }) => {
    const row = (
      result: string,
      outcome: OutcomeName,
      profile: { readonly secondFactors: readonly string[]; readonly attributes?: Readonly<Record<string, string>> },
      MFA_POLICY = "reject",
    ): OutcomeRow => ({
      from,
      result: MFA_POLICY === "reject" ? result : `${result}, MFA_POLICY=${MFA_POLICY}`,
      outcome,
      event,
      answers: { AdminGetUser: { kind: "user", ...profile } },
      environment: MFA_POLICY === "reject" ? {} : { MFA_POLICY },
    });
    const sms = { secondFactors: ["SMS_MFA"] };
    const both = { secondFactors: ["SMS_MFA", "SOFTWARE_TOKEN_MFA"] };
    return [
      row("a second factor in the profile", "mfa", sms),
      row("SMS_MFA in the profile, verified phone number", comesOver, { ...sms, attributes: VERIFIED_PHONE }, "sms"),
      row("SMS_MFA in the profile, no verified phone number", "mfa", sms, "sms"),
      row("SMS_MFA and another in the profile", "mfa", { ...both, attributes: VERIFIED_PHONE }, "sms"),
      row("a second factor in the profile", comesOver, both, "allow"),
    ];
  });
}
