import type { DestinationSettings } from "../../config/deployment";
import type { Turn } from "../aws/paced";
import { type ConfirmedPools, confirmPools } from "../pools/confirmed-pools";
import type { Context } from "../program/command";
import { paceOf } from "../program/pace";
import { WorkFolder } from "./work-folder";

export interface ImportOptions {
  readonly apply: boolean;
  readonly json: boolean;
  readonly clean: boolean;
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

/** @throws {CommandError} when the pools or the account are not as the settings say. */
export async function beginWork(context: Context, requestsPerSecond: number): Promise<Work> {
  const places = await confirmPools(context);
  const settings = context.deployment().destination;
  if (settings === undefined) throw new Error("there is a destination, or confirmPools would have refused");
  const folder = new WorkFolder(context.workDirectory, settings.migration, places.destination.side.userPoolId);
  return { context, places, settings, folder, turn: paceOf(requestsPerSecond) };
}
