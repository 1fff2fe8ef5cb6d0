import type { DestinationSettings } from "../../config/deployment";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { explainAwsError } from "../aws/explain-aws-error";
import { WorkFolder } from "../import/work-folder";
import { findSource } from "../pools/confirmed-pools";
import type { Context } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { dayNumber } from "../status/progress-so-far";
import { readProgress } from "../status/read-progress";
import type { LastImport, Left } from "./left-behind";

/** Reads both pools as `status` does. */
export async function readLeft(destination: ConfirmedPool, context: Context): Promise<Left> {
  try {
    const source = await findSource(context);
    const { sourceUsers, remaining, byDay } = await readProgress({ source, destination }, context);
    const yesterday = dayNumber(context.now()) - 1;
    const lately = [...byDay].filter(([day]) => dayNumber(day) >= yesterday);
    const cameLately = lately.reduce((sum, [, users]) => sum + users, 0);
    const inWindow = cameInWindow(byDay, context);
    return { count: remaining, sourceUsers, cameLately, lastImport: lastImport(destination, context), inWindow };
  } catch (error) {
    const because = context.signal.aborted ? undefined : reasonOf(error);
    if (because === undefined) throw error;
    return { because };
  }
}

function cameInWindow(
  byDay: ReadonlyMap<string, number>,
  { deployment, now }: Pick<Context, "deployment" | "now">,
): number | undefined {
  const { groupsMode, groupsWindow } = deployment().destination as DestinationSettings;
  if (groupsMode === "off") return undefined;
  const first = dayNumber(new Date(now().getTime() - groupsWindow * 1000));
  return [...byDay].reduce((sum, [day, users]) => (dayNumber(day) >= first ? sum + users : sum), 0);
}

/** What the newest export in this checkout says; a folder that cannot be believed says nothing. */
function lastImport({ side }: ConfirmedPool, { workDirectory, deployment }: Context): LastImport | undefined {
  try {
    const runs = new WorkFolder(workDirectory, deployment().destination?.migration, side.userPoolId).runs();
    const exported = runs.map(({ state }) => state.exported).findLast((one) => one !== undefined);
    return exported && { at: new Date(exported.at), leftOut: exported.counts.leftOut };
  } catch (error) {
    if (error instanceof CommandError) return undefined;
    throw error;
  }
}

/** @returns undefined for what is no refusal: a bug must not pass for a pool that cannot be read. */
const reasonOf = (error: unknown): string | undefined =>
  error instanceof CommandError && error.exitCode === EXIT.AWS_REFUSED ? error.message : explainAwsError(error);
