import { type HandlerSettings, parseHandlerSettings } from "../../rules/function-environment";
import { connectRehearsal, connectSourceUserPool } from "../aws/source-user-pool";
import type { CreateFunction } from "../entry/dispatch";
import { createHandler, type Surroundings } from "./user-migration/invocation";
import { rehearse } from "./user-migration/rehearsal";

/** A broken environment must not end INIT with an error: its text would be shown to the user who signs in. */
function settingsFrom(
  env: Parameters<CreateFunction>[0],
  complain: (text: string) => void,
): HandlerSettings | undefined {
  try {
    return parseHandlerSettings(env);
  } catch (error) {
    complain((error as Error).message);
    return undefined;
  }
}

/** Wires the migration. */
export const createFunction: CreateFunction = async (env, agent, opened) => {
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
};
