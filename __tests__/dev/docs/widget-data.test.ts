import type { MetricWidget } from "../../../constructs/dashboard-body";
import { dataOf } from "../../../dev/docs/dashboard/widget-data";
import { MetricStore } from "../../constructs/month/metric-store";

const RANGE = { from: 0, to: 7200 };

const store = new MetricStore();
const put = (name: string, dimensions: Record<string, string>, ...points: [at: number, value: number][]): void => {
  const { times, values } = store.metric("N", name, dimensions);
  for (const [at, value] of points) {
    times.push(at);
    values.push(value);
  }
};
put("Sent", { F: "f" }, [0, 600], [10, 600], [3600, 60]);
put("Sent", { F: "g" }, [0, 1]);
put("Refused", { F: "f", Reason: "seldom" }, [0, 1]);
put("Refused", { F: "f", Reason: "often" }, [0, 5]);

const widget = (properties: Partial<MetricWidget["properties"]>): MetricWidget => ({
  type: "metric",
  x: 0,
  y: 0,
  width: 1,
  height: 1,
  properties: { title: "t", region: "r", view: "timeSeries", stat: "Sum", period: 3600, metrics: [], ...properties },
});

test("a metric is read with the widget's statistic and period, or with its own", () => {
  const drawn = dataOf(
    widget({
      metrics: [
        ["N", "Sent", "F", "f", { label: "a" }],
        ["N", "Sent", "F", "f", { label: "b", stat: "SampleCount", period: 60 }],
      ],
    }),
    store,
    RANGE,
  );
  expect(drawn.map(({ label, period, series }) => [label, period, [...series]])).toEqual([
    [
      "a",
      3600,
      [
        [0, 1200],
        [3600, 60],
      ],
    ],
    [
      "b",
      60,
      [
        [0, 2],
        [3600, 1],
      ],
    ],
  ]);
});

test("one value for the whole range, when the widget says so", () => {
  const metrics = [["N", "Sent", "F", "f", {}]] as const;
  const [total] = dataOf(widget({ view: "singleValue", setPeriodToTimeRange: true, metrics }), store, RANGE);
  expect([...(total?.series ?? [])]).toEqual([[0, 1260]]);
});

test("an expression is drawn, and the metric that it hides is not", () => {
  const drawn = dataOf(
    widget({
      metrics: [
        [{ expression: "sent / PERIOD(sent)", label: "per second", color: "#123456", yAxis: "right" }],
        ["N", "Sent", "F", "f", { id: "sent", visible: false, period: 60 }],
      ],
    }),
    store,
    RANGE,
  );
  expect(drawn).toEqual([
    {
      label: "per second",
      color: "#123456",
      axis: "right",
      period: 60,
      series: new Map([
        [0, 20],
        [3600, 1],
      ]),
    },
  ]);
});

test("a search is one line for each that it finds, the largest first, named by its dimension", () => {
  const expression = `SEARCH('{N,F,Reason} MetricName="Refused" F="f"', 'Sum', 3600)`;
  const drawn = dataOf(widget({ metrics: [[{ expression, label: "${PROP('Dim.Reason')}" }]] }), store, RANGE);
  expect(drawn.map(({ label, series }) => [label, series.get(0)])).toEqual([
    ["often", 5],
    ["seldom", 1],
  ]);
});

test("a metric that nobody wrote is drawn empty", () => {
  const [drawn] = dataOf(widget({ metrics: [["N", "Absent", "F", "f", { label: "a" }]] }), store, RANGE);
  expect(drawn?.series.size).toBe(0);
});
