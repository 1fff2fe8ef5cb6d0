import { createHmac } from "node:crypto";
import { parseTokenSettings, type TokenSettings, TokenSettingsError } from "../../rules/token-environment";
import { CALLS_BUDGET_MS } from "../../rules/token-function";
import { decideToken, type Skipped, type TokenDecision } from "../../rules/token-groups";
import { nameOf } from "../aws/error-name";
import type { TokenCalls } from "../aws/token-calls";
import { Dues, NOTHING_SENT, type Sent } from "./due";
import { type TokenLogEntry, tokenLogLine } from "./log";
import { Once } from "./once";

/** What Lambda's own timeout must leave for the answer's way back. */
const MARGIN_MS = 300;

export interface TokenContext {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

export interface TokenSurroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Loads what sends, when there is something to send. */
  readonly connect: (signal: AbortSignal) => TokenCalls;
  /** Milliseconds since 1970. */
  readonly nowMs: () => number;
  /** A line of the log. */
  readonly write: (line: string) => void;
  /** A line that is none. */
  readonly complain: (line: string) => void;
}

export type TokenHandler = (event: unknown, context: TokenContext) => Promise<unknown>;

/**
 * Makes the token function's handler. Whatever goes wrong, the answer is the event: an error here would fail the sign-in of everybody, also of
 * those who never migrate.
 */
export function createTokenHandler({ env, connect, nowMs, write, complain }: TokenSurroundings): TokenHandler {
  const settings = settingsFrom(env, complain);
  const dues = new Dues();
  const said = new Once();
  let coldStart = true;

  return async (event, context) => {
    const startMs = performance.now();
    const wasCold = coldStart;
    coldStart = false;
    const log = (what: Sent & Pick<TokenLogEntry, "added" | "skipped" | "failed">): void => {
      const entry = {
        ...what,
        functionName: env["AWS_LAMBDA_FUNCTION_NAME"] ?? "",
        requestId: context.awsRequestId,
        durationMs: performance.now() - startMs,
        coldStart: wasCold,
      };
      const line = tokenLogLine(entry, new Date(nowMs()));
      if (line !== undefined) write(line);
    };
    try {
      if (settings === undefined) throw new TokenSettingsError("no settings");
      const now = nowMs();
      const decision = decideToken(event, settings, { createHmac, nowSeconds: Math.floor(now / 1000) });
      const budgetMs = Math.max(0, Math.min(CALLS_BUDGET_MS, context.getRemainingTimeInMillis() - MARGIN_MS));
      const sent = await sendDue(decision, settings, now, budgetMs);
      log({ ...sent, added: decision.added, skipped: newlySkipped(decision), failed: false });
      return decision.answer;
    } catch (error) {
      try {
        log({ ...NOTHING_SENT, added: 0, failed: true, errorName: nameOf(error) });
      } catch {
        // Somebody waits for a token, and no line is worth it.
      }
      return event;
    }
  };

  async function sendDue(
    { user, memberships, migrated }: TokenDecision,
    { destinationUserPoolId: userPoolId, migratedEventBusArn }: TokenSettings,
    now: number,
    budgetMs: number,
  ): Promise<Sent> {
    const due = user && dues.open({ userPoolId, ...user, memberships, migrated });
    if (due === undefined) return NOTHING_SENT;
    // From here on: what is loaded and every connection are of the budget.
    const signal = AbortSignal.timeout(budgetMs);
    let calls: TokenCalls | undefined;
    const connectOnce = (): TokenCalls => {
      calls ??= connect(signal);
      return calls;
    };
    // A connection that was closed while the function was frozen is noticed in this turn of the event loop, before it is used.
    await new Promise(setImmediate);
    return await dues.send(due, migratedEventBusArn, connectOnce, now);
  }

  /** Each once: such a user's tokens are all alike. */
  function newlySkipped({ skipped, user }: TokenDecision): Skipped | undefined {
    if (skipped === undefined || user === undefined || said.has(skipped, user.username, user.sub)) return undefined;
    said.add(skipped, user.username, user.sub);
    return skipped;
  }
}

/** A broken environment must not end INIT with an error, because nobody could sign in then. */
function settingsFrom(env: TokenSurroundings["env"], complain: (line: string) => void): TokenSettings | undefined {
  try {
    return parseTokenSettings(env);
  } catch (error) {
    complain((error as Error).message);
    return undefined;
  }
}
