import type { CommandLines } from "../../config/command-lines";
import { type Objections, problem, warning } from "../pool-change/change";
import { plural } from "../program/plural";
import { windowText } from "../program/window-text";

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

export interface LastImport {
  /** When it read who is there. */
  readonly at: Date;
  /** By reason. */
  readonly leftOut: Readonly<Record<string, number>>;
}

/** What the operator has agreed to. */
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
  const isAgreed = typeof leave === "number" && count <= leave && leave <= count + cameLately;
  if (count === 0)
    return warning(
      `${sourceUsers === 1 ? "The one user of the source has" : `All ${plural(sourceUsers, "user")} of the source have`} migrated.`,
    );
  const text = `${number(count)} of ${plural(sourceUsers, "user")} of the source ${count === 1 ? "has" : "have"} not migrated, and ${count === 1 ? "loses" : "lose"} the old password`;
  if (isAgreed) return warning(`${text}.`);
  const given = leave === undefined ? "" : ` Found --leave ${leave}, which is another number.`;
  return problem(
    `${text}: ${howTheyCome(lastImport, commands)}${given} To leave them behind, give their number to --leave.`,
  );
}

/** Only what a stamp says is lost with the token function, not what a user is a member of by now; which of both, nobody is asked here. */
export function decideYoungStamps(left: Left, windowSeconds: number): Objections {
  const inWindow = "because" in left ? undefined : left.inWindow;
  if (inWindow === undefined || inWindow === 0) return { problems: [], warnings: [] };
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
