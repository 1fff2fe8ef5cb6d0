import { explainAwsError } from "../aws/explain-aws-error";
import type { Place } from "../aws/place";
import { findSource } from "../pools/confirmed-pools";
import type { Context } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { dayNumber } from "../status/progress-so-far";
import { readProgress } from "../status/read-progress";
import type { Left } from "./left-behind";

/** Reads both pools as `status` does. */
export async function readLeft(destination: Place, context: Context): Promise<Left> {
  try {
    const source = await findSource(context);
    const { sourceUsers, remaining, byDay } = await readProgress({ source, destination }, context);
    const yesterday = dayNumber(context.now()) - 1;
    const lately = [...byDay].filter(([day]) => dayNumber(day) >= yesterday);
    return { count: remaining, sourceUsers, cameLately: lately.reduce((sum, [, users]) => sum + users, 0) };
  } catch (error) {
    const because = context.signal.aborted ? undefined : reasonOf(error);
    if (because === undefined) throw error;
    return { because };
  }
}

/** @returns undefined for what is no refusal: a bug must not pass for a pool that cannot be read. */
const reasonOf = (error: unknown): string | undefined =>
  error instanceof CommandError && error.exitCode === EXIT.AWS_REFUSED ? error.message : explainAwsError(error);
