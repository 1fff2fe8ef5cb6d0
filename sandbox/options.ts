import yargs, { type InferredOptionTypes, type Options } from "yargs";

/** Of everything that shows the function's log. */
export const LOG = {
  log: {
    choices: ["text", "json"],
    default: "text",
    describe: "How each line of the function's log is shown",
  },
} as const;

/** What a command line asks for. Ends the process after --help, and with 2 when it asks for what there is not. */
export function optionsOf<T extends Readonly<Record<string, Options>>>(
  script: string,
  options: T,
  parameters: readonly string[],
): InferredOptionTypes<T> {
  const parsed: unknown = yargs([...parameters])
    .scriptName(`npm run ${script} --`)
    .usage("$0 [options]")
    .options(options)
    .strict()
    .version(false)
    .help()
    .fail((message, error) => {
      console.error(`${message ?? error.message}\nSee npm run ${script} -- --help.`);
      process.exit(2);
    })
    .parseSync();
  return parsed as InferredOptionTypes<T>;
}

export type SandboxOptions = InferredOptionTypes<typeof LOG>;

export const sandboxOptions = (parameters: readonly string[]): SandboxOptions => optionsOf("sandbox", LOG, parameters);
