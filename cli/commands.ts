import type { Command } from "./command";
import { IMPORT } from "./import/command";
import { PREFLIGHT } from "./preflight/command";

/** Every command, in the order in which a migration needs them: one line each. */
export const COMMANDS: readonly Command[] = [PREFLIGHT, IMPORT];
