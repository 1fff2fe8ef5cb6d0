import { evaluate } from "./metric-math";
import type { Series } from "./metric-store";

/** One value each minute; undefined is no data. */
const series = (...values: (number | undefined)[]): Series =>
  new Map(values.flatMap((value, minute) => (value === undefined ? [] : [[minute * 60, value]])));
const answer = (expression: string, scope: Record<string, Series>): (number | undefined)[] => {
  const operands = Object.fromEntries(Object.entries(scope).map(([id, one]) => [id, { series: one, period: 60 }]));
  const result = evaluate(expression, operands);
  return [0, 60, 120, 180].map((at) => result.get(at));
};

// https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html, "Comparison and logical operators"
const metric1 = series(30, 20, 0, 0);
const metric2 = series(20, undefined, 20, undefined);

test("compares as in CloudWatch's own example", () => {
  expect(answer("metric2 > metric1", { metric1, metric2 })).toEqual([0, 0, 1, 0]);
  expect(answer("metric1 >= 30", { metric1 })).toEqual([1, 0, 0, 0]);
});

test("a missing value is 0, and a division by zero gives no point", () => {
  expect(answer("metric1 + metric2", { metric1, metric2 })).toEqual([50, 20, 20, 0]);
  expect(answer("metric1 / metric2", { metric1, metric2 })).toEqual([1.5, undefined, 0, undefined]);
});

test("where nothing has a value, there is none", () => {
  expect(answer("2 * a - b", { a: series(1), b: series(undefined, 3) })).toEqual([2, -3, undefined, undefined]);
});

test("PERIOD is the metric's, in seconds", () => {
  expect(answer("sent / PERIOD(sent)", { sent: series(120, 30) })).toEqual([2, 0.5, undefined, undefined]);
});

test("FILL puts 0 where a metric has no value", () => {
  expect(answer("FILL(metric2, 0)", { metric1, metric2 })).toEqual([20, 0, 20, 0]);
  expect(answer("FILL(none, 0) + a", { none: series(), a: series(1) })).toEqual([1, undefined, undefined, undefined]);
});

describe("the failure rate", () => {
  const rate = (errors: Series, migrated: Series) =>
    answer("IF(errors >= 5, 100 * errors / (errors + FILL(migrated, 0)), 0)", { errors, migrated });

  test("is 0 below the floor, however few sign-ins there are", () => {
    expect(rate(series(1, 4, 0), series(0, undefined, 50))).toEqual([0, 0, 0, undefined]);
  });

  test("is the percentage from the floor on", () => {
    expect(rate(series(5, 5, 60), series(undefined, 95, 540))).toEqual([100, 5, 10, undefined]);
  });
});

test.each([
  ["RATE(a)", "CallExpression"],
  ["a ** 2", "BinaryExpression"],
  ["FILL(a, 1)", "FILL is known here"],
  ["b", "no metric has the id b"],
  ["1 + 1", "no time series"],
])("refuses %s", (expression, message) => {
  expect(() => answer(expression, { a: series(1) })).toThrow(message);
});
