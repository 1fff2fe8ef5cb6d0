import yargs, { type ArgumentsCamelCase, type InferredOptionTypes, type Options } from "yargs";
import type { LOG } from "./option-list";
import { terminal } from "./terminal";

export type LogOptions = InferredOptionTypes<typeof LOG>;

/** What a command line asks for. Ends the process after --help, and with 2 when it asks for what there is not. */
export function optionsOf<T extends Readonly<Record<string, Options>>>(
  command: string,
  options: T,
  parameters: readonly string[],
): ArgumentsCamelCase<InferredOptionTypes<T>> {
  const parsed: unknown = yargs([...parameters])
    .scriptName(command)
    .usage("$0 [options]")
    .options(options)
    // An option may begin with `no`, and a list takes one value each time.
    .parserConfiguration({ "boolean-negation": false, "greedy-arrays": false })
    .strict()
    .version(false)
    .help()
    .fail((message, error) => {
      terminal.say(`${message ?? error.message}\nSee ${command} --help.`);
      process.exit(2);
    })
    .parseSync();
  return parsed as ArgumentsCamelCase<InferredOptionTypes<T>>;
}
