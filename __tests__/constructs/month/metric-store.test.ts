import { MetricStore, statistics } from "./metric-store";

const RANGE = { from: 0, to: 600 };

function metric(points: readonly (readonly [at: number, value: number])[]) {
  const made = new MetricStore().metric("N", "M", { FunctionName: "f" });
  for (const [at, value] of points) {
    made.times.push(at);
    made.values.push(value);
  }
  return made;
}

test("a value counts in the period that it falls into, and an empty period has no point", () => {
  const series = statistics(
    metric([
      [0, 1],
      [299.9, 2],
      [300, 4],
      [599, 8],
    ]),
    "Sum",
    300,
    RANGE,
  );
  expect([...series]).toEqual([
    [0, 3],
    [300, 12],
  ]);
  expect([...statistics(metric([[400, 1]]), "Sum", 300, RANGE)]).toEqual([[300, 1]]);
});

test("nothing outside the range counts", () => {
  expect([
    ...statistics(
      metric([
        [99, 1],
        [100, 2],
        [199, 4],
        [200, 8],
      ]),
      "Sum",
      100,
      { from: 100, to: 200 },
    ),
  ]).toEqual([[100, 6]]);
});

test("points come in the order of time", () => {
  expect([
    ...statistics(
      metric([
        [400, 1],
        [10, 1],
      ]),
      "Sum",
      300,
      RANGE,
    ).keys(),
  ]).toEqual([0, 300]);
});

test.each([
  ["Sum", 5050],
  ["SampleCount", 100],
  ["Average", 50.5],
  ["p50", 50],
  ["p95", 95],
  ["p99", 99],
  ["p99.9", 100],
])("%s of the numbers from 1 to 100 is %d", (stat, expected) => {
  const numbers = Array.from({ length: 100 }, (_, n) => [0, 100 - n] as const);
  expect(statistics(metric(numbers), stat, 600, RANGE).get(0)).toBe(expected);
});

test("a percentile of few values is one of them", () => {
  expect(
    statistics(
      metric([
        [0, 7],
        [1, 900],
      ]),
      "p99",
      600,
      RANGE,
    ).get(0),
  ).toBe(900);
});

test("refuses a statistic that it does not know", () => {
  expect(() => statistics(metric([[0, 1]]), "tm99", 600, RANGE)).toThrow("tm99");
});

test("metrics are told apart by namespace, name and the whole set of dimensions", () => {
  const store = new MetricStore();
  store.metric("N", "M", { a: "1", b: "2" }).values.push(1);
  expect(store.find("N", "M", { b: "2", a: "1" })?.values).toEqual([1]);
  expect([store.find("N", "M", { a: "1" }), store.find("O", "M", { a: "1", b: "2" })]).toEqual([undefined, undefined]);
});
