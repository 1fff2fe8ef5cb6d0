import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { commandLines } from "../config/command-lines";
import type { Deployment } from "../config/deployment";
import { chosenFile, findSettingsFile, type SettingsFile } from "../config/settings-file";
import { runProgram } from "./program";
import type { Context } from "./program/command";
import { readFound, WORK_DIRECTORY } from "./program/own-files";
import { terminalOf } from "./program/terminal";

/** For what is still being written when all is done. */
const LAST_WORDS_MS = 2000;

/** What differs between a checkout and the npm package. */
interface Home extends Pick<Context, "version" | "codeSha256" | "tokenCodeSha256"> {
  /** Where settings and `.cognito-migration` are, for somebody who stands in `directory`. @throws {CommandError} USAGE where they would be missed. */
  folder(directory: string): string;
  /** Whether it is the npm package: the stacks are in somebody's own code then. */
  readonly isPackage?: boolean;
  /** What a new file of settings is copied from, as it is typed there. */
  readonly settingsExample: string;
}

const withoutCommand = (): never => {
  throw new Error("No command was named, and settings were asked for.");
};

export function start({ version, folder, isPackage, settingsExample, codeSha256, tokenCodeSha256 }: Home): void {
  /** Asked for by whatever reads or writes files of the project, so that `simulate` and --help work anywhere. */
  const root = (): string => folder(process.cwd());
  const terminal = terminalOf(process.stdout, process.stderr);
  const interruption = new AbortController();

  /** Read when a command first asks, so that those without settings need none, and told of once. */
  let deployment: Deployment | undefined;
  async function deploymentReader(option: string | undefined): Promise<() => Deployment> {
    const { readDeployment } = await import("../config/read-deployment");
    return () => {
      deployment ??= readDeployment(process.env, settingsFile(option), terminal.say);
      return deployment;
    };
  }
  function settingsFile(option: string | undefined): SettingsFile {
    const project = root();
    const chosen = chosenFile(process.env, option);
    // The package takes any folder for the migration's, and with it the `.env` of whoever could write there.
    const read = isPackage && chosen === undefined ? readFound : (path: string) => readFileSync(path);
    return findSettingsFile(chosen, {
      read: (name) => read(resolve(project, name)),
      names: () => readdirSync(project),
      example: settingsExample,
    });
  }

  // The first Ctrl-C asks the command to stop where it is safe; the second does not ask.
  process.on("SIGINT", () => {
    if (interruption.signal.aborted) process.exit(130);
    interruption.abort();
  });
  process.on("SIGTERM", () => interruption.abort());
  // `... | head` closes the pipe: that is no error, and no reason to stop a change half-way.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") process.exit(70);
    if (!process.argv.includes("--apply")) process.exit(0);
  });

  runProgram(process.argv.slice(2), async (settings, isCommand) => ({
    terminal,
    get root() {
      return root();
    },
    version,
    codeSha256,
    tokenCodeSha256,
    signal: interruption.signal,
    get workDirectory() {
      return resolve(root(), process.env["COGNITO_MIGRATION_DIRECTORY"] || WORK_DIRECTORY);
    },
    now: () => new Date(),
    // What parses settings takes longer to load than all that --help needs.
    deployment: isCommand ? await deploymentReader(settings) : withoutCommand,
    commands: commandLines(process.env, settings, isPackage),
  })).then((exitCode) => {
    process.exitCode = exitCode;
    // Somebody may still wait for credentials that do not come: that keeps nobody here.
    setTimeout(() => process.exit(), LAST_WORDS_MS).unref();
  });
}
