/**
 * Cognito hangs up after 5 s, cold start included, and may call again.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
 */
const COGNITO_WAITS_MS = 5000;
/** For the answer's way back. */
const MARGIN_MS = 300;

/**
 * How long an invocation may take before it must answer, in whole milliseconds, never negative.
 *
 * @param remainingMs What Lambda's own timeout leaves.
 * @param coldStartMs Time since the process was born, when this is the invocation that it was born for. A process that
 *   was started ahead of any call (provisioned, or proactively by Lambda) is older than a waiting user can be.
 */
export function budgetMs(remainingMs: number, coldStartMs = 0): number {
  const waitedMs = coldStartMs < COGNITO_WAITS_MS ? coldStartMs : 0;
  return Math.max(0, Math.floor(Math.min(remainingMs, COGNITO_WAITS_MS - waitedMs) - MARGIN_MS));
}
