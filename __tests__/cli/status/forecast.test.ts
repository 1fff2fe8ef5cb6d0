import { type Forecast, forecastOf } from "../../../cli/status/forecast";
import { isoDay } from "../../../cli/status/progress-so-far";
import { timelineOf } from "../../../cli/status/timeline";

const FIRST = 20_000;

/** The forecast on the day after these; so many come today. */
function forecast(perDay: readonly number[], sourceUsers = 1_000_000, today = 0): Forecast {
  const byDay = new Map([...perDay, today].map((count, day) => [isoDay(FIRST + day), count]));
  return forecastOf(timelineOf({ byDay }, new Date((FIRST + perDay.length) * 86_400_000)), sourceUsers);
}
const flattening = (result: Forecast) => {
  if (result.kind === "none") throw new Error(result.because);
  return result;
};
const days = (count: number, each: number): number[] => Array.from({ length: count }, () => each);

describe("when each fortnight brings half of the one before", () => {
  const perDay = [...days(14, 100), ...days(14, 50)];

  test("as many are still to come as came in the last", () => {
    expect(flattening(forecast(perDay)).plateau).toBe(1400 + 700 + 700);
  });

  test("95 of 100 of them have come after log(0.05) / log(0.5) fortnights", () => {
    const inDays = Math.ceil((Math.log(0.05) / Math.log(0.5)) * 14);
    expect(flattening(forecast(perDay)).flatOn).toBe(isoDay(FIRST + 27 + inDays));
  });

  test("the range follows from chance: more users, narrower", () => {
    const few = flattening(forecast(perDay.map((count) => count / 10)));
    const many = flattening(forecast(perDay.map((count) => count * 100)));
    const width = ({ plateau, plateauRange: [low, high] }: typeof few) => (high - low) / plateau;
    expect(few.plateauRange[0]).toBeLessThan(few.plateau);
    expect(few.plateauRange[1]).toBeGreaterThan(few.plateau);
    expect(width(many)).toBeLessThan(width(few) / 5);
  });

  test("the curve goes on from yesterday, and comes near the plateau", () => {
    const { curve, plateau } = flattening(forecast(perDay));
    expect(curve[0]).toEqual({ date: isoDay(FIRST + 27), total: 2100 });
    expect(curve[14]).toEqual({ date: isoDay(FIRST + 41), total: 2100 + 350 });
    expect(curve.at(-1)?.total).toBeGreaterThanOrEqual(2100 + 0.95 * (plateau - 2100) - 1);
  });

  test("today counts for nothing, it is not over", () => {
    expect(flattening(forecast(perDay, 1_000_000, 999))).toMatchObject({ before: 1400, after: 700 });
  });

  test("nobody comes who is not there: the curve ends with the last user", () => {
    const { plateau, plateauRange, flatOn } = flattening(forecast(perDay, 2200));
    expect([plateau, plateauRange]).toEqual([2200, [2200, 2200]]);
    expect(flatOn < flattening(forecast(perDay)).flatOn).toBe(true);
  });
});

test("compares whole weeks, four against four at most", () => {
  expect(flattening(forecast([...days(10, 500), ...days(7, 100), ...days(7, 90)])).halfDays).toBe(7);
  const long = flattening(forecast([...days(200, 500), ...days(28, 100), ...days(28, 50)]));
  expect(long).toMatchObject({ halfDays: 28, before: 2800, after: 1400 });
});

test("where chance alone could hide that it does not slow down, no end is in sight", () => {
  const { flatRange, plateauRange } = flattening(forecast([...days(7, 20), ...days(7, 19)], 5000));
  expect(flatRange[1]).toBeUndefined();
  expect(plateauRange[1]).toBe(5000);
});

test.each([
  ["two weeks are not over", days(13, 100), 10_000, /two whole weeks are needed; there are 13 whole days/],
  ["nobody has come", [], 10_000, /nobody has migrated/],
  ["nobody has come for a month", days(30, 0), 10_000, /nobody has migrated/],
  ["too few have come", days(14, 1), 10_000, /at least 30 users in each half are needed; there were 7 and 7/],
  [
    "it is not slowing down",
    [...days(7, 50), ...days(7, 60)],
    10_000,
    /not slowing down: 420 users in the last 7 days, 350/,
  ],
  ["all are there", days(14, 100), 1400, /everybody has migrated/],
])("there is no forecast when %s", (_, perDay, sourceUsers, because) => {
  expect(forecast(perDay, sourceUsers)).toEqual({ kind: "none", because: expect.stringMatching(because) });
});

describe("the timeline", () => {
  const byDay = new Map([
    ["2026-01-01", 5],
    ["2026-03-02", 3],
    ["2026-03-04", 2],
  ]);

  test("has every day until today, and begins where it is told to", () => {
    expect(timelineOf({ byDay }, new Date("2026-03-05T12:00:00Z"), "2026-03-01")).toEqual([
      { date: "2026-03-01", migrated: 0, total: 5 },
      { date: "2026-03-02", migrated: 3, total: 8 },
      { date: "2026-03-03", migrated: 0, total: 8 },
      { date: "2026-03-04", migrated: 2, total: 10 },
      { date: "2026-03-05", migrated: 0, total: 10 },
    ]);
  });

  test("begins with the first migration otherwise", () => {
    const [first, ...rest] = timelineOf({ byDay }, new Date("2026-03-05T12:00:00Z"));
    expect([first, rest.length]).toEqual([{ date: "2026-01-01", migrated: 5, total: 5 }, 63]);
  });

  test("is empty when nobody has come, and nobody says since when", () => {
    expect(timelineOf({ byDay: new Map() }, new Date())).toEqual([]);
  });

  test("of a migration that has begun, and to which nobody has come, is days without anybody", () => {
    expect(timelineOf({ byDay: new Map() }, new Date("2026-03-05T12:00:00Z"), "2026-03-04")).toEqual([
      { date: "2026-03-04", migrated: 0, total: 0 },
      { date: "2026-03-05", migrated: 0, total: 0 },
    ]);
  });
});
