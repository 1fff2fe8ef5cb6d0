import type { CommandLines } from "../../config/command-lines";
import { quoted } from "../../config/shell";
import { paceWords } from "../pools/requests-per-second";

export interface GroupsOptions {
  readonly apply: boolean;
  readonly json: boolean;
  /** Groups of the destination with a role that members may come into nevertheless. */
  readonly named: readonly string[];
  readonly requestsPerSecond: number;
}

/** The command line that does what the plan says. */
export const applyCommand = ({ named, requestsPerSecond }: GroupsOptions, commands: CommandLines): string =>
  commands.program("groups", ...named.map(groupWord), "--apply", ...paceWords(requestsPerSecond));

/** One word, so that a name which begins with a dash is no option. A group's name may have any character that is no space. */
const groupWord = (name: string): string => `--group=${name}`;

/** The same, as the shell takes it. */
export const groupOption = (name: string): string => quoted(groupWord(name));
