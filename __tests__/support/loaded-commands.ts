import { join } from "node:path";
import { COMMANDS } from "../../cli/commands";
import type { Command, CommandEntry } from "../../cli/program/command";
import { ROOT } from "./program";

const camelCase = (name: string): string => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/** Every command with what it takes, which is loaded at once: a table of tests cannot wait. */
export const LOADED_COMMANDS: readonly (CommandEntry & Command)[] = COMMANDS.map((entry) => ({
  ...entry,
  ...(require(join(ROOT, "cli", entry.name, "command")) as Readonly<Record<string, Command>>)[
    `${camelCase(entry.name)}Command`
  ],
})) as readonly (CommandEntry & Command)[];
