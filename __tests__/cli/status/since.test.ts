import { CommandError, EXIT } from "../../../cli/program/exit";
import { sinceDay } from "../../../cli/status/since";

const NOW = new Date("2026-03-05T23:30:00Z");

test.each(["2026-03-05", "2026-03-04", "2024-02-29", "2016-01-01"])("%s is a day from which to count", (day) => {
  expect(sinceDay(day, NOW)).toBe(day);
});

test.each([
  ["2026-03-06", "today is 2026-03-05 in UTC"],
  ["2027-01-31", "today is 2026-03-05 in UTC"],
  ["9999-12-31", "today is 2026-03-05 in UTC"],
  ["2015-12-31", "2016-01-01 or later"],
  ["1970-01-01", "2016-01-01 or later"],
  ["0000-01-01", "2016-01-01 or later"],
  ["2025-02-29", "a day such as"],
  ["2026-02-31", "a day such as"],
  ["2026-13-01", "a day such as"],
  ["2026-1-1", "a day such as"],
  ["05.03.2026", "a day such as"],
  ["2026-03-05T00:00:00Z", "a day such as"],
  ["+02026-03-05", "a day such as"],
  ["yesterday", "a day such as"],
])("%s is wrong usage, which says what was expected", (found, expected) => {
  let error: unknown;
  try {
    sinceDay(found, NOW);
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(CommandError);
  expect(error).toMatchObject({ exitCode: EXIT.USAGE, message: expect.stringContaining(`--since: found "${found}"`) });
  expect((error as Error).message).toContain(expected);
});
