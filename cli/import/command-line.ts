import { quoted } from "../../config/shell";
import type { Context } from "../program/command";
import type { ImportOptions } from "./import-context";

/**
 * The command line that does what the plan says, with no consent that was not given by now: what it gives up nobody is to
 * agree to by copying. LOGS_ROLE_ARN stands for a role that was not given yet.
 */
export function applyCommand({ options, context }: Applied): string {
  const { groups, named, dropMfa, logsRoleArn = "LOGS_ROLE_ARN", requestsPerSecond, rowsPerJob, usual } = options;
  return context.commands.program(
    "import",
    ...(groups ? ["--groups"] : []),
    ...named.map(groupWord),
    ...["--apply", "--logs-role-arn", logsRoleArn],
    ...(dropMfa ? ["--drop-mfa"] : []),
    ...(requestsPerSecond === usual.requestsPerSecond ? [] : ["--requests-per-second", String(requestsPerSecond)]),
    ...(rowsPerJob === usual.rowsPerJob ? [] : ["--rows-per-job", String(rowsPerJob)]),
  );
}

interface Applied {
  readonly options: ImportOptions;
  readonly context: Pick<Context, "commands">;
}

/** One word, so that a name which begins with a dash is no option. A group's name may have any character that is no space. */
const groupWord = (name: string): string => `--group=${name}`;

/** The same, as the shell takes it. */
export const groupOption = (name: string): string => quoted(groupWord(name));
