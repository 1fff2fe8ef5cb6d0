import { strictTuple, string } from "valibot";
import { visible } from "../../config/visible";
import type { How } from "../../rules/stamp";

export const COLUMNS = ["old_sub", "new_sub", "username", "how", "when"] as const;

/**
 * One line of the map. `how` is a stamp's `proven`, `mfa` or `unproven`; `carried` where only the sub that came along says it; `unknown`, without an
 * old sub, for who has a stamp that proves nothing or that the carried sub contradicts; `not_migrated`, without a new one, for users of the source. `when` is ISO 8601 in UTC, or empty.
 */
export type MapRow = readonly [oldSub: string, newSub: string, username: string, how: string, when: string];
export const mapRow = strictTuple([string(), string(), string(), string(), string()]);

export type RowHow = How | "carried" | "unknown" | "not_migrated";

export const FORMATS = ["csv", "jsonl"] as const;
export type Format = (typeof FORMATS)[number];

export const lineOf = (row: MapRow, format: Format): string =>
  format === "csv" ? row.map(cell).join(",") : jsonLine(Object.fromEntries(COLUMNS.map((name, at) => [name, row[at]])));

/** On one line, whatever reads it: U+2028 and its like end one for some. */
export const jsonLine = (json: object): string => visible(JSON.stringify(json));

/** Spreadsheets take a cell that begins so for a formula. https://owasp.org/www-community/attacks/CSV_Injection */
const FORMULA = /^[=+\-@\t\r]/;

/** As RFC 4180 has it, section 2; a cell that would be a formula gets an apostrophe. https://www.rfc-editor.org/rfc/rfc4180 */
function cell(value: string): string {
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
