import { firstLineNumber, parseLogLine } from "../../../cli/import/job-log";

test.each([
  ["[SUCCEEDED] Line Number 5956 - The import succeeded.", "SUCCEEDED", 5956, "The import succeeded."],
  ["[SKIPPED] Line Number 2 - The user already exists.", "SKIPPED", 2, "The user already exists."],
  ["[FAILED] Line Number 1 - The User Record - odd.\n", "FAILED", 1, "The User Record - odd."],
])("reads %p", (text, outcome, lineNumber, message) => {
  expect(parseLogLine(text)).toEqual({ outcome, lineNumber, message });
});

test.each(["", "The import job has started.", "[FAILED] no number"])("passes over %p", (text) => {
  expect(parseLogLine(text)).toBeUndefined();
});

test.each([
  ["a complete log that counts the header", 2, 11, 10, 10, 2],
  ["a complete log that does not", 1, 10, 10, 10, 1],
  ["a complete log that counts from 0", 0, 9, 10, 10, 0],
  ["a gap whose last line only a counted header explains", 4, 11, 3, 10, 2],
  ["a gap with line 0", 0, 5, 3, 10, 0],
  ["a gap that leaves it open", 3, 5, 3, 10, undefined],
  ["line numbers beyond the file", 2, 30, 10, 10, undefined],
])("%s", (_, lowest, highest, seen, rows, expected) => {
  expect(firstLineNumber(lowest, highest, seen, rows)).toBe(expected);
});
