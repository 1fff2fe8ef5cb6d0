import { DEADLINE_MS } from "../../rules/metrics";

/** What Lambda's own timeout must leave for the answer's way back. */
const MARGIN_MS = 300;

/** Less than this is not enough for one more request and the answer. */
export const LEAST_MS = 250;

/**
 * How long an invocation may take before it must answer, in whole milliseconds, never negative.
 *
 * Cognito hangs up after 5 s, cold start included, and may call again.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 *
 * @param remainingMs What Lambda's own timeout leaves.
 * @param waitedMs How long the user has been waiting before.
 */
export function budgetMs(remainingMs: number, waitedMs = 0): number {
  return Math.max(0, Math.floor(Math.min(remainingMs - MARGIN_MS, DEADLINE_MS - waitedMs)));
}

/** The first event of a process. */
export interface ColdStart {
  /** AWS_LAMBDA_INITIALIZATION_TYPE. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
  readonly initializationType: string;
  /** Of the process, when the event comes; milliseconds. */
  readonly ageMs: number;
  /** When INIT was over. */
  readonly readyAtMs: number;
}

/**
 * Lambda hands over the event for which it started a process as soon as INIT is over. The longest pause then is that of a
 * small function whose share of CPU is used up, a tenth of a second.
 */
const AT_ONCE_MS = 500;

/**
 * How long the user has been waiting when the first event of a process comes, in milliseconds. A process that was started
 * ahead of any call (provisioned, or proactively by Lambda) is there before the user is. However old it is: a slow start is not
 * one that was ahead, and its user may have been given up already.
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export function waitedMs({ initializationType, ageMs, readyAtMs }: ColdStart): number {
  const startedAhead = initializationType === "provisioned-concurrency" || ageMs - readyAtMs > AT_ONCE_MS;
  return startedAhead ? 0 : ageMs;
}
