import type { CommandLines } from "../../config/command-lines";
import type { Decision } from "../pool-change/decision";

/** Users of the source who are not at the destination, or why nobody knows how many. */
export type Left =
  | {
      readonly count: number;
      readonly sourceUsers: number;
      /** Who has come since yesterday began, in UTC. */
      readonly cameLately: number;
    }
  | { readonly because: string };

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
export function decideLeftBehind(left: Left, leave: Leave, commands: CommandLines): Omit<Decision, "changes"> {
  if ("because" in left) {
    const text = `How many users of the source have not come is not known: ${left.because}`;
    return leave === "unknown"
      ? { problems: [], warnings: [text] }
      : {
          problems: [
            `${text}\n    Each of them loses the old password. If that is agreed for however many there are, --leave unknown says so.`,
          ],
          warnings: [],
        };
  }
  const { count, sourceUsers, cameLately } = left;
  const number = (users: number): string => users.toLocaleString("en-US");
  const isAgreed = typeof leave === "number" && count <= leave && leave <= count + cameLately;
  if (count === 0) return { problems: [], warnings: [`All ${number(sourceUsers)} users of the source have come.`] };
  const text = `${number(count)} of ${number(sourceUsers)} users of the source have not come, and lose the old password`;
  if (isAgreed) return { problems: [], warnings: [`${text}.`] };
  const given = leave === undefined ? "" : ` Found --leave ${leave}, which is another number.`;
  return {
    problems: [
      `${text}: wait for them, or import those whom an import takes (${commands.program("import")} says whom it leaves out).${given} If they are to be left behind, --leave takes their number.`,
    ],
    warnings: [],
  };
}
