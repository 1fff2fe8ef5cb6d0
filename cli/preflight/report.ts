import { styleText } from "node:util";
import type { SideName } from "../aws/side";
import type { Terminal } from "../program/terminal";
import { wrap } from "../program/wrap";
import { type Result, STATES, type State } from "./check";

const COLOURS = { passed: "green", warning: "yellow", failed: "red", skipped: "gray" } as const;
const STATE_WIDTH = 9;

export type Counts = Readonly<Record<State, number>>;

export function countsOf(results: readonly Result[]): Counts {
  const count = (state: State): number => results.filter(({ finding }) => finding.state === state).length;
  return { passed: count("passed"), warning: count("warning"), failed: count("failed"), skipped: count("skipped") };
}

/** @param strict Warnings count, too. */
export const isReady = ({ failed, warning }: Counts, strict: boolean): boolean =>
  failed === 0 && !(strict && warning > 0);

/** The list for people: theme by theme, what was found, and below it what to do. @param columns Longest line. */
export function report(
  results: readonly Result[],
  { columns, hasColour }: Pick<Terminal, "columns" | "hasColour">,
): string {
  const idWidth = Math.max(...results.map(({ check }) => check.id.length)) + 2;
  const paint = (state: State): string => {
    const padded = state.padEnd(STATE_WIDTH);
    return hasColour ? styleText(COLOURS[state], padded, { validateStream: false }) : padded;
  };
  const indent = " ".repeat(2 + STATE_WIDTH + idWidth);
  const width = Math.max(columns - indent.length, 30);
  const lines = ({ check, finding: { state, found, remedy, lines: copied = [] } }: Result): string[] => {
    const [first = "", ...rest] = [
      ...wrap(found, width),
      ...(remedy === undefined ? [] : arrow(wrap(remedy, width - 3))),
    ];
    return [
      `  ${paint(state)}${check.id.padEnd(idWidth)}${first}`,
      ...[...rest, ...copied.map((line) => `   ${line}`)].map((line) => `${indent}${line}`),
    ];
  };
  const themes = [...new Set(results.map(({ check }) => check.theme))].map((theme) => {
    const some = results.filter(({ check }) => check.theme === theme);
    return `${theme}\n${some.flatMap(lines).join("\n")}`;
  });
  const counts = countsOf(results);
  return [...themes, STATES.map((state) => counted(counts[state], state)).join(", ")].join("\n\n");
}

const counted = (count: number, state: State): string =>
  `${count} ${state === "warning" && count !== 1 ? "warnings" : state}`;

const arrow = (lines: readonly string[]): string[] =>
  lines.map((line, index) => (index === 0 ? `-> ${line}` : `   ${line}`));

interface WhereItRan {
  readonly userPoolId: string;
  readonly region: string;
  readonly account: string | undefined;
}

/** The document of --json. Members are only added, never taken away. */
export function jsonDocument(
  results: readonly Result[],
  sides: Readonly<Record<SideName, WhereItRan>>,
  strict: boolean,
): object {
  const counts = countsOf(results);
  return {
    ready: isReady(counts, strict),
    counts,
    ...sides,
    checks: results.map(({ check: { id, theme, title, source }, finding }) => ({
      id,
      theme,
      title,
      ...finding,
      source,
    })),
  };
}
