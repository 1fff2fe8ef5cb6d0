import fc from "fast-check";
import { csvBirthdate, csvCell, csvLine } from "../../../cli/import/csv";
import { readImportFile } from "./cognito-csv-reader";

const value = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: fc.constantFrom("a", ",", "\\", '"', " ", "\n", "\r", "\t", "\u2028", "ä", "😀", "\u00a0") }),
);

test("every value that is written is read back as it was, trimmed, and moves no other", () => {
  fc.assert(
    fc.property(fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { maxLength: 4 }), (rows) => {
      const head = ["one", "two", "three"];
      const writable = rows
        .map((row) => row.filter((text) => "text" in csvCell(text)))
        .filter((row) => row.length === 3);
      const lines = writable.map((row) => csvLine(row.map(written)));
      const file = Buffer.from([csvLine(head), ...lines].map((line) => `${line}\n`).join(""));
      expect(readImportFile(file)).toEqual(
        writable.map((row) => Object.fromEntries(head.map((name, at) => [name, row[at]?.trim()]))),
      );
    }),
    { numRuns: 500 },
  );
});

function written(text: string): string {
  const cell = csvCell(text);
  if ("problem" in cell) throw new Error(cell.problem);
  return cell.text;
}

test.each([
  ["a line break", "1 Main Street\nSpringfield", "a line break or control character"],
  ["a carriage return", "a\rb", "a line break or control character"],
  ["a tab", "a\tb", "a line break or control character"],
  ["a separator that Unicode calls a line break", "a\u2028b", "a line break or control character"],
  ["a backslash", "DOMAIN\\user", "a backslash"],
  ["quotation marks around it", '"Bob"', "a leading quotation mark"],
  ["half a character", "\ud83d", "no text"],
])("refuses a value with %s", (_, text, problem) => {
  expect(csvCell(text)).toEqual({ problem });
});

test("writes commas with a backslash, and quotation marks inside as they are", () => {
  expect(csvCell('{"size":"L","colour":"red"}')).toEqual({ text: '{"size":"L"\\,"colour":"red"}' });
});

test.each([
  ["1985-02-01", "02/01/1985"],
  ["2000-02-29", "02/29/2000"],
  [" 0001-01-01 ", "01/01/0001"],
  ["1900-02-29", undefined],
  ["1985-13-01", undefined],
  ["02/01/1985", undefined],
  ["", undefined],
])("the date %p becomes %p", (date, expected) => {
  expect(csvBirthdate(date)).toBe(expected);
});
