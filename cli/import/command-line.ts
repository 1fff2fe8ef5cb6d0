import { paceWords } from "../pools/requests-per-second";
import type { Context } from "../program/command";
import { MAX_ROWS } from "./csv";
import type { ImportOptions } from "./import-context";

/**
 * The command line that does what the plan says, with no consent that was not given by now: what it gives up nobody is to
 * agree to by copying. LOGS_ROLE_ARN stands for a role that was not given yet.
 */
export function applyCommand({ options, context }: Applied): string {
  const { dropMfa, logsRoleArn = "LOGS_ROLE_ARN", requestsPerSecond, rowsPerJob } = options;
  return context.commands.program(
    "import",
    ...["--apply", "--logs-role-arn", logsRoleArn],
    ...(dropMfa ? ["--drop-mfa"] : []),
    ...paceWords(requestsPerSecond),
    ...(rowsPerJob === MAX_ROWS ? [] : ["--rows-per-job", String(rowsPerJob)]),
  );
}

interface Applied {
  readonly options: ImportOptions;
  readonly context: Pick<Context, "commands">;
}
