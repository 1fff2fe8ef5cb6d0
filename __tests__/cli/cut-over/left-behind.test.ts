import {
  decideLeftBehind as decide,
  decideYoungStamps,
  type Leave,
  type Left,
  leaveOf,
} from "../../../cli/cut-over/left-behind";
import { commandLines } from "../../../config/command-lines";

const decideLeftBehind = (from: Left, leave: Leave): ReturnType<typeof decide> => decide(from, leave, commandLines());
const left = (count: number, cameLately = 0): Left => ({ count, sourceUsers: 1200, cameLately });
const isRefused = (from: Left, leave: Leave): boolean => decideLeftBehind(from, leave).problems.length > 0;

test.each<[string | undefined, Leave | null]>([
  [undefined, undefined],
  ["unknown", "unknown"],
  ["39", 39],
  ["1,200", 1200],
  ["0", 0],
  ["-1", null],
  ["all", null],
  ["39.5", null],
  ["1e9", null],
  ["", null],
])("--leave %p is read as %p", (text, leave) => {
  expect(leaveOf(text)).toBe(leave);
});

test("nobody is left behind without their number, which is told", () => {
  expect(decideLeftBehind(left(133), undefined)).toEqual({
    problems: [
      expect.stringMatching(
        /^133 of 1,200 users of the source have not migrated, and lose the old password: .*--leave/,
      ),
    ],
    warnings: [],
  });
});

test.each<[string, number, number, Leave, boolean]>([
  ["the number", 133, 0, 133, false],
  ["fewer", 133, 50, 132, true],
  ["more", 133, 0, 134, true],
  ["what it was yesterday", 133, 50, 183, false],
  ["what it was before that", 133, 50, 184, true],
  ["large enough for anything", 133, 50, 1_000_000, true],
  ["not known, although it is", 133, 0, "unknown", true],
  ["none, and none are left", 0, 0, undefined, false],
  ["some, and none are left any more", 0, 0, 12, false],
])("agreed to %s: %d left, %d came lately, --leave %p", (_, count, lately, leave, refused) => {
  expect(isRefused(left(count, lately), leave)).toBe(refused);
});

test("what was agreed to is said all the same, and so is that everybody has come", () => {
  expect(decideLeftBehind(left(133), 133).warnings).toEqual([
    expect.stringContaining("133 of 1,200 users of the source have not migrated"),
  ]);
  expect(decideLeftBehind(left(0), undefined).warnings).toEqual(["All 1,200 users of the source have migrated."]);
});

test("another number than agreed to is told beside the right one", () => {
  expect(decideLeftBehind(left(133), 12).problems).toEqual([
    expect.stringContaining("Found --leave 12, which is another number."),
  ]);
});

test("a number that cannot be read is no number: it takes consent of its own, and says why", () => {
  const unread: Left = { because: "AWS refused the source" };
  for (const leave of [undefined, 0, 133] as const)
    expect(decideLeftBehind(unread, leave).problems).toEqual([
      expect.stringMatching(
        /^It is not known how many users of the source have not migrated: AWS refused the source\n.*--leave unknown/,
      ),
    ]);
  expect(decideLeftBehind(unread, "unknown")).toEqual({
    problems: [],
    warnings: ["It is not known how many users of the source have not migrated: AWS refused the source"],
  });
});

test.each([
  [
    { disabled: 12, unconfirmed: 27 },
    /: the import of 2026-03-01 left out 39 users \(disabled 12, unconfirmed 27\), and leaves them out again/,
  ],
  [{ missing_required: 1 }, /: the import of 2026-03-01 left out 1 user \(missing_required 1\)/],
  [{}, /: the import of 2026-03-01 left nobody out\. Wait for them, or import again\./],
])("after an import it says whom that left out, and does not advise the same again: %j", (leftOut, said) => {
  const from = { ...left(133), lastImport: { at: new Date("2026-03-01T08:00:00Z"), leftOut } };
  expect(decideLeftBehind(from, undefined).problems).toEqual([expect.stringMatching(said)]);
  expect(decideLeftBehind(from, 133).problems).toEqual([]);
});

test("one is one", () => {
  for (const leave of [undefined, 1] as const) {
    const { problems, warnings } = decideLeftBehind({ count: 1, sourceUsers: 1, cameLately: 0 }, leave);
    expect([...problems, ...warnings].join()).toMatch(/^1 of 1 user of the source has not migrated, and loses/);
  }
});

describe("stamps that may be within the window", () => {
  const warningsOf = (inWindow: number | undefined, seconds = 86_400): readonly string[] =>
    decideYoungStamps({ ...left(0), inWindow }, seconds).warnings;

  test.each<[number | undefined, number, RegExp | undefined]>([
    [undefined, 86_400, undefined],
    [0, 86_400, undefined],
    [1, 86_400, /^1 user may have come within the last 24 h \(GROUPS_WINDOW\), so that a token has groups/],
    [1200, 5400, /^1,200 users may have come within the last 90 min \(GROUPS_WINDOW\), so that their tokens have/],
  ])("%p users, %d s: %p", (inWindow, seconds, said) => {
    expect(warningsOf(inWindow, seconds)).toEqual(said === undefined ? [] : [expect.stringMatching(said)]);
  });

  test("hold nothing up, and are not guessed where nothing could be read", () => {
    expect(decideYoungStamps({ ...left(0), inWindow: 3 }, 600).problems).toEqual([]);
    expect(decideYoungStamps({ because: "no rights" }, 600)).toEqual({ problems: [], warnings: [] });
  });
});
