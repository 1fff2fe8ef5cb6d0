import { attach } from "./attach/command";
import { cutOver } from "./cut-over/command";
import { detach } from "./detach/command";
import { explainCommand } from "./explain/command";
import { groupsCommand } from "./groups/command";
import { IMPORT } from "./import/command";
import { PREFLIGHT } from "./preflight/command";
import type { Command } from "./program/command";
import { simulateCommand } from "./simulate/command";
import { statusCommand } from "./status/command";
import { tryCommand } from "./try/command";
import { undo } from "./undo/command";

/** Every command, in the order in which a migration needs them: one line each. */
export const COMMANDS: readonly Command[] = [
  simulateCommand,
  PREFLIGHT,
  tryCommand,
  attach,
  detach,
  statusCommand,
  explainCommand,
  IMPORT,
  groupsCommand,
  cutOver,
  undo,
];
