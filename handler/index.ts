import { type HandlerSettings, parseHandlerSettings } from "../config/handler";
import { createHandler } from "./invocation";
import { connectSourceUserPool } from "./source-user-pool";

/** A broken environment must not end INIT with an error: its text would be shown to the user who signs in. */
function settingsFrom(env: NodeJS.ProcessEnv): HandlerSettings | undefined {
  try {
    return parseHandlerSettings(env);
  } catch (error) {
    console.error((error as Error).message);
    return undefined;
  }
}

export const handler = await createHandler({
  settings: settingsFrom(process.env),
  connect: connectSourceUserPool,
  processAgeMs: () => performance.now(),
  now: () => new Date(),
  write: (line) => process.stdout.write(`${line}\n`),
});
