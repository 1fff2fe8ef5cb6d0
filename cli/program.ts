import yargs, { type Argv, type Options } from "yargs";
import { Parser } from "yargs/helpers";
import { type CommandLines, OR_NONE } from "../config/command-lines";
import { SettingsError } from "../config/settings-error";
import { callOriginOf } from "./aws/call-origin";
import { COMMANDS } from "./commands";
import { exitCodeOf } from "./pools/exit-code-of";
import type { Command, CommandEntry, Context } from "./program/command";
import { CommandError, EXIT, type ExitCode, NOTHING_CHANGED } from "./program/exit";
import { explainSystemError } from "./program/explain-system-error";
import { usageProblem, withoutValue } from "./program/usage-problem";
import { wrap } from "./program/wrap";

const NAME = "cognito-migration";
const NAMES: readonly string[] = COMMANDS.map(({ name }) => name);

const SETTINGS_OPTION = {
  type: "string",
  describe: "File with the settings of the migration; SETTINGS_FILE names it as well",
} as const satisfies Options;

const epilogue = ({
  file,
}: CommandLines): string => `Settings come from the environment and ${file}, as for the stacks. Changing commands change nothing without --apply.
In a pipeline: ${OR_NONE}, which runs the project's own program or none.
Exit codes: 0 done, 1 checks failed, 2 wrong usage, 3 AWS refused, 70 a bug, 130 interrupted.`;

const PARSER = { "boolean-negation": false, "dot-notation": false, "parse-numbers": false } as const;

/**
 * @param parameters What follows the program's name.
 * @param contextFor Given the file of settings that they name, and whether they may name a command.
 */
export async function runProgram(
  parameters: readonly string[],
  contextFor: (settingsFile: string | undefined, isCommand: boolean) => Promise<Context>,
): Promise<ExitCode> {
  const loaded = await loadNamed(parameters);
  const context = await contextFor(settingsIn(parameters), loaded.size > 0);
  let exitCode: ExitCode = EXIT.DONE;
  const program = yargs([...parameters])
    .scriptName(NAME)
    .usage("$0 <command>")
    .epilogue(epilogue(context.commands))
    .strict()
    .demandCommand(1, "Say which command.")
    .options({ settings: checked("settings", SETTINGS_OPTION) })
    .version(context.version)
    .help()
    .alias("help", "h")
    .wrap(Math.min(context.terminal.columns, 110))
    .parserConfiguration(PARSER)
    .exitProcess(false)
    .showHelpOnFail(false)
    .fail((message, error) => {
      // What yargs has against the command line comes as an error when it finds it while parsing.
      if (error && error.name !== "YError") throw error;
      throw new CommandError(
        EXIT.USAGE,
        `${usageProblem(message ?? error.message, parameters, loaded.get(parameters[0] ?? "")?.options, NAMES)}\n` +
          `See ${helpFor(parameters, context.commands)}.`,
      );
    });
  for (const { name, positionals, summary } of COMMANDS) {
    const command = loaded.get(name);
    const line = positionals ? `${name} ${positionals}` : name;
    if (command === undefined) program.command(line, summary);
    else
      program.command(
        line,
        summary,
        (one: Argv) => withOptions(one, command, context.commands),
        async (args: Readonly<Record<string, unknown>>) => {
          // A file that was named is read, also where the command could do without: it may be another migration's that was meant.
          if (args["settings"] !== undefined) context.deployment();
          exitCode = await command.run(args, context);
        },
      );
  }
  // Last in the list: a migration does without it.
  program.completion("completion", "Print a script for completion in your shell");
  // Nothing was asked for, so it is told, on stderr, and no script takes it for done: as clap has it for commands of commands.
  // https://docs.rs/clap/latest/clap/error/enum.ErrorKind.html, DisplayHelpOnMissingArgumentOrSubcommand
  if (parameters.length === 0) {
    context.terminal.say(await program.getHelp());
    return EXIT.USAGE;
  }
  try {
    await program.parseAsync();
    return exitCode;
  } catch (error) {
    return explain(error, context);
  }
}

/**
 * Loads what the words may mean, before there is a parser: of an asynchronous `builder` yargs lets errors past `fail`. Whichever of them is
 * the command, its name is a word of its own.
 */
async function loadNamed(parameters: readonly string[]): Promise<ReadonlyMap<string, Command>> {
  return new Map(await Promise.all(namedIn(parameters).map(async ({ name, load }) => [name, await load()] as const)));
}

const namedIn = (parameters: readonly string[]): readonly CommandEntry[] =>
  COMMANDS.filter(({ name }) => parameters.includes(name));

function helpFor(parameters: readonly string[], commands: CommandLines): string {
  const [command] = namedIn(parameters);
  return commands.program(...(command === undefined ? [] : [command.name]), "--help");
}

/** Known before anything else is, so that whatever is said names it. What is wrong with it, `checked` says. */
function settingsIn(parameters: readonly string[]): string | undefined {
  const { settings } = Parser([...parameters], { string: ["settings"], configuration: PARSER });
  return typeof settings === "string" && settings.trim() !== "" ? settings : undefined;
}

function withOptions(program: Argv, { options, examples }: Command, commands: CommandLines): Argv {
  const lines = examples.map(([line, about]) => `  ${about}:\n${forShell(`${commands.program()} ${line}`)}`);
  return program
    .options(Object.fromEntries(Object.entries(options).map(([name, option]) => [name, checked(name, option)])))
    .epilogue(`Examples:\n${lines.join("\n")}`);
}

/** Breaks a long command line where the shell lets it be broken, so that it can be copied; program.example() does not. */
const forShell = (line: string): string =>
  wrap(line, 66)
    .map((part, at) => `${at === 0 ? "    " : "      "}${part}`)
    .join(" \\\n");

/**
 * A value stands for itself: of two, one would be dropped without a word. A switch may be said twice. No text may be empty: that is an
 * option whose value was forgotten, or a variable of a script that is not set.
 */
function checked(name: string, option: Options): Options {
  return {
    ...option,
    // A number without a value would be its default, or none.
    requiresArg: option.type !== "boolean",
    coerce: (given: unknown) => {
      const isTwice = option.array !== true && Array.isArray(given);
      if (isTwice && option.type !== "boolean")
        throw new CommandError(
          EXIT.USAGE,
          `--${name}: found ${given.length} times, expected once. It is: ${option.describe}.`,
        );
      const value = isTwice ? given.at(-1) : given;
      const isEmpty = [value].flat().some((one) => typeof one === "string" && one.trim() === "");
      if (option.type === "string" && isEmpty) throw new CommandError(EXIT.USAGE, withoutValue(name, option));
      return value;
    },
  };
}

async function explain(error: unknown, { terminal, signal }: Context): Promise<ExitCode> {
  if (error instanceof SettingsError || error instanceof CommandError) {
    terminal.say(error.message);
    return error instanceof CommandError ? error.exitCode : EXIT.USAGE;
  }
  // What was under way when Ctrl-C came fails as aborted.
  if (signal.aborted) {
    terminal.say("Stopped.");
    return EXIT.INTERRUPTED;
  }
  // It knows the SDK's errors, and so loads the SDK.
  const { explainAwsError } = await import("./aws/explain-aws-error");
  const refused = explainAwsError(error);
  if (refused !== undefined) {
    terminal.say(refused);
    if (callOriginOf(error as Error)?.mayHaveChanged === false) terminal.say(NOTHING_CHANGED);
    return exitCodeOf(error);
  }
  const system = explainSystemError(error);
  if (system !== undefined) {
    terminal.say(system);
    return EXIT.CHECKS_FAILED;
  }
  terminal.say(`This is a bug of ${NAME}; please report it.\n${error instanceof Error ? error.stack : String(error)}`);
  return EXIT.INTERNAL;
}
