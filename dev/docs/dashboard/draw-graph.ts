import * as echarts from "echarts";
import type { TimeRange } from "../../../__tests__/constructs/month/metric-store";
import type { MetricWidget } from "../../../constructs/dashboard-body";
import type { Drawn } from "./widget-data";

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

const FONT = 12;
const LEGEND_LINE = 22;
/** For series to which the dashboard gives no colour, as CloudWatch does by itself. */
const PALETTE = [
  "#5276a7",
  "#e68a2e",
  "#c7502f",
  "#3f9c94",
  "#8a63b0",
  "#b8a13a",
  "#6b8f3a",
  "#a0687f",
  "#7f7f7f",
  "#4aa3df",
];

/** Draws a metric widget's graph as SVG elements, with ids that no other graph has. */
export function drawGraph(
  widget: MetricWidget,
  drawn: readonly Drawn[],
  range: TimeRange,
  size: Size,
  id: string,
): string {
  const chart = echarts.init(null, null, { renderer: "svg", ssr: true, ...size });
  chart.setOption(optionOf(widget, drawn, range, size));
  const svg = chart.renderToSVGString();
  chart.dispose();
  return (
    svg
      .replace(/^<svg[^>]*>/, "")
      .replace(/<\/svg>\s*$/, "")
      // What happens under the mouse; a picture has none.
      .replace(/<style[\s\S]*?<\/style>/, "")
      .replaceAll(/ (class|pointer-events)="[^"]*"/g, "")
      // echarts counts its charts; the same chart must look the same however many there were before.
      .replaceAll(/zr\d+-/g, `${id}-`)
      // A tenth of a pixel is enough.
      .replaceAll(/\d+\.\d{2,}/g, (number) => String(Number(Number(number).toFixed(1))))
  );
}

function optionOf(
  widget: MetricWidget,
  drawn: readonly Drawn[],
  { from, to }: TimeRange,
  size: Size,
): Record<string, unknown> {
  const { yAxis, annotations, stacked = false } = widget.properties;
  const legendLines = linesOf(
    drawn.map(({ label }) => label),
    size.width,
  );
  const text = { fontSize: FONT, color: "#414d5c" };
  const axis = (side: "left" | "right") => ({
    type: "value",
    position: side,
    name: yAxis?.[side]?.label,
    nameTextStyle: { ...text, align: side, padding: side === "left" ? [0, 0, 0, -40] : [0, -40, 0, 0] },
    nameGap: 10,
    ...(yAxis?.[side]?.min === undefined ? {} : { min: yAxis[side].min }),
    ...(yAxis?.[side]?.max === undefined ? {} : { max: yAxis[side].max }),
    splitNumber: 4,
    axisLabel: { ...text, formatter: compact },
    splitLine: { show: side === "left", lineStyle: { color: "#e9ebed" } },
  });
  const hasRight = drawn.some((one) => one.axis === "right");
  return {
    animation: false,
    useUTC: true,
    textStyle: { fontFamily: "Helvetica, Arial, sans-serif" },
    grid: { left: 48, right: hasRight ? 44 : 16, top: 26, bottom: 28 + legendLines * LEGEND_LINE },
    legend: {
      bottom: 2,
      left: 6,
      icon: "rect",
      itemWidth: 10,
      itemHeight: 10,
      itemGap: 10,
      textStyle: text,
      data: drawn.map(({ label }) => label),
    },
    xAxis: {
      type: "time",
      min: from * 1000,
      max: to * 1000,
      axisLabel: { ...text, formatter: "{d} {MMM}", customValues: weeks(from, to) },
      axisTick: { customValues: weeks(from, to) },
      axisLine: { lineStyle: { color: "#9ba7b6" } },
      splitLine: { show: false },
    },
    yAxis: hasRight ? [axis("left"), axis("right")] : [axis("left")],
    series: drawn.map((one, index) => ({
      type: "line",
      name: one.label,
      color: one.color ?? PALETTE[index % PALETTE.length],
      yAxisIndex: one.axis === "right" ? 1 : 0,
      // A thin outline below, so that an hour's area is seen in a month.
      lineStyle: { width: stacked ? (index === 0 ? 0.8 : 0) : 1.2 },
      ...(stacked ? { stack: "all", areaStyle: { opacity: 0.9 } } : {}),
      showSymbol: !stacked,
      data: pointsOf(one, { from, to }, stacked),
      ...(index === 0 && annotations ? { markLine: markLine(annotations.horizontal) } : {}),
    })),
  };
}

function weeks(from: number, to: number): number[] {
  const week = 7 * 86_400;
  return Array.from({ length: Math.ceil((to - from) / week) }, (_, n) => (from + n * week) * 1000);
}

/** A stack has a value everywhere; a line ends where there is no data, and a lonely point is a dot. */
function pointsOf({ series, period }: Drawn, { from, to }: TimeRange, stacked: boolean): object[] {
  const points = [];
  for (let at = from; at < to; at += period) {
    const value = series.get(at);
    const lonely = value !== undefined && !series.has(at - period) && !series.has(at + period);
    points.push({
      value: [at * 1000, value ?? (stacked ? 0 : null)],
      symbol: lonely ? "circle" : "none",
      symbolSize: 4,
    });
  }
  return points;
}

function markLine(lines: NonNullable<MetricWidget["properties"]["annotations"]>["horizontal"]): object {
  return {
    silent: true,
    symbol: "none",
    data: lines.map(({ label, value, color }) => ({
      yAxis: value,
      lineStyle: { color, type: "dashed", width: 1.5 },
      label: { formatter: label, position: "insideEndBottom", color, fontSize: FONT },
    })),
  };
}

/** How many lines the legend takes, by a cautious guess at the width of its letters. */
function linesOf(labels: readonly string[], width: number): number {
  let lines = 1;
  let used = 0;
  for (const label of labels) {
    const needed = 26 + label.length * 6.6;
    if (used + needed > width - 12) {
      lines++;
      used = 0;
    }
    used += needed;
  }
  return lines;
}

/** 1500 as 1.5k. */
export function compact(value: number): string {
  return value >= 1000 ? `${Number((value / 1000).toFixed(1))}k` : String(Number(value.toFixed(2)));
}
