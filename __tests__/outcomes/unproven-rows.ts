import { RESET_EXCEPTION } from "../../rules/answers";
import { exception, FORGOTTEN, type OutcomeRow } from "./row";

/** UNPROVEN_PASSWORD=refuse. What must not be asked fails when it is asked, so that the row would end as something else. */
export function unprovenRows(): OutcomeRow[] {
  const notAsked = exception("InternalErrorException");
  const environment = { UNPROVEN_PASSWORD: "refuse" };
  const refused = { outcome: "password_unproven", environment } as const;
  const policy = "UNPROVEN_PASSWORD=refuse";
  return [
    {
      ...refused,
      from: "the event",
      result: `a forgotten password, ${policy}`,
      event: FORGOTTEN,
      answers: { AdminInitiateAuth: notAsked, AdminGetUser: notAsked },
    },
    {
      ...refused,
      from: "AdminInitiateAuth",
      result: `${RESET_EXCEPTION}, ${policy}`,
      answers: { AdminInitiateAuth: exception(RESET_EXCEPTION), AdminGetUser: notAsked },
    },
    {
      ...refused,
      from: "AdminInitiateAuth",
      result: `NEW_PASSWORD_REQUIRED, ${policy}`,
      answers: { AdminInitiateAuth: { kind: "challenge", name: "NEW_PASSWORD_REQUIRED" }, AdminGetUser: notAsked },
    },
    {
      ...refused,
      from: "AdminGetUser",
      result: `UserStatus RESET_REQUIRED, ${policy}`,
      answers: { AdminGetUser: { kind: "user", status: "RESET_REQUIRED" } },
    },
    { from: "AdminInitiateAuth", result: `tokens, ${policy}`, outcome: "migrated", environment },
  ];
}
