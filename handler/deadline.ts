import { DEADLINE_MS } from "../config/metrics";

/** What Lambda's own timeout must leave for the answer's way back. */
const MARGIN_MS = 300;

/**
 * How long an invocation may take before it must answer, in whole milliseconds, never negative.
 *
 * Cognito hangs up after 5 s, cold start included, and may call again.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 *
 * @param remainingMs What Lambda's own timeout leaves.
 * @param coldStartMs Time since the process was born, when this is the invocation that it was born for. A process that
 *   was started ahead of any call (provisioned, or proactively by Lambda) is older than a waiting user can be.
 */
export function budgetMs(remainingMs: number, coldStartMs = 0): number {
  return Math.max(0, Math.floor(Math.min(remainingMs - MARGIN_MS, DEADLINE_MS - waitedMs(coldStartMs))));
}

/** How long the user has been waiting when a process of this age begins with its first invocation, in milliseconds. */
export function waitedMs(coldStartMs: number): number {
  return coldStartMs < DEADLINE_MS + MARGIN_MS ? coldStartMs : 0;
}
