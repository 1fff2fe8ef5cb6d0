import { RESET_EXCEPTION } from "../../rules/answers";
import { exception, FORGOTTEN, type OutcomeRow } from "./row";

/** GROUPS_OR_REFUSE=suspended. What must not be asked fails when it is asked, so that the row would end as something else. */
export function groupRows(): OutcomeRow[] {
  const notAsked = exception("InternalErrorException");
  const environment = {
    STAMP_ATTRIBUTE: "custom:plan",
    STAMP_KEY: "not-a-key".repeat(8),
    GROUPS: "*",
    GROUPS_OR_REFUSE: "suspended",
    MFA_POLICY: "allow",
    DESTINATION_GROUPS: '["staff"]',
  };
  const withGroup = { ...environment, DESTINATION_GROUPS: '["staff","suspended"]' };
  const policy = "GROUPS_OR_REFUSE=suspended";
  const refused = { outcome: "group_required", environment } as const;
  const member = { kind: "tokens", groups: ["staff", "suspended"] } as const;
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
      result: `tokens of a member of suspended, which the destination does not have, ${policy}`,
      answers: { AdminInitiateAuth: member, AdminGetUser: notAsked },
    },
    {
      ...refused,
      from: "AdminInitiateAuth",
      result: `SOFTWARE_TOKEN_MFA, MFA_POLICY=allow, ${policy}`,
      answers: { AdminInitiateAuth: { kind: "challenge", name: "SOFTWARE_TOKEN_MFA" }, AdminGetUser: notAsked },
    },
    {
      ...refused,
      from: "AdminInitiateAuth",
      result: `${RESET_EXCEPTION}, ${policy}`,
      answers: { AdminInitiateAuth: exception(RESET_EXCEPTION), AdminGetUser: notAsked },
    },
    {
      from: "AdminInitiateAuth",
      result: `tokens of a member of suspended, which the destination has, ${policy}`,
      outcome: "migrated",
      environment: withGroup,
      answers: { AdminInitiateAuth: member },
    },
    {
      from: "AdminInitiateAuth",
      result: `tokens of somebody else, ${policy}`,
      outcome: "migrated",
      environment,
      answers: { AdminInitiateAuth: { kind: "tokens", groups: ["staff"] } },
    },
  ];
}
