import { lackOfRoom, readingOf } from "../../../cli/import/reading";

const DAY = 24 * 3600;

test("the source is read twice, the destination once, 60 users at a time", () => {
  expect(readingOf({ source: 61, destination: 1 }, 10).requests).toBe(5);
  expect(readingOf({ source: 0, destination: 0 }, 10)).toMatchObject({ requests: 0, text: undefined });
});

test("is said before the first request: users, requests, hours, and what is left of the day", () => {
  expect(readingOf({ source: 6_000_000, destination: 600_000 }, 10).text).toBe(
    "To read: about 6,000,000 users at the source, read twice, and 600,000 users at the destination: 210,000 requests of ListUsers, 5.8 h at " +
      "--requests-per-second 10 or longer. Import jobs may begin for a day from the first request, so for 18.2 h after the last.",
  );
});

/** Users of both pools, pace, and the least pace that is below a day; worked out by hand. */
test.each<[string, number, number, number, string | undefined]>([
  ["one user less than a day", 25_919_940, 0, 10, undefined],
  ["a day", 25_920_000, 0, 10, "20"],
  ["more than a day", 40_000_000, 12_000_000, 10, "20"],
  ["nearly all that Cognito takes", 40_000_000, 40_000_000, 20, "30"],
  ["at the quota", 40_000_000, 40_000_000, 30, undefined],
  ["a pace between tens is the lower ten", 40_000_000, 0, 19, "20"],
  ["a slow pace", 3_000_000, 0, 1, "2"],
])("is refused when it takes a day or longer, with what would do: %s", (_, source, destination, pace, least) => {
  const { problem } = readingOf({ source, destination }, pace);
  if (least === undefined) expect(problem).toBeUndefined();
  else
    expect(problem).toMatch(
      new RegExp(`\\. --requests-per-second ${least} is the least that does it; .* Nothing was read\\.$`),
    );
  if (least !== undefined) expect(readingOf({ source, destination }, Number(least)).seconds).toBeLessThan(DAY);
});

test("room on the disk for those who are not at the destination", () => {
  expect(lackOfRoom({ source: 40_000_000, destination: 10_000_000 }, 9.1e9)).toBeUndefined();
  expect(lackOfRoom({ source: 40_000_000, destination: 10_000_000 }, 1e9)).toMatch(/need about 9,000 MB, .* 1,000 MB/);
  expect(lackOfRoom({ source: 1, destination: 2 }, 1)).toBeUndefined();
});
