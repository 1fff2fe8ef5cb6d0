import { leastRatio, median, pairedRatio, quantile, shuffled, slope } from "../../../dev/bench/statistics";

test("the median is the middle value, or the mean of the two middle ones, whatever their order", () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([8, 2, 4, 100])).toBe(6);
});

test("a quantile lies between two values in proportion", () => {
  const values = Array.from({ length: 101 }, (_, i) => i);
  expect(quantile(values, 0.95)).toBe(95);
  expect(quantile([10, 20], 0.25)).toBe(12.5);
  expect(quantile([7], 0.95)).toBe(7);
});

test("no values have no quantile", () => {
  expect(() => quantile([], 0.5)).toThrow("no values");
});

test("a paired ratio compares within each round, so a slow round does not move it", () => {
  expect(pairedRatio([50, 500, 51], [100, 1000, 102])).toBe(0.5);
  // The medians alone would say otherwise.
  expect(pairedRatio([50, 60, 500], [100, 1000, 1000])).toBe(0.5);
});

test("the least ratio that a run allows for lies below the median, and nearer to it the more rounds there are", () => {
  const ones = (length: number): number[] => Array.from({ length }, () => 1);
  const spread = (length: number): number[] => Array.from({ length }, (_, at) => 0.9 + (0.2 * (at + 0.5)) / length);
  expect(leastRatio([1, 2, 3], [1, 2, 3])).toBe(1);
  // Of 24 rounds the seventh, as tables of order statistics have it.
  expect(leastRatio(spread(24), ones(24))).toBeCloseTo(spread(24)[6] ?? 0);
  expect(leastRatio(spread(200), ones(200))).toBeGreaterThan(leastRatio(spread(24), ones(24)));
  expect(leastRatio(spread(200), ones(200))).toBeLessThan(1);
  // Slower by half in every round is no chance.
  expect(
    leastRatio(
      spread(24),
      ones(24).map((one) => one / 1.5),
    ),
  ).toBeGreaterThan(1);
});

test("a slope is the growth per step, of a line through all values", () => {
  expect(slope([3, 3, 3])).toBe(0);
  expect(slope([1, 3, 5, 7])).toBe(2);
  expect(slope([0, 2, 1, 3])).toBeCloseTo(0.8);
});

test("shuffling loses nothing, leaves the original alone and does not always give the same order", () => {
  const values = Array.from({ length: 20 }, (_, i) => i);
  const orders = Array.from({ length: 5 }, () => shuffled(values));
  for (const order of orders) expect([...order].sort((a, b) => a - b)).toEqual(values);
  expect(values).toEqual(Array.from({ length: 20 }, (_, i) => i));
  expect(new Set(orders.map(String)).size).toBeGreaterThan(1);
});
