import type { CommandLines } from "../../config/command-lines";
import type { DestinationSettings } from "../../config/deployment";
import type { Turn } from "../aws/paced";
import { type ConfirmedPools, confirmPools } from "../pools/confirmed-pools";
import { paceWords } from "../pools/requests-per-second";
import type { Context } from "../program/command";
import { paceOf } from "../program/pace";
import { MAX_ROWS } from "./csv";
import { WorkFolder } from "./work-folder";

export interface ImportOptions {
  readonly apply: boolean;
  readonly json: boolean;
  readonly dropMfa: boolean;
  readonly logsRoleArn: string | undefined;
  readonly rowsPerJob: number;
  readonly requestsPerSecond: number;
}

/** What every step of an import has, and of `groups`. */
export interface Work {
  readonly context: Context;
  readonly places: ConfirmedPools;
  readonly settings: DestinationSettings;
  readonly folder: WorkFolder;
  readonly turn: Turn;
}

export interface Import extends Work {
  readonly options: ImportOptions;
}

/**
 * The command line that does what the plan says, with no consent that was not given by now: what it gives up nobody is to
 * agree to by copying. LOGS_ROLE_ARN stands for a role that was not given yet.
 */
export function applyCommand(options: ImportOptions, commands: CommandLines): string {
  const { dropMfa, logsRoleArn = "LOGS_ROLE_ARN", requestsPerSecond, rowsPerJob } = options;
  return commands.program(
    "import",
    ...["--apply", "--logs-role-arn", logsRoleArn],
    ...(dropMfa ? ["--drop-mfa"] : []),
    ...paceWords(requestsPerSecond),
    ...(rowsPerJob === MAX_ROWS ? [] : ["--rows-per-job", String(rowsPerJob)]),
  );
}

/** @throws {CommandError} when the pools or the account are not as the settings say. */
export async function beginWork(context: Context, requestsPerSecond: number): Promise<Work> {
  const places = await confirmPools(context);
  const settings = context.deployment().destination;
  if (settings === undefined) throw new Error("there is a destination, or confirmPools would have refused");
  const folder = new WorkFolder(context.workDirectory, settings.migration, places.destination.side.userPoolId);
  return { context, places, settings, folder, turn: paceOf(requestsPerSecond) };
}
