import { FEW, FIVE_MINUTES, lambdaMetric, ONE_MINUTE, ownMetric, type Rule } from "./alarm-metrics";

/** Of the quota: what is left is for the bursts that a whole minute hides. */
const QUOTA_PERCENT = 80;

/** For what is never normal: one is enough, and a late log line is still heard. */
export const AT_THE_FIRST = {
  statistic: "Sum",
  period: FIVE_MINUTES,
  evaluationPeriods: 3,
  datapointsToAlarm: 1,
  threshold: 1,
} as const;

export const misconfigured = (functionName: string): Rule => ({
  alarmDescription:
    "Sign-ins fail for a reason that only an operator can mend: read reason and error_name in the function's log, then have cdktf diff show for both stacks what is not as this migration's settings say.",
  ...ownMetric(functionName, "Misconfigured"),
  ...AT_THE_FIRST,
});

/** Past Cognito passwords can be guessed, and profiles read, with none of what guards an app client; and what is tried counts nowhere else. */
export const tried = (functionName: string): Rule => ({
  alarmDescription:
    "Somebody has called the function past Cognito and tried a sign-in, as the command try of cognito-migration does. If it was none of you: find in CloudTrail and IAM who has lambda:InvokeFunction, and take it away.",
  ...ownMetric(functionName, "Tried"),
  ...AT_THE_FIRST,
});

/** Lambda counts a throttled request neither as an invocation nor as an error. */
export const throttled = (functionName: string): Rule => ({
  alarmDescription: `Lambda turned away at least ${FEW} sign-ins in five minutes: raise LAMBDA_RESERVED_CONCURRENCY, or the account's concurrency, unless somebody is guessing names.`,
  ...lambdaMetric(functionName, "Throttles"),
  statistic: "Sum",
  period: FIVE_MINUTES,
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  threshold: FEW,
});

export const sourceQuota = (functionName: string, perSecond: number): Rule => ({
  alarmDescription: `The function alone uses ${QUOTA_PERCENT} % of the ${perSecond} sign-ins per second in SOURCE_SIGN_IN_QUOTA, as a mean over a minute, so that bursts are above it: raise the quota at the source, or lower LAMBDA_RESERVED_CONCURRENCY.`,
  ...ownMetric(functionName, "SourceSignIns"),
  statistic: "Sum",
  period: ONE_MINUTE,
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  // Whole numbers up to the division: 3 * 0.8 is more than 2.4.
  threshold: Math.ceil((perSecond * ONE_MINUTE * QUOTA_PERCENT) / 100),
});
