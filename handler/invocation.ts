import type { HandlerSettings } from "../config/handler";
import { budgetMs } from "./deadline";
import { logLine } from "./log";
import {
  type Decision,
  migrateUser,
  type SourceUserPool,
  type UserMigrationEvent,
  type UserMigrationResponse,
} from "./migrate-user";
import { MigrationFailure } from "./outcome";

/** What Lambda passes beside the event, as far as it is used. */
export interface Context {
  readonly awsRequestId: string;
  getRemainingTimeInMillis(): number;
}

export interface Surroundings {
  /** Undefined: the environment could not be parsed; every invocation fails. */
  readonly settings: HandlerSettings | undefined;
  readonly connect: (
    settings: HandlerSettings,
    signal: () => AbortSignal,
  ) => SourceUserPool & { warmUp(): Promise<void> };
  /** Milliseconds since the process was born. */
  readonly processAgeMs: () => number;
  readonly now: () => Date;
  readonly write: (line: string) => void;
}

/** How long INIT may wait for credentials: enough for STS, and little enough to leave time for the user who waits. */
const WARM_UP_MS = 1500;

export type Handler = <Event extends UserMigrationEvent>(event: Event, context: Context) => Promise<Event>;

/**
 * Makes the function's handler: one decision within Cognito's patience, one log line, and an answer that tells the user
 * nothing that Cognito would not.
 */
export async function createHandler(s: Surroundings): Promise<Handler> {
  let deadline = AbortSignal.timeout(WARM_UP_MS);
  const source = s.settings && s.connect(s.settings, () => deadline);
  if (source) await Promise.race([source.warmUp(), whenAborted(deadline)]);
  let coldStart = true;

  return async (event, context) => {
    const startMs = s.processAgeMs();
    const wasCold = coldStart;
    coldStart = false;
    const log = (decided: Decision | MigrationFailure): void =>
      s.write(
        logLine(
          {
            outcome: decided.outcome,
            triggerSource: event.triggerSource,
            requestId: context.awsRequestId,
            durationMs: s.processAgeMs() - startMs,
            coldStart: wasCold,
            ...("response" in decided
              ? { droppedAttributes: decided.droppedAttributes, droppedFactors: decided.droppedFactors }
              : {}),
            ...("errorName" in decided ? { errorName: decided.errorName } : {}),
          },
          s.now(),
        ),
      );
    try {
      deadline = AbortSignal.timeout(budgetMs(context.getRemainingTimeInMillis(), wasCold ? startMs : 0));
      if (!s.settings || !source) throw new MigrationFailure("misconfigured", "HandlerSettingsError");
      const decision = await Promise.race([migrateUser(event, s.settings, source), tooLate(deadline)]);
      log(decision);
      return "response" in decision ? { ...event, response: answer(event.response, decision.response) } : event;
    } catch (error) {
      const failure =
        error instanceof MigrationFailure ? error : new MigrationFailure("unexpected", (error as Error).name);
      log(failure);
      throw answerTo(failure);
    }
  };
}

/** Cognito's own fields stay, but two are null, as Cognito sends them, unless they were decided. */
function answer(given: unknown, decided: UserMigrationResponse): object {
  return { ...(given as object | null), finalUserStatus: null, enableSMSMFA: null, ...decided };
}

/** Lambda logs and returns what is thrown, so it is a new error: no cause, no trace, nothing but the sentence. */
function answerTo(failure: MigrationFailure): Error {
  const error = new Error(failure.message);
  error.name = failure.name;
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
