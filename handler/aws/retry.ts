import { FAILURES, lookUp, STALE_CREDENTIALS } from "../../rules/answers";
import { LEAST_MS } from "./deadline";
import { type Thrown, thrown } from "./exceptions";

/** One attempt that ended without an answer. */
export interface FailedAttempt {
  readonly error: unknown;
  /** 1 for the first. */
  readonly attempt: number;
  readonly tookMs: number;
  /** Until the handler must have answered. */
  readonly leftMs: number;
  /** A read may be repeated always, a sign-in only if it cannot have counted as an attempt of the user. */
  readonly isRead: boolean;
  /** 0 up to 1. */
  readonly random: number;
}

const MAX_ATTEMPTS = 3;
const FIRST_WAIT_MS = 50;
/** A quota is counted by the second, so coming back at once would only use up more of it. */
const FIRST_WAIT_WHEN_THROTTLED_MS = 150;

/** Nothing was sent: there was no connection yet. */
const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EAI_FAIL"]);
/** Nothing was sent if it happened at connecting; on a connection that stands it can happen at any time. */
const NO_WAY = new Set(["EHOSTUNREACH", "ENETUNREACH"]);

/**
 * A connection that was closed while the function was frozen fails at once, and the request on it was not read. One that was
 * new, or breaks later, may have carried the request.
 * https://nodejs.org/docs/latest-v24.x/api/http.html#requestreusedsocket
 */
const BROKEN = new Set(["ECONNRESET", "EPIPE"]);
const AT_ONCE_MS = 100;

/**
 * Whether to send again, and after how many milliseconds. Never after a definite no, never when it no longer fits, and a
 * sign-in only where Cognito cannot have looked at the password: each repeated wrong password would cost the user an attempt.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/authentication.html, "lockout"
 *
 * @returns undefined to give up.
 */
export function retryAfterMs(failed: FailedAttempt): number | undefined {
  if (failed.attempt >= MAX_ATTEMPTS) return undefined;
  const waitMs = wantedWaitMs(failed);
  return waitMs === undefined || waitMs + LEAST_MS > failed.leftMs ? undefined : waitMs;
}

function wantedWaitMs({ error, attempt, tookMs, isRead, random }: FailedAttempt): number | undefined {
  const { name = "", code = "", idleBefore = false, $metadata, $response } = thrown(error);
  const growing = (firstMs: number): number => Math.round(firstMs * 2 ** (attempt - 1) * (1 + random));
  const askedMs = waitAskedForMs($response);
  // Refused before the request was looked at, so that one with new credentials or the right time may go through.
  if (STALE_CREDENTIALS.has(name) || $metadata?.clockSkewCorrected) return attempt === 1 ? 0 : undefined;
  if (isThrottled(name, $metadata)) return Math.max(askedMs, growing(FIRST_WAIT_WHEN_THROTTLED_MS));
  if (wasNeverSent(thrown(error))) return growing(FIRST_WAIT_MS);
  if (BROKEN.has(code) && idleBefore && tookMs < AT_ONCE_MS && attempt === 1) return 0;
  return isRead && isPassing(name, code, $metadata) ? Math.max(askedMs, growing(FIRST_WAIT_MS)) : undefined;
}

function isThrottled(name: string, metadata: Thrown["$metadata"]): boolean {
  return lookUp(FAILURES, name) === "throttled" || metadata?.httpStatusCode === 429;
}

/**
 * A TimeoutError without a code is one of connecting, because the only other one, of a silent socket, is switched off
 * (source-user-pool.ts). https://github.com/smithy-lang/smithy-typescript/tree/main/packages/node-http-handler
 */
function wasNeverSent({ name, code = "", syscall, errors = [], $fault }: Thrown): boolean {
  if (name === "TimeoutError" && code === "") return $fault === undefined;
  const atConnecting = syscall === "connect" || (errors.length > 0 && errors.every((one) => one.syscall === "connect"));
  return NEVER_SENT.has(code) || (NO_WAY.has(code) && atConnecting);
}

function isPassing(name: string, code: string, metadata: Thrown["$metadata"]): boolean {
  return (
    (metadata?.httpStatusCode ?? 0) >= 500 || BROKEN.has(code) || name === "TimeoutError" || name === "SyntaxError"
  );
}

/** Retry-After in seconds; the form with a date is not used by AWS. https://www.rfc-editor.org/rfc/rfc9110#field.retry-after */
function waitAskedForMs(response: Thrown["$response"]): number {
  const seconds = Number(response?.headers?.["retry-after"] ?? 0);
  return Number.isFinite(seconds) ? seconds * 1000 : 0;
}
