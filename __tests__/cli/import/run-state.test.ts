import { type Counts, type ImportEvent, isTooOld, type JobResult, runState } from "../../../cli/import/run-state";

const COUNTS: Counts = { source: 3, destination: 0, alreadyThere: 0, toImport: 3, leftOut: {}, dropped: {} };
const RESULT: JobResult = { status: "Succeeded", imported: 2, skipped: 0, failed: 0, logComplete: true };
const AT = "2026-01-01T00:00:00.000Z";
const EXPORTED: ImportEvent = {
  event: "exported",
  at: AT,
  counts: COUNTS,
  parts: [
    { rows: 2, bytes: 20 },
    { rows: 1, bytes: 10 },
  ],
};
const CREATING: ImportEvent = { event: "creating", part: 0, jobName: "one" };
const CREATED: ImportEvent = { event: "created", part: 0, jobName: "one", jobId: "job-1" };
const FINISHED: ImportEvent = { event: "finished", part: 0, jobId: "job-1", result: RESULT };

test("an export that was not completed counts for nothing", () => {
  expect(runState([])).toEqual({ exported: undefined, parts: [], ended: undefined });
});

test("a job that may or may not exist is known by its name alone", () => {
  expect(runState([EXPORTED, CREATING]).parts[0]).toEqual({
    rows: 2,
    bytes: 20,
    attempts: 1,
    jobName: "one",
    jobId: undefined,
    result: undefined,
  });
});

test("a job that is made anew makes the one before forgotten", () => {
  const again: ImportEvent = { event: "creating", part: 0, jobName: "two" };
  expect(runState([EXPORTED, CREATING, CREATED, again]).parts[0]).toMatchObject({
    attempts: 2,
    jobName: "two",
    jobId: undefined,
  });
});

test("each part keeps its own result", () => {
  const { parts } = runState([EXPORTED, CREATING, CREATED, FINISHED]);
  expect(parts.map(({ result }) => result?.status)).toEqual(["Succeeded", undefined]);
});

test("knows that nothing more is to be done", () => {
  expect(runState([EXPORTED, { event: "ended", at: AT, why: "done" }]).ended).toBe("done");
});

test("a journal about a part that was never exported is not believed", () => {
  expect(() => runState([CREATING])).toThrow("part 0, which was never exported");
});

test.each([
  ["2026-01-02T00:00:00.000Z", false],
  ["2026-01-02T00:00:00.001Z", true],
])("an export of a day before %s is too old: %p", (now, expected) => {
  expect(isTooOld(runState([EXPORTED]), new Date(now))).toBe(expected);
  expect(isTooOld(runState([EXPORTED, CREATING, CREATED]), new Date(now))).toBe(expected);
  expect(isTooOld(runState([]), new Date(now))).toBe(false);
});
