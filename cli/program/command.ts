import type { InferredOptionTypes, Options } from "yargs";
import type { CommandLines } from "../../config/command-lines";
import type { Deployment } from "../../config/deployment";
import type { ExitCode } from "./exit";
import type { Terminal } from "./terminal";

/** What a command has from outside. */
export interface Context {
  readonly terminal: Terminal;
  /** The settings that main.ts reads too. @throws {SettingsError} with every problem. */
  deployment(): Deployment;
  /** What is printed to be copied, for the migration of those settings. */
  readonly commands: CommandLines;
  /** Aborted by Ctrl-C: the command stops at the next safe point and throws {@link Interrupted}. */
  readonly signal: AbortSignal;
  /** Where undo files and journals are, made when needed with mode 0700. */
  readonly workDirectory: string;
  /** Project root: the folder of cdktf.json. */
  readonly root: string;
  /** Of this program. */
  readonly version: string;
  /** What Lambda tells as CodeSha256 of a function with the zip that belongs to this program. */
  codeSha256(): Promise<string>;
  /** Likewise of the token function. */
  tokenCodeSha256(): Promise<string>;
  now(): Date;
}

export type CommandOptions = Readonly<Record<string, Options>>;

export interface Command {
  readonly options: CommandOptions;
  /** Command lines without the program's name, and what each does. */
  readonly examples: readonly (readonly [line: string, about: string])[];
  run(args: Readonly<Record<string, unknown>>, context: Context): Promise<ExitCode>;
}

export interface CommandEntry {
  readonly name: string;
  /** Positional arguments as yargs writes them, such as `[file]`. */
  readonly positionals?: string;
  /** One sentence. */
  readonly summary: string;
  load(): Promise<Command>;
}

/** Gives `run` the types of its options. */
export function defineCommand<const O extends CommandOptions>(
  command: Omit<Command, "options" | "run"> & {
    readonly options: O;
    run(args: InferredOptionTypes<O>, context: Context): Promise<ExitCode>;
  },
): Command {
  return command as unknown as Command;
}

/** Changing commands print their plan and stop there, unless they get this. */
export const APPLY = {
  apply: { type: "boolean", default: false, describe: "Make the changes. Without it only the plan is printed" },
} as const satisfies CommandOptions;

export const JSON_OUTPUT = {
  json: { type: "boolean", default: false, describe: "Print one JSON document on stdout" },
} as const satisfies CommandOptions;
