import type { DestinationSettings } from "../../config/deployment";
import type { Turn } from "../aws/paced";
import type { ConfirmedPools } from "../pools/confirmed-pools";
import type { Context } from "../program/command";
import type { WorkFolder } from "./work-folder";

export interface ImportOptions {
  readonly apply: boolean;
  readonly json: boolean;
  readonly clean: boolean;
  readonly dropMfa: boolean;
  readonly logsRoleArn: string | undefined;
  readonly rowsPerJob: number;
  readonly requestsPerSecond: number;
}

/** What every step of an import has. */
export interface Import {
  readonly options: ImportOptions;
  readonly context: Context;
  readonly places: ConfirmedPools;
  readonly settings: DestinationSettings;
  readonly folder: WorkFolder;
  readonly turn: Turn;
}
