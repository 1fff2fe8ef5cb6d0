import yargs from "yargs";

export interface SandboxOptions {
  /** `json` shows what the function logs as it is. */
  readonly log: "text" | "json";
}

/** What the command line of the sandbox asks for. Ends the process after --help, and with 2 when it asks for what there is not. */
export function sandboxOptions(parameters: readonly string[]): SandboxOptions {
  return yargs([...parameters])
    .scriptName("npm run sandbox --")
    .usage("$0 [options]\n\nTwo AWS accounts on this machine, until Ctrl-C.")
    .options({
      log: {
        choices: ["text", "json"] as const,
        default: "text" as const,
        describe: "How each line of the function's log is shown",
      },
    })
    .strict()
    .version(false)
    .help()
    .fail((message, error) => {
      console.error(`${message ?? error.message}\nSee npm run sandbox -- --help.`);
      process.exit(2);
    })
    .parseSync();
}
