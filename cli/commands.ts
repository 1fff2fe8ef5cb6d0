import type { Command } from "./command";
import { PREFLIGHT } from "./preflight/command";
import { simulateCommand } from "./simulate/command";
import { statusCommand } from "./status/command";

/** Every command, in the order in which a migration needs them: one line each. */
export const COMMANDS: readonly Command[] = [simulateCommand, PREFLIGHT, statusCommand];
