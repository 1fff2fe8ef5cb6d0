import { FULL, type Plan, QUICK } from "../../../dev/bench/plan";
import { dilated, measureDilated, timeScale } from "../../../dev/bench/time-scale";

test.each([
  ["as fast as where the targets were set", 67, 1],
  ["twice as slow", 134, 2],
  ["a bit slower", 77.05, 1.15],
  ["six times as slow", 402, 6],
  ["twice as fast, which slows nothing down and speeds nothing up", 33.5, 1],
])("a machine %s", (_, floorCpuMs, scale) => {
  expect(timeScale(floorCpuMs, 67)).toBe(scale);
});

test("network and quota are as many times slower, and nothing else of the plan is another", () => {
  expect(dilated(FULL, 1)).toEqual(FULL);
  const six = { timeScale: 6, rttMs: 240, throttledRttMs: 12, cpuPeriodMs: 120 };
  expect(dilated(FULL, 6)).toEqual({ ...FULL, ...six });
});

test.each([1.13, 1.49, 1.5, 2.53, 3.1])(
  "at %d half a round trip is whole milliseconds, at most half of one off, and a period whole microseconds",
  (scale) => {
    const { rttMs, throttledRttMs, cpuPeriodMs } = dilated(FULL, scale);
    expect(String(cpuPeriodMs)).toMatch(/^\d+(\.\d{1,3})?$/);
    for (const [used, planned] of [
      [rttMs, 40],
      [throttledRttMs, 2],
    ] as const) {
      expect(Number.isInteger(used / 2)).toBe(true);
      expect(Math.abs(used - planned * scale)).toBeLessThanOrEqual(1);
    }
  },
);

/** Measures nothing, on a machine that takes so many milliseconds of CPU for the floor, before and after. */
async function measured(plan: Plan, node: string, before: number, after: number) {
  const loads = [before, after];
  const used: Plan[] = [];
  const result = await measureDilated(
    plan,
    node,
    async () => loads.shift() ?? Number.NaN,
    async (slower) => {
      used.push(slower);
      return { loadsLeft: loads.length };
    },
  );
  return { ...result, used };
}

test("between two calibrations everything is measured with the first one's scale", async () => {
  const { used, plan, loadsLeft, calibration } = await measured(FULL, "v24.1.0", 134, 150);
  expect(used).toEqual([dilated(FULL, 2)]);
  expect(plan).toEqual(used[0]);
  expect(loadsLeft).toBe(1);
  expect(calibration).toEqual({ floorCpuMs: 134, floorCpuAfterMs: 150, referenceCpuMs: 67 });
});

test.each([
  ["v20.20.2", 75],
  ["v22.12.0", 75],
  ["v24.0.0", 67],
  ["v26.0.0", 67],
])("%s is held against the Node.js next below it", async (node, referenceCpuMs) => {
  const { calibration } = await measured(FULL, node, 100, 100);
  expect(calibration.referenceCpuMs).toBe(referenceCpuMs);
});

test.each([
  ["slower", 100, 151],
  ["faster", 151, 100],
  // Both have a scale of 1, and the machine was another one all the same.
  ["slower, though it is fast", 20, 31],
])("a machine that became %s than 1.5 times: the run does not count", async (_, before, after) => {
  const problem = `The machine changed its speed during the run, and the run does not count: loading the floor took ${before} ms of CPU before it and ${after} ms after it`;
  await expect(measured(FULL, "v24.0.0", before, after)).rejects.toThrow(problem);
});

test.each([
  [FULL, 100, 149],
  [FULL, 149, 100],
  [QUICK, 100, 1000],
])("one that kept its speed, or whose times nobody judges, counts", async (plan, before, after) => {
  await expect(measured(plan, "v24.0.0", before, after)).resolves.toMatchObject({ loadsLeft: 1 });
});
