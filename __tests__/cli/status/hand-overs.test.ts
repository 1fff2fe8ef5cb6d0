import { HAND_OVERS_QUERY, handOversFrom } from "../../../cli/status/hand-overs";
import { answer } from "../../../sandbox/aws/log-query";

const SINCE = new Date("2026-01-01T00:00:00Z");
const NOON = Date.parse("2026-01-05T12:00:00Z");
const at = (time: string): number => Date.parse(`2026-01-05T${time}Z`);

interface Line {
  readonly user?: string;
  readonly at: number;
  readonly outcome?: string;
}

/** As CloudWatch would answer, text in every field. */
function counted(lines: readonly Line[]) {
  const rows = lines.map(({ at: time, outcome = "migrated", user }) => ({
    "@timestamp": time,
    outcome,
    ...(user === undefined ? {} : { user }),
  }));
  const [row] = answer(`SOURCE 'log' | ${HAND_OVERS_QUERY}`, rows);
  return handOversFrom(
    row && Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value)])),
    SINCE,
  );
}

test("a name that is handed over a minute later is handed over again", () => {
  expect(
    counted([
      { user: "a", at: at("12:00:00") },
      { user: "a", at: at("12:01:00") },
    ]),
  ).toEqual({
    since: SINCE,
    names: 1,
    handOvers: 2,
    namesAgain: 1,
    timesAgain: 1,
    lastAgain: new Date("2026-01-05T12:01:00Z"),
  });
});

test.each([
  ["Cognito calls again within seconds", ["12:00:00.000", "12:00:05.100", "12:00:10.200"], 1],
  ["Cognito calls again across a full minute", ["12:00:58.000", "12:01:03.100"], 2],
  ["somebody presses the button twice", ["12:00:00.000", "12:00:00.300"], 1],
  ["the second is 59 seconds later", ["12:00:00.500", "12:00:59.900"], 1],
])("when %s, nobody is handed over again", (_, times, handOvers) => {
  const counts = counted(times.map((time) => ({ user: "a", at: at(time) })));
  expect(counts).toEqual({ since: SINCE, names: 1, handOvers, namesAgain: 0, timesAgain: 0 });
});

test("three calls for one sign-in, and three for a later one, are two times", () => {
  const calls = ["12:00:00", "12:00:05", "12:00:10", "18:00:00", "18:00:05", "18:00:10"];
  expect(counted(calls.map((time) => ({ user: "a", at: at(time) })))).toMatchObject({ handOvers: 2, timesAgain: 1 });
});

test("lines come in any order", () => {
  const lines = [
    { user: "a", at: at("12:30:00") },
    { user: "a", at: at("12:00:00") },
    { user: "a", at: at("12:10:00") },
  ];
  expect(counted(lines)).toMatchObject({
    namesAgain: 1,
    timesAgain: 2,
    lastAgain: new Date("2026-01-05T12:30:00Z"),
  });
});

test("a password that was forgotten is a hand-over, too, and one user may come by both", () => {
  const lines = [
    { user: "a", at: at("12:00:00"), outcome: "reset_required" },
    { user: "a", at: at("13:00:00"), outcome: "migrated" },
  ];
  expect(counted(lines)).toMatchObject({ names: 1, namesAgain: 1 });
});

test("the last is that of a name which came again, not of one which came once", () => {
  const lines = [
    { user: "a", at: at("12:00:00") },
    { user: "a", at: at("12:05:00") },
    { user: "once", at: at("20:00:00") },
  ];
  expect(counted(lines)).toMatchObject({ names: 2, lastAgain: new Date("2026-01-05T12:05:00Z") });
});

test("what was refused or has failed is no hand-over, nor is a line without a name", () => {
  const lines = [
    { user: "a", at: at("12:00:00") },
    { user: "a", at: at("13:00:00"), outcome: "refused" },
    { user: "a", at: at("14:00:00"), outcome: "failed" },
    { at: at("12:00:00") },
    { at: at("15:00:00") },
  ];
  expect(counted(lines)).toEqual({ since: SINCE, names: 1, handOvers: 1, namesAgain: 0, timesAgain: 0 });
});

test("thousands of names, of whom every hundredth comes five times", () => {
  const lines = Array.from({ length: 20_000 }, (_, name) =>
    Array.from({ length: name % 100 === 0 ? 5 : 1 }, (__, time) => ({ user: `u${name}`, at: NOON + time * 3_600_000 })),
  ).flat();
  expect(counted(lines)).toMatchObject({ names: 20_000, handOvers: 20_800, namesAgain: 200, timesAgain: 800 });
});

test("a log without a hand-over counts to nothing", () => {
  expect(counted([])).toEqual({ since: SINCE, names: 0, handOvers: 0, namesAgain: 0, timesAgain: 0 });
});

test("large numbers may come with an exponent", () => {
  const row = {
    names: "2E6",
    hand_overs: "2.000001E6",
    names_again: "1",
    times_again: "1",
    last_again_ms: "1.7676144E12",
  };
  expect(handOversFrom(row, SINCE)).toMatchObject({ names: 2_000_000, lastAgain: new Date(1_767_614_400_000) });
});

test.each([
  ["a number is missing", { names: "1" }],
  ["one is empty", { names: "1", hand_overs: "1", names_again: "", times_again: "0", last_again_ms: "0" }],
  ["one is none", { names: "many", hand_overs: "1", names_again: "0", times_again: "0", last_again_ms: "0" }],
])("when %s, nothing is counted", (_, row) => {
  expect(handOversFrom(row, SINCE)).toEqual({ because: expect.stringContaining("the five numbers") });
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html, notes and limitations. */
test("the query keeps to what CloudWatch allows: two stats, and the second knows the names of the first alone", () => {
  const [first = "", second = "", ...more] = HAND_OVERS_QUERY.split(" | ").filter((one) => one.startsWith("stats "));
  expect(more).toEqual([]);
  const named = [...first.matchAll(/ as (\w+)/g)].map(([, name]) => name);
  const used = [...second.matchAll(/\w*\(([^*)]*)/g)].flatMap(([, inside = ""]) => inside.match(/[a-z]\w*/g) ?? []);
  expect(used.filter((name) => !["user", "sum", "max", ...named].includes(name))).toEqual([]);
  expect(HAND_OVERS_QUERY).not.toMatch(/\b(sort|limit)\b/);
});
