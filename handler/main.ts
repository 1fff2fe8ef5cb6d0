import type { Agent } from "node:https";
import { type HandlerSettings, parseHandlerSettings } from "../config/handler";
import { createHandler, type Handler } from "./invocation";
import { connectSourceUserPool } from "./source-user-pool";

type Environment = Readonly<Record<string, string | undefined>>;

/** A broken environment must not end INIT with an error: its text would be shown to the user who signs in. */
function settingsFrom(env: Environment, complain: (text: string) => void): HandlerSettings | undefined {
  try {
    return parseHandlerSettings(env);
  } catch (error) {
    complain((error as Error).message);
    return undefined;
  }
}

/**
 * Wires the function.
 *
 * @param agent Connections of the function.
 * @param opened Those that were opened ahead; INIT waits for them.
 */
export function createFunction(env: Environment, agent: Agent, opened: readonly Promise<void>[]): Promise<Handler> {
  return createHandler({
    settings: settingsFrom(env, (text) => process.stderr.write(`${text}\n`)),
    functionName: env["AWS_LAMBDA_FUNCTION_NAME"] ?? "",
    connect: (settings, turn) => connectSourceUserPool(settings, agent, turn),
    opened,
    initializationType: env["AWS_LAMBDA_INITIALIZATION_TYPE"] ?? "",
    processAgeMs: () => performance.now(),
    now: () => new Date(),
    write: (line) => process.stdout.write(`${line}\n`),
  });
}
