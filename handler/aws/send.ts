import { setTimeout as wait } from "node:timers/promises";
import { STALE_CREDENTIALS } from "../../rules/answers";
import { MigrationFailure } from "../../rules/outcome";
import type { Turn } from "./call-budget";
import { LEAST_MS } from "./deadline";
import { thrown } from "./exceptions";
import { retryAfterMs } from "./retry";

export interface Call<Answer> {
  /** As AWS spells it. */
  readonly operation: string;
  /** A read may be sent again whatever happened to the first. */
  readonly isRead: boolean;
  readonly send: (options: { readonly abortSignal: AbortSignal; readonly requestTimeout: number }) => Promise<Answer>;
  /** Fetched before the first attempt, if there are none; and anew, when the old ones are refused. */
  readonly credentials?: (options?: { readonly forceRefresh: boolean }) => Promise<unknown>;
}

/** A first read that hangs is given up early enough for a second one, which then has all the time that is left. */
const FIRST_READ_MS = 1500;
const UNLIMITED = 0;

/** Sends a call, again if it has to and may (retry.ts), and notes every time in the turn. */
export async function sendWithin<Answer>(turn: Turn, call: Call<Answer>): Promise<Answer> {
  // What STS has to say must not be taken for an answer to this call, nor this call be noted when there are no credentials for it.
  await call.credentials?.();
  // Cognito would look at the password after the user has been given up: an attempt lost, for nothing.
  if (!call.isRead && turn.leftMs() < LEAST_MS) throw new MigrationFailure("deadline");
  for (let attempt = 1; ; attempt += 1) {
    const startedMs = performance.now();
    turn.calls.push(call.operation);
    try {
      return await call.send({
        abortSignal: turn.signal,
        requestTimeout: call.isRead && attempt === 1 ? FIRST_READ_MS : UNLIMITED,
      });
    } catch (error) {
      const tookMs = performance.now() - startedMs;
      const { isRead } = call;
      const random = Math.random();
      const waitMs = retryAfterMs({ error, attempt, tookMs, leftMs: turn.leftMs(), isRead, random });
      if (waitMs === undefined) throw error;
      if (waitMs > 0) await wait(waitMs);
      if (STALE_CREDENTIALS.has(thrown(error).name ?? "")) await call.credentials?.({ forceRefresh: true });
    }
  }
}
