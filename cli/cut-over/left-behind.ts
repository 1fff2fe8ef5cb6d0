import type { CommandLines } from "../../config/command-lines";
import type { DestinationSettings } from "../../config/deployment";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { explainAwsError } from "../aws/explain-aws-error";
import { WorkFolder } from "../import/work-folder";
import { type Objections, problem, together, warning } from "../pool-change/change";
import { findSource } from "../pools/confirmed-pools";
import type { Context } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { plural } from "../program/plural";
import { windowText } from "../program/window-text";
import { dayNumber } from "../status/progress-so-far";
import { readProgress } from "../status/read-progress";

/** Users of the source who are not at the destination, or why nobody knows how many. */
export type Left =
  | {
      readonly count: number;
      readonly sourceUsers: number;
      /** Who has come since yesterday began, in UTC. */
      readonly cameLately: number;
      /** Whom the last import into this user pool did not take; undefined: there was none here. */
      readonly lastImport?: LastImport | undefined;
      /** Who has come on a day, in UTC, of which a part is within the time in which a stamp gives groups; undefined: none does. */
      readonly inWindow?: number | undefined;
    }
  | { readonly because: string };

interface LastImport {
  /** When it read who is there. */
  readonly at: Date;
  /** By reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

export type Leave = number | "unknown" | undefined;

/** @returns null for what is no consent. @param text As given, or as a table prints a number. */
export function leaveOf(text: string | undefined): Leave | null {
  if (text === undefined || text === "unknown") return text;
  const digits = text.replaceAll(",", "");
  return /^\d{1,15}$/.test(digits) ? Number(digits) : null;
}

/**
 * Nobody is left behind by oversight: it takes their number. While it is typed people come, so each number will do that was true
 * since yesterday; one that only is large enough will not.
 */
export function decideLeftBehind(left: Left, leave: Leave, commands: CommandLines): Objections {
  if ("because" in left) {
    const text = `It is not known how many users of the source have not migrated: ${left.because}`;
    return leave === "unknown"
      ? warning(text)
      : problem(
          `${text}\n    Each of them loses the old password. --leave unknown agrees to that, however many they are.`,
        );
  }
  const { count, sourceUsers, cameLately, lastImport } = left;
  if (count === 0)
    return warning(
      `${sourceUsers === 1 ? "The one user of the source has" : `All ${plural(sourceUsers, "user")} of the source have`} migrated.`,
    );
  const text = `${number(count)} of ${plural(sourceUsers, "user")} of the source ${count === 1 ? "has" : "have"} not migrated, and ${count === 1 ? "loses" : "lose"} the old password`;
  const isAgreed = typeof leave === "number" && count <= leave && leave <= count + cameLately;
  if (isAgreed) return warning(`${text}.`);
  const given = leave === undefined ? "" : ` Found --leave ${leave}, which is another number.`;
  return problem(
    `${text}: ${howTheyCome(lastImport, commands)}${given} To leave them behind, give their number to --leave.`,
  );
}

/** Only what a stamp says is lost with the token function, not what a user is a member of by now; which of both, nobody is asked here. */
export function decideYoungStamps(left: Left, windowSeconds: number): Objections {
  const inWindow = "because" in left ? undefined : left.inWindow;
  if (inWindow === undefined || inWindow === 0) return together([]);
  return warning(
    `${plural(inWindow, "user")} may have come within the last ${windowText(windowSeconds)} (GROUPS_WINDOW), so that ${inWindow === 1 ? "a token has" : "their tokens have"} groups ` +
      "by the stamp: without the token function those who are no members yet have none. Wait until nobody has come for so long, or make them members with groups.",
  );
}

/** An import that was made has left out whom it does not take, and does so again. */
function howTheyCome(lastImport: LastImport | undefined, commands: CommandLines): string {
  if (lastImport === undefined)
    return `wait for them, or import them (${commands.program("import")} says whom it leaves out, and why).`;
  const { at, leftOut } = lastImport;
  const reasons = Object.entries(leftOut).map(([reason, users]) => `${reason} ${number(users)}`);
  const day = at.toISOString().slice(0, 10);
  const all = Object.values(leftOut).reduce((sum, users) => sum + users, 0);
  return all === 0
    ? `the import of ${day} left nobody out. Wait for them, or import again.`
    : `the import of ${day} left out ${plural(all, "user")} (${reasons.join(", ")}), and leaves them out again as long as nothing changes at the source.`;
}

const number = (users: number): string => users.toLocaleString("en-US");

/** Reads both pools as `status` does. */
export async function readLeft(destination: ConfirmedPool, context: Context): Promise<Left> {
  try {
    const source = await findSource(context);
    const { sourceUsers, remaining, byDay } = await readProgress({ source, destination }, context);
    const { groupsMode, groupsWindow } = context.deployment().destination as DestinationSettings;
    const now = context.now();
    const cameSince = (first: number): number =>
      [...byDay].reduce((sum, [day, users]) => (dayNumber(day) >= first ? sum + users : sum), 0);
    return {
      count: remaining,
      sourceUsers,
      cameLately: cameSince(dayNumber(now) - 1),
      lastImport: lastImport(destination, context),
      inWindow: groupsMode === "off" ? undefined : cameSince(dayNumber(new Date(now.getTime() - groupsWindow * 1000))),
    };
  } catch (error) {
    const because = context.signal.aborted ? undefined : reasonOf(error);
    if (because === undefined) throw error;
    return { because };
  }
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
