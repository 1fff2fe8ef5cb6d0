import { FIVE_MINUTES, lambdaMetric, ownMetric, type Rule } from "./alarm-metrics";
import { AT_THE_FIRST } from "./count-alarms";

/** Half of what Cognito waits for; all that the function sends takes less than a third of it. */
const SLOW_TOKEN_MS = 2500;

/** The token function answers before everybody's token, so one error is one failed sign-in of a user who may have nothing to do with the migration. */
const TAKE_IT_OFF = "if it does not end at once, take the function off the pool with the command detach";

const errors = (functionName: string): Rule => ({
  alarmDescription: `The token function has crashed or run out of time, and a sign-in has failed: read its log, and ${TAKE_IT_OFF}.`,
  ...lambdaMetric(functionName, "Errors"),
  ...AT_THE_FIRST,
});

const throttles = (functionName: string): Rule => ({
  alarmDescription: `Lambda has turned away a call of the token function, and a sign-in has failed: raise the account's concurrency; ${TAKE_IT_OFF}.`,
  ...lambdaMetric(functionName, "Throttles"),
  ...AT_THE_FIRST,
});

/** Lambda's own count: what the function measures itself ends before its answer does. */
const slow = (functionName: string): Rule => ({
  alarmDescription: `The token function took ${SLOW_TOKEN_MS} ms or longer, and at 5000 ms sign-ins fail: look at LAMBDA_MEMORY_MB and at the AWS status of the Region; ${TAKE_IT_OFF}.`,
  ...lambdaMetric(functionName, "Duration"),
  statistic: "Maximum",
  period: FIVE_MINUTES,
  evaluationPeriods: 3,
  datapointsToAlarm: 2,
  threshold: SLOW_TOKEN_MS,
});

/** Nobody is locked out by it, but nobody has groups either. */
const failed = (functionName: string): Rule => ({
  alarmDescription:
    "The token function cannot do its work, and users get their tokens without the groups that they should have: read error_name in its log, and have cdktf diff show what is not as the settings say.",
  ...ownMetric(functionName, "TokenFailed"),
  ...AT_THE_FIRST,
});

/** A user is in who may have access that the membership takes away. */
const membershipsLeft = (functionName: string): Rule => ({
  alarmDescription:
    "A membership was due and has not been made, and the groups of GROUPS_OR_REFUSE take access away: run the command groups with --apply, and look whether the token function is throttled, or the group is gone.",
  ...ownMetric(functionName, "MembershipsLeft"),
  ...AT_THE_FIRST,
});

/**
 * By construct id.
 *
 * @param isDemanded Whether the settings demand memberships (GROUPS_OR_REFUSE).
 */
export const tokenAlarms = (functionName: string, isDemanded = false): Readonly<Record<string, Rule>> => ({
  "token-errors": errors(functionName),
  "token-throttles": throttles(functionName),
  "token-slow": slow(functionName),
  "token-failed": failed(functionName),
  ...(isDemanded ? { "token-memberships-left": membershipsLeft(functionName) } : {}),
});
