import { createHmac } from "node:crypto";
import type { HandlerSettings } from "../../../rules/function-environment";
import type { Decision, UserMigrationResponse } from "../../../rules/hand-over";
import { DEADLINE_MS } from "../../../rules/metrics";
import { migrateUser, type SourceUserPool, type UserMigrationEvent } from "../../../rules/migrate-user";
import { MigrationFailure } from "../../../rules/outcome";
import type { Signer } from "../../../rules/stamp-user";
import { userHash } from "../../../rules/user-hash";
import { startTurn, type Turn } from "../../aws/call-budget";
import { budgetMs, waitedMs } from "../../aws/deadline";
import { failure } from "../../aws/exceptions";
import type { Handler } from "../../entry/dispatch";
import { parseEvent } from "./event";
import { type LogEntry, logLine } from "./log";
import { isTried, withReport } from "./tried";

export interface Surroundings {
  /** Undefined: the environment could not be parsed; every invocation fails. */
  readonly settings: HandlerSettings | undefined;
  readonly functionName: string;
  readonly connect: (settings: HandlerSettings, turn: () => Turn) => SourceUserPool & { warmUp(): Promise<void> };
  /** Connections that are being opened; INIT waits for them. */
  readonly opened?: readonly Promise<void>[];
  /** AWS_LAMBDA_INITIALIZATION_TYPE. */
  readonly initializationType: string;
  /** Milliseconds since the process was born. */
  readonly processAgeMs: () => number;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

/** How long INIT may wait: enough for STS, and little enough to leave time for the user who waits. What is under way goes on. */
const WARM_UP_MS = 1500;

/**
 * Makes the function's handler: one decision within Cognito's patience, one log line, and an answer that tells the user
 * nothing that Cognito would not.
 */
export async function createHandler(s: Surroundings): Promise<Handler> {
  // Nobody may be waiting yet; who comes has a turn of their own.
  let turn = startTurn(DEADLINE_MS);
  const source = s.settings && s.connect(s.settings, () => turn);
  const warm = Promise.all([source?.warmUp(), ...(s.opened ?? [])]);
  await Promise.race([warm, whenAborted(AbortSignal.timeout(WARM_UP_MS))]);
  let coldStart = true;
  const readyAtMs = s.processAgeMs();

  return async (event, context) => {
    const startMs = s.processAgeMs();
    const wasCold = coldStart;
    coldStart = false;
    const { initializationType } = s;
    const waited = wasCold ? waitedMs({ initializationType, ageMs: startMs, readyAtMs }) : 0;
    const { calls } = turn;
    const next = startTurn(budgetMs(context.getRemainingTimeInMillis(), waited));
    // What was sent while the function loaded, was sent for this user.
    turn = wasCold ? { ...next, calls } : next;
    const parsed = parseEvent(event);
    const tried = isTried(event);
    const log = (decided: Decision | MigrationFailure): LogEntry => {
      const entry = {
        ...detailsOf(decided),
        functionName: s.functionName,
        triggerSource: parsed?.triggerSource ?? "",
        requestId: context.awsRequestId,
        user: s.settings && parsed && userHash(createHmac, s.settings.logUserKey, parsed.userName),
        durationMs: s.processAgeMs() - startMs + waited,
        coldStart: wasCold,
        calls: turn.calls,
        tried,
      };
      s.write(logLine(entry, s.now()));
      return entry;
    };
    try {
      const signer = { createHmac, nowSeconds: Math.floor(s.now().getTime() / 1000) };
      const decision = await decide(s.settings, source, parsed, signer, turn.signal);
      const entry = log(decision);
      const { stampAttribute } = s.settings ?? {};
      const answer = "response" in decision ? withResponse(event, decision.response) : event;
      return tried ? withReport(answer as object, entry, stampAttribute) : answer;
    } catch (error) {
      const failed = failure(error);
      const entry = log(failed);
      // Not thrown: Lambda would count an error, and an alarm ring that is about users.
      if (tried) return withReport(event, entry);
      throw answerTo(failed);
    }
  };
}

async function decide(
  settings: HandlerSettings | undefined,
  source: SourceUserPool | undefined,
  event: UserMigrationEvent | undefined,
  signer: Signer,
  signal: AbortSignal,
): Promise<Decision> {
  if (!settings || !source) throw new MigrationFailure("misconfigured", "HandlerSettingsError");
  if (!event) throw new MigrationFailure("unexpected_event");
  // A connection that was closed while the function was frozen is noticed in this turn of the event loop, before it is used.
  await new Promise(setImmediate);
  return await Promise.race([migrateUser(event, settings, source, signer), tooLate(signal)]);
}

type Details = Pick<
  LogEntry,
  "outcome" | "droppedAttributes" | "factors" | "droppedFactors" | "stamped" | "groups" | "errorName"
>;

function detailsOf(decided: Decision | MigrationFailure): Details {
  if (decided instanceof MigrationFailure) return { outcome: decided.outcome, errorName: decided.errorName };
  const { outcome, factors = [] } = decided;
  if (!("response" in decided)) return { outcome, factors };
  const { droppedAttributes, droppedFactors, stamped, groups } = decided;
  return { outcome, factors, droppedAttributes, droppedFactors, stamped, groups };
}

/** Cognito's own fields stay, but two are null, as Cognito sends them, unless they were decided. */
function withResponse(event: unknown, decided: UserMigrationResponse): object {
  const { response, ...rest } = event as { response?: unknown };
  const given = typeof response === "object" ? response : {};
  return { ...rest, response: { ...given, finalUserStatus: null, enableSMSMFA: null, ...decided } };
}

/** Lambda logs and returns what is thrown, so it is a new error: no cause, no trace, nothing but the sentence. */
function answerTo({ message, name }: MigrationFailure): Error {
  const error = new Error(message);
  error.name = name;
  error.stack = "";
  return error;
}

function whenAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

async function tooLate(signal: AbortSignal): Promise<never> {
  await whenAborted(signal);
  throw new MigrationFailure("deadline");
}
