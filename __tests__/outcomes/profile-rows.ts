import { USER_STATUSES } from "../../rules/answers";
import type { OutcomeName } from "../../rules/outcome";
import { type AwsAnswer, exception, FORGOTTEN, keys, NO_VERIFIED_ADDRESS, type OutcomeRow } from "./row";

/** By what a status says, after a sign-in with tokens and after "forgot password". */
const AFTER_TOKENS: Readonly<Record<string, OutcomeName>> = {
  lasting: "migrated",
  reset: "migrated_reset_required",
  temporary: "user_status",
};
const AFTER_FORGOTTEN: Readonly<Record<string, OutcomeName>> = {
  ...AFTER_TOKENS,
  lasting: "migrated_reset_required",
};

function profileRows(
  from: OutcomeRow["from"],
  event: OutcomeRow["event"],
  byMeaning: Readonly<Record<string, OutcomeName>>,
): OutcomeRow[] {
  const row = (result: string, outcome: OutcomeName, answer: AwsAnswer): OutcomeRow => ({
    from,
    result,
    outcome,
    ...(event === undefined ? {} : { event }),
    answers: { AdminGetUser: answer },
  });
  return [
    ...keys(USER_STATUSES).map((status) => {
      const meaning = USER_STATUSES[status];
      return row(`UserStatus ${status}`, byMeaning[meaning] ?? (meaning as OutcomeName), { kind: "user", status });
    }),
    row("any other UserStatus", "user_status_unknown", { kind: "user", status: "FUTURE_STATUS" }),
    row("Enabled false", "user_disabled", { kind: "user", enabled: false }),
    row("UserNotFoundException", "user_not_found", exception("UserNotFoundException")),
  ];
}

/** After tokens. */
export const signedInProfileRows = (): OutcomeRow[] => profileRows("AdminGetUser", undefined, AFTER_TOKENS);

export function forgottenPasswordRows(): OutcomeRow[] {
  const from = "AdminGetUser, forgotten password";
  const AdminGetUser = { kind: "user", attributes: NO_VERIFIED_ADDRESS } as const;
  return [
    ...profileRows(from, FORGOTTEN, AFTER_FORGOTTEN),
    {
      from,
      result: "no verified address",
      outcome: "no_recovery_channel",
      event: FORGOTTEN,
      answers: { AdminGetUser },
    },
  ];
}
