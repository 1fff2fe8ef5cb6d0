/**
 * The format that an import job reads is no CSV as other programs write it: nothing is quoted, and a comma in a value has a
 * backslash before it. https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-csv-header.html
 */

/** Of a row, header and line break left out; characters are counted as UTF-16 code units, which are never too few. */
export const MAX_ROW_LENGTH = 16_000;

/** Users in one file. */
export const MAX_ROWS = 500_000;

/** Bytes of one file. "MB" is taken for the smaller of its two meanings. */
export const MAX_FILE_BYTES = 100_000_000;

/** Control characters, and the two separators that Unicode calls line breaks. */
const BREAKS = /[\p{Cc}\u2028\u2029]/u;

/** Half of a pair: there is no UTF-8 for it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/**
 * Writes one value. Cognito trims values, so they are trimmed here, where it can be seen. How a backslash or a quotation mark at
 * the beginning would be read is documented nowhere, and a wrong guess would move the columns of a row, so both are refused.
 *
 * @returns its text, or why it cannot be written so that Cognito reads the same value back.
 */
export function csvCell(value: string): { readonly text: string } | { readonly problem: string } {
  const trimmed = value.trim();
  if (BREAKS.test(trimmed)) return { problem: "a line break or control character" };
  if (LONE_SURROGATE.test(trimmed)) return { problem: "no text" };
  if (trimmed.includes("\\")) return { problem: "a backslash" };
  if (trimmed.startsWith('"')) return { problem: "a leading quotation mark" };
  return { text: trimmed.replaceAll(",", "\\,") };
}

/** @param cells As {@link csvCell} gives them, in the order of the header. */
export const csvLine = (cells: readonly string[]): string => cells.join(",");

/** @returns undefined when `date` is no date of the calendar in the form YYYY-MM-DD, as the attribute has it. */
export function csvBirthdate(date: string): string | undefined {
  const [, year = "", month = "", day = ""] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date.trim()) ?? [];
  const inCalendar = new Date(0);
  inCalendar.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  if (year === "" || inCalendar.toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return undefined;
  return `${month}/${day}/${year}`;
}
