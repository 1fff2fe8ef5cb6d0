import { readdirSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS } from "../../cli/commands";
import { ROOT } from "../support/program";

/** What several commands stand on. Every other folder is a command. */
const SHARED = ["aws", "pool-change", "pools", "program"];

const folders = readdirSync(join(ROOT, "cli"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const camelCase = (name: string): string => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

test("a folder of cli is a command, and a command has a folder", () => {
  expect(folders.filter((name) => !SHARED.includes(name)).sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
});

test.each(COMMANDS.map((command) => [command.name, command] as const))(
  "%s: its file exports it under its name",
  async (name, command) => {
    const exported: Readonly<Record<string, unknown>> = await import(join(ROOT, "cli", name, "command"));
    expect(exported).toEqual({ [`${camelCase(name)}Command`]: command });
  },
);
