import { CHALLENGES, NOT_AUTHORIZED_MESSAGES, RESET_EXCEPTION, SIGN_IN_REFUSALS } from "../../rules/answers";
import type { OutcomeName } from "../../rules/outcome";
import {
  type AwsAnswer,
  exception,
  failuresOf,
  keys,
  NO_VERIFIED_ADDRESS,
  type OutcomeRow,
  VERIFIED_PHONE,
} from "./row";

function signIn(
  result: string,
  outcome: OutcomeName,
  answers: OutcomeRow["answers"] = {},
  environment: OutcomeRow["environment"] = {},
): OutcomeRow {
  return { from: "AdminInitiateAuth", result, outcome, answers, environment };
}

function secondFactorRows(name: string, AdminInitiateAuth: AwsAnswer): OutcomeRow[] {
  const withPhone = { AdminInitiateAuth, AdminGetUser: { kind: "user", attributes: VERIFIED_PHONE } as const };
  return [
    signIn(name, "mfa", { AdminInitiateAuth }),
    signIn(`${name}, verified phone number, MFA_POLICY=sms`, name === "SMS_MFA" ? "migrated" : "mfa", withPhone, {
      MFA_POLICY: "sms",
    }),
    signIn(`${name}, MFA_POLICY=allow`, "migrated", { AdminInitiateAuth }, { MFA_POLICY: "allow" }),
  ];
}

function temporaryPasswordRows(name: string, AdminInitiateAuth: AwsAnswer): OutcomeRow[] {
  const user = { kind: "user", status: "FORCE_CHANGE_PASSWORD" } as const;
  const unverified = { ...user, attributes: NO_VERIFIED_ADDRESS };
  return [
    signIn(name, "migrated_reset_required", { AdminInitiateAuth, AdminGetUser: user }),
    signIn(`${name}, no verified address`, "no_recovery_channel", { AdminInitiateAuth, AdminGetUser: unverified }),
  ];
}

const ROWS_OF_CHALLENGE = {
  second_factor: secondFactorRows,
  temporary_password: temporaryPasswordRows,
  no_proof: (name: string, AdminInitiateAuth: AwsAnswer) => [signIn(name, "challenge", { AdminInitiateAuth })],
} as const;

export function signInRows(): OutcomeRow[] {
  return [
    signIn("tokens", "migrated"),
    signIn("tokens of another user than AdminGetUser describes", "user_changed", {
      AdminInitiateAuth: { kind: "tokens", of: "another user" },
    }),
    signIn("tokens of nobody", "source_unavailable", { AdminInitiateAuth: { kind: "tokens", of: "nobody" } }),
    ...keys(CHALLENGES).flatMap((name) => ROWS_OF_CHALLENGE[CHALLENGES[name]](name, { kind: "challenge", name })),
    signIn(
      "SMS_MFA that names nobody, MFA_POLICY=allow",
      "user_changed",
      { AdminInitiateAuth: { kind: "challenge", name: "SMS_MFA", of: "nobody" } },
      { MFA_POLICY: "allow" },
    ),
    signIn("any other ChallengeName", "challenge_unknown", {
      AdminInitiateAuth: { kind: "challenge", name: "FUTURE_CHALLENGE" },
    }),
    signIn("neither tokens nor a challenge", "challenge_unknown", {
      AdminInitiateAuth: { kind: "challenge", name: "" },
    }),
    ...keys(SIGN_IN_REFUSALS).map((name) =>
      signIn(name, SIGN_IN_REFUSALS[name], { AdminInitiateAuth: exception(name) }),
    ),
    ...NOT_AUTHORIZED_MESSAGES.map(({ startsWith, outcome }) =>
      signIn(`NotAuthorizedException: "${startsWith} ..."`, outcome, {
        AdminInitiateAuth: exception("NotAuthorizedException", `${startsWith} 1example`),
      }),
    ),
    signIn(RESET_EXCEPTION, "migrated_reset_required", {
      AdminInitiateAuth: exception(RESET_EXCEPTION),
      AdminGetUser: { kind: "user", status: "RESET_REQUIRED" },
    }),
    signIn(`${RESET_EXCEPTION}, no verified address`, "no_recovery_channel", {
      AdminInitiateAuth: exception(RESET_EXCEPTION),
      AdminGetUser: { kind: "user", status: "RESET_REQUIRED", attributes: NO_VERIFIED_ADDRESS },
    }),
    ...failuresOf("AdminInitiateAuth", ["NotAuthorizedException"]),
  ];
}
