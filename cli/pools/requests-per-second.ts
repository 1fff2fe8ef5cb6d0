import type { CommandOptions } from "../program/command";
import { CommandError, EXIT } from "../program/exit";

/** The quota of ListUsers is 30 per second, for all user pools of an account, and cannot be raised: others need some. */
const USUAL = 10;

export const REQUESTS_PER_SECOND = {
  "requests-per-second": {
    type: "number",
    default: USUAL,
    describe: "ListUsers requests per second; the account has 30 in all, and cannot get more",
  },
} as const satisfies CommandOptions;

export function refuseImpossiblePace(requestsPerSecond: number): void {
  if (!(requestsPerSecond > 0))
    throw new CommandError(EXIT.USAGE, `--requests-per-second: found ${requestsPerSecond}, expected a number above 0.`);
}

/** The option, for a command line that is printed. */
export const paceWords = (requestsPerSecond: number): readonly string[] =>
  requestsPerSecond === USUAL ? [] : ["--requests-per-second", String(requestsPerSecond)];
