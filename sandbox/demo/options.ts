import yargs, { type InferredOptionTypes, type Options } from "yargs";
import { type LOG, SANDBOX_OPTIONS } from "./option-list";
import { terminal } from "./terminal";

export type LogOptions = InferredOptionTypes<typeof LOG>;

/** What a command line asks for. Ends the process after --help, and with 2 when it asks for what there is not. */
export function optionsOf<T extends Readonly<Record<string, Options>>>(
  command: string,
  options: T,
  parameters: readonly string[],
): InferredOptionTypes<T> {
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
  return parsed as InferredOptionTypes<T>;
}

/** What the command line of the sandbox asks for. */
export interface SandboxOptions extends LogOptions {
  readonly sourcePool: string | undefined;
  readonly destinationPool: string | undefined;
  /** `NAME=VALUE`, in order. */
  readonly set: readonly string[];
  readonly settings: string | undefined;
  readonly noUsers: boolean;
  readonly json: boolean;
}

export function sandboxOptions(parameters: readonly string[]): SandboxOptions {
  const given = optionsOf("npm run sandbox --", SANDBOX_OPTIONS, parameters);
  const { "source-pool": sourcePool, "destination-pool": destinationPool, "no-users": noUsers } = given;
  const { settings, set = [], json, log } = given;
  return { sourcePool, destinationPool, settings, set, noUsers, json, log };
}
