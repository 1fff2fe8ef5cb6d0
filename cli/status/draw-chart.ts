import * as echarts from "echarts";
import type { Status } from "./status";

/** Colours of one chart; the page shows the one that suits the reader's screen. */
export type Colours = Readonly<typeof LIGHT>;

export const LIGHT = { text: "#374151", grid: "#e5e7eb", total: "#1d4ed8", perDay: "#93b4f5" };
export const DARK: Colours = { text: "#d1d5db", grid: "#374151", total: "#7aa2ff", perDay: "#3c5aa8" };

/** Pixels; the page shows the one whose text can be read on the reader's screen. */
export const WIDTHS = { wide: 900, narrow: 360 } as const;
const HEIGHT = 460;
const AXIS_LABEL_PX = 64;

/** The curve, and the migrations of each day below it, without script or style. @param id Names that no other chart in the page has begin with it. */
export function drawChart(status: Status, colours: Colours, width: number, id: string): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, width, height: HEIGHT });
  try {
    chart.setOption(optionOf(status, colours));
    return (
      chart
        .renderToSVGString()
        .replace(/<style[\s\S]*?<\/style>/, "")
        .replaceAll(/ (class|pointer-events)="[^"]*"/g, "")
        // echarts counts its charts; the same status must give the same page.
        .replaceAll(/zr\d+-/g, `${id}-`)
        .replace("<svg ", `<svg role="img" aria-label="Users who have migrated, by day" `)
    );
  } finally {
    // A chart that is not disposed of keeps the process alive.
    chart.dispose();
  }
}

function optionOf(
  { users, timeline, forecast }: Status,
  { text, grid, total, perDay }: Colours,
): echarts.EChartsCoreOption {
  const curve = forecast.kind === "flattens" ? forecast.curve : [];
  const dates = [...new Set([...timeline, ...curve].map(({ date }) => date))].sort();
  const axis = { type: "category", data: dates, axisLine: { lineStyle: { color: text } } };
  const value = {
    type: "value",
    min: 0,
    minInterval: 1,
    axisLabel: { color: text, formatter: (count: number) => count.toLocaleString("en-US") },
    splitLine: { lineStyle: { color: grid } },
    nameTextStyle: { color: text, align: "left" },
  };
  const line = (days: readonly { readonly date: string; readonly total: number }[]): object => ({
    type: "line",
    data: days.map((day) => [day.date, day.total]),
    // A line of one day is a point, which without a symbol nobody sees.
    showSymbol: days.length === 1,
    symbol: "circle",
    symbolSize: 9,
    itemStyle: { color: total },
  });
  return {
    animation: false,
    textStyle: { fontFamily: "system-ui, sans-serif" },
    // Without a browser the width of a text is a guess.
    legend: {
      top: 0,
      itemGap: 48,
      textStyle: { color: text },
      data: ["Migrated", ...(curve.length === 0 ? [] : ["If it goes on like this"])],
    },
    grid: [
      { top: 56, height: 220, left: AXIS_LABEL_PX + 16, right: 16 },
      { top: 316, height: 104, left: AXIS_LABEL_PX + 16, right: 16 },
    ],
    xAxis: [
      { ...axis, gridIndex: 0, axisLabel: { show: false } },
      { ...axis, gridIndex: 1, axisLabel: { color: text } },
    ],
    yAxis: [
      { ...value, gridIndex: 0, max: Math.max(1, users.sourceUsers), name: "Migrated, of all users in the source" },
      { ...value, gridIndex: 1, splitNumber: 2, name: "Migrated on that day" },
    ],
    series: [
      {
        ...line(timeline),
        name: "Migrated",
        lineStyle: { color: total, width: 2 },
        areaStyle: { color: total, opacity: 0.15 },
      },
      ...(curve.length === 0
        ? []
        : [
            {
              ...line(curve),
              name: "If it goes on like this",
              lineStyle: { color: total, width: 2, type: "dashed" },
            },
          ]),
      {
        type: "bar",
        name: "Each day",
        xAxisIndex: 1,
        yAxisIndex: 1,
        itemStyle: { color: perDay },
        data: timeline.map((day) => [day.date, day.migrated]),
      },
    ],
  };
}
