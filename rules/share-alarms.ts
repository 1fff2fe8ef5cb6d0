import { FEW, FIVE_MINUTES, lambdaMetric, ONE_HOUR, ownMetric, type Rule } from "./alarm-metrics";
import { DEADLINE_MS, SLOW_MS } from "./metrics";

/** Of 100 sign-ins: below it one user's trouble, above it everybody's. */
const FAILED_PERCENT = 10;
/** Of 100 sign-ins that can be slow for them. */
const SLOW_PERCENT = 1;
/** In an hour, in others' names: docs/decisions/0008-what-rings.md has the arithmetic. */
const WALKED = 20;

/**
 * What a share is taken of: sign-ins that were handed over with a password or failed. Nothing that a stranger can add to: anybody can
 * have himself refused as often as he likes, or ask for a reset in the name of everybody on a list, and would dilute every share
 * until nothing rings. Lambda's own count of failures, because a crash or a timeout writes none of ours. Where nobody was handed over,
 * there is no such metric, hence FILL. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
const SIGN_INS = "(errors + FILL(migrated, 0))";

const sum = (metric: ReturnType<typeof ownMetric>, period = FIVE_MINUTES) => ({ ...metric, period, stat: "Sum" });

const signIns = (functionName: string) => [
  { id: "errors", metric: sum(lambdaMetric(functionName, "Errors")) },
  { id: "migrated", metric: sum(ownMetric(functionName, "Migrated")) },
];

/** The floor is on failures, not on sign-ins: a small pool in which everything fails is heard, too. */
export const failures = (functionName: string): Rule => ({
  alarmDescription: `At least ${FEW} sign-ins in five minutes, and ${FAILED_PERCENT} % of those that were handed over with the password or failed, could not be decided: see on the dashboard which reason it is, and do what the runbook says for it.`,
  metricQuery: [
    {
      id: "failed_percent",
      label: "Failed, percent of those that were handed over with the password or failed",
      expression: `IF(errors >= ${FEW}, 100 * errors / ${SIGN_INS}, 0)`,
      returnData: true,
    },
    ...signIns(functionName),
  ],
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  threshold: FAILED_PERCENT,
});

/** Every slow answer counts, also one that refuses; quick refusals do not count against them, as they would in a percentile. */
export const slow = (functionName: string): Rule => ({
  alarmDescription: `For ${SLOW_PERCENT} in 100 of those that are handed over with the password or fail somebody waits ${SLOW_MS} ms or longer, and at ${DEADLINE_MS} ms the function gives up: look at the source's own triggers, at LAMBDA_MEMORY_MB and at the AWS status of both Regions.`,
  metricQuery: [
    {
      id: "slow_answers",
      label: "Slow answers, if they are many",
      expression: `IF(${100 / SLOW_PERCENT} * FILL(slow, 0) >= ${SIGN_INS}, FILL(slow, 0), 0)`,
      returnData: true,
    },
    { id: "slow", metric: sum(ownMetric(functionName, "Slow")) },
    ...signIns(functionName),
  ],
  // Three of five periods with a slow answer are worth a look in the smallest pool; one is an accident.
  evaluationPeriods: 5,
  datapointsToAlarm: 3,
  threshold: 1,
});

/**
 * Honest users who forgot are fewer than those who did not, whatever brings them all at once. The window of an hour slides on every
 * minute, so a quick walk is heard at once. https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation-window.html
 */
export const forgotPassword = (functionName: string): Rule => ({
  alarmDescription: `In an hour at least ${WALKED} users were handed over by "forgot password", and no fewer than with their password: somebody may be walking through a list of addresses, and whoever is on it loses the password that should have come along. Unless you have asked users to choose a new one, set FORGOT_PASSWORD=refuse and deploy destination.`,
  metricQuery: [
    {
      id: "walked",
      label: "Came over by forgot password, if no fewer than with the password",
      expression: "IF(FILL(forgotten, 0) >= FILL(migrated, 0), FILL(forgotten, 0), 0)",
      returnData: true,
    },
    { id: "forgotten", metric: sum(ownMetric(functionName, "ForgottenPasswords"), ONE_HOUR) },
    { id: "migrated", metric: sum(ownMetric(functionName, "Migrated"), ONE_HOUR) },
  ],
  evaluationPeriods: 1,
  datapointsToAlarm: 1,
  threshold: WALKED,
});
