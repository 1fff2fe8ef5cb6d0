import { Broken, holds } from "../assertion";

/** What a command has left on the screen: both streams in the order in which they were written. */
export interface Screen {
  readonly status: number | null;
  readonly text: string;
}

/** @throws {Broken} with what the command has said, unless it ended so. */
export function ended(screen: Screen, status: number): void {
  holds(screen.status === status, `exit code ${status}, not ${screen.status}:\n${screen.text}`);
}

/** @throws {Broken} unless the screen shows it. */
export function shows(screen: Screen, text: string): void {
  holds(screen.text.includes(text), `"${text}" on the screen:\n${screen.text}`);
}

/** The number in a row of a table that begins with this label. @throws {Broken} when there is no such row. */
export function numberOf({ text }: Screen, label: string): number {
  const row = text.split("\n").find((line) => line.trimStart().startsWith(`${label} `));
  const [, digits] = /^\s*([\d,]+)/.exec(row?.trimStart().slice(label.length) ?? "") ?? [];
  if (digits === undefined) throw new Broken(`expected: a row "${label}" with a number on the screen:\n${text}`);
  return Number(digits.replaceAll(",", ""));
}

/** @throws {Broken} unless each row has that number. */
export function numbersAre(screen: Screen, expected: Readonly<Record<string, number>>): void {
  for (const [label, number] of Object.entries(expected)) {
    const shown = numberOf(screen, label);
    holds(shown === number, `${number} in the row "${label}", not ${shown}`);
  }
}
