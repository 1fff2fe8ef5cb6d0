import yargs from "yargs";
import { POOL_OPTIONS } from "./own-pools/options";

/** What the command line of the sandbox asks for. */
export interface SandboxOptions {
  readonly sourcePool: string | undefined;
  readonly destinationPool: string | undefined;
  /** `NAME=VALUE`, in order. */
  readonly set: readonly string[];
  readonly settings: string | undefined;
  readonly noUsers: boolean;
  readonly json: boolean;
}

/** Ends the process after --help, and with 2 when it asks for what there is not. */
export function sandboxOptions(parameters: readonly string[]): SandboxOptions {
  const {
    "no-users": noUsers,
    set = [],
    ...options
  } = yargs([...parameters])
    .scriptName("npm run sandbox --")
    .usage("$0 [options]\n\nTwo AWS accounts on this machine, until Ctrl-C.")
    .options(POOL_OPTIONS)
    .parserConfiguration({ "boolean-negation": false, "greedy-arrays": false })
    .strict()
    .demandCommand(0, 0)
    .version(false)
    .help()
    .fail((message, error) => {
      console.error(`${message ?? error.message}\nSee npm run sandbox -- --help.`);
      process.exit(2);
    })
    .parseSync();
  const { sourcePool, destinationPool, settings, json } = options;
  return { sourcePool, destinationPool, settings, json, set, noUsers };
}
