import { attachCommand } from "./attach/command";
import { cutOverCommand } from "./cut-over/command";
import { detachCommand } from "./detach/command";
import { explainCommand } from "./explain/command";
import { groupsCommand } from "./groups/command";
import { importCommand } from "./import/command";
import { preflightCommand } from "./preflight/command";
import type { Command } from "./program/command";
import { simulateCommand } from "./simulate/command";
import { statusCommand } from "./status/command";
import { tryCommand } from "./try/command";
import { undoCommand } from "./undo/command";

/** Every command, in the order in which a migration needs them: one line each. */
export const COMMANDS: readonly Command[] = [
  simulateCommand,
  preflightCommand,
  tryCommand,
  attachCommand,
  detachCommand,
  statusCommand,
  explainCommand,
  importCommand,
  groupsCommand,
  cutOverCommand,
  undoCommand,
];
