import type { Agent } from "node:https";
import { type HandlerSettings, parseHandlerSettings } from "../../rules/function-environment";
import { connectRehearsal, connectSourceUserPool } from "../aws/source-user-pool";
import { createHandler, type Handler, type Surroundings } from "./user-migration/invocation";
import { rehearse } from "./user-migration/rehearsal";

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
export async function createFunction(
  env: Environment,
  agent: Agent,
  opened: readonly Promise<void>[],
): Promise<Handler> {
  const settings = settingsFrom(env, (text) => process.stderr.write(`${text}\n`));
  const surroundings: Surroundings = {
    settings,
    functionName: env["AWS_LAMBDA_FUNCTION_NAME"] ?? "",
    connect: (known, turn) => connectSourceUserPool(known, agent, turn),
    opened,
    initializationType: env["AWS_LAMBDA_INITIALIZATION_TYPE"] ?? "",
    processAgeMs: () => performance.now(),
    now: () => new Date(),
    write: (line) => process.stdout.write(`${line}\n`),
  };
  const ready = createHandler(surroundings);
  // What has been begun leaves first. Then there is time, until it is answered.
  await new Promise(setImmediate);
  const silent = { ...surroundings, opened: [], connect: connectRehearsal, write: () => process.stdout.write("") };
  if (settings) await rehearse(settings, silent);
  return ready;
}
