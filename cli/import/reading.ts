import { statfsSync } from "node:fs";
import { estimateOf } from "../aws/confirmed-pool";
import { PAGE_SIZE } from "../aws/list-users";
import type { SideName } from "../aws/side";
import type { ConfirmedPools } from "../pools/confirmed-pools";
import { announceEnds } from "../pools/lasting-credentials";
import { duration } from "../program/duration";
import { CommandError, EXIT } from "../program/exit";
import { secondsAtPace } from "../program/pace";
import { plural } from "../program/plural";
import type { Import } from "./import-context";
import { MAX_AGE_MS } from "./run-state";

/** How often {@link compareUsers} reads the source. */
const SOURCE_READINGS = 2;

/** Nobody wants to hear of what is over before it is read. */
const WORTH_SAYING_SECONDS = 60;

/** A row, and whose it is. */
const BYTES_PER_USER = 300;

const DAY_SECONDS = MAX_AGE_MS / 1000;

type Users = Readonly<Record<SideName, number>>;

/** As Cognito estimates them. */
const usersOf = ({ source, destination }: ConfirmedPools): Users => ({
  source: estimateOf(source),
  destination: estimateOf(destination),
});

/** What it takes to compare so many users. Estimates are hours old, and AWS may be slower than the pace. */
export function readingOf({ source, destination }: Users, requestsPerSecond: number) {
  const requests = SOURCE_READINGS * Math.ceil(source / PAGE_SIZE) + Math.ceil(destination / PAGE_SIZE);
  const seconds = secondsAtPace(requests, requestsPerSecond);
  const users = `about ${plural(source, "user")} at the source, read twice, and ${plural(destination, "user")} at the destination`;
  const effort = `${plural(requests, "request")} of ListUsers, ${duration(seconds)} at --requests-per-second ${requestsPerSecond}`;
  const left = duration(DAY_SECONDS - seconds);
  return {
    requests,
    seconds,
    /** What to know beforehand; undefined when it is over soon. */
    text:
      seconds < WORTH_SAYING_SECONDS
        ? undefined
        : `To read: ${users}: ${effort} or longer. Import jobs may begin for a day from the first request, so for ${left} after the last.`,
    /** Why it cannot be done, and what would; undefined when it can. */
    problem:
      seconds < DAY_SECONDS
        ? undefined
        : `To read: ${users}: ${effort} or longer. That is more than a day, and nobody may be imported from what is older. ` +
          `--requests-per-second ${paceForADay(requests)} is the least that does it; the quota of the account is 30. Nothing was read.`,
  };
}

/** The least that does it. Above 10 it goes by tens: see {@link secondsAtPace}. */
function paceForADay(requests: number): number {
  let pace = Math.ceil(requests / DAY_SECONDS);
  while (secondsAtPace(requests, pace) >= DAY_SECONDS) pace += 1;
  return pace;
}

/** Says before the first request what lies ahead. @throws {CommandError} CHECKS_FAILED when it would take so long that nobody could be imported. */
export async function announceReading({ context, options, places }: Import): Promise<void> {
  const { problem, text, seconds } = readingOf(usersOf(places), options.requestsPerSecond);
  if (problem !== undefined) throw new CommandError(EXIT.CHECKS_FAILED, problem);
  if (text !== undefined) context.terminal.say(text);
  await announceEnds([places.source, places.destination], seconds, context);
}

/** @returns that the files of an export may not fit; undefined when they do. */
export function lackOfRoom({ source, destination }: Users, freeBytes: number): string | undefined {
  const needed = Math.max(0, source - destination) * BYTES_PER_USER;
  const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1e6).toLocaleString("en-US")} MB`;
  return needed < freeBytes
    ? undefined
    : `The files of this export need about ${megabytes(needed)}, and the disk of .cognito-migration has ${megabytes(freeBytes)}. Where it gets full, ` +
        "the import ends, and what was read is not kept.";
}

export function announceFiles({ context, places }: Import, directory: string): void {
  const { bavail, bsize } = statfsSync(directory);
  const text = lackOfRoom(usersOf(places), bavail * bsize);
  if (text !== undefined) context.terminal.say(text);
}
