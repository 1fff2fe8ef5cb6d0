import type { AlarmState } from "../../../__tests__/constructs/month/alarm-states";
import type { MetricStore, TimeRange } from "../../../__tests__/constructs/month/metric-store";
import type { AlarmWidget, DashboardBody, LogWidget, TextWidget, Widget } from "../../../constructs/dashboard-body";
import type { Row } from "../../../sandbox/aws/log-expression";
import { answer } from "../../../sandbox/aws/log-query";
import { drawGraph, type Size } from "./draw-graph";
import { dataOf } from "./widget-data";

/** Everything that there is to be shown. */
export interface Observed {
  readonly store: MetricStore;
  readonly log: readonly Row[];
  readonly range: TimeRange;
  /** By alarm name. */
  readonly states: ReadonlyMap<string, AlarmState>;
}

/** Pixels of one grid unit: 24 of them are about as wide as a page on GitHub. */
const CELL = 40;
const GAP = 4;
const TITLE = 26;
const CAPTION_LINE = 20;

const DARK = "#16191f";
const GREY = "#5f6b7a";

/** Draws a dashboard as one SVG document, with lines of text below it. */
export function drawDashboard(body: DashboardBody, observed: Observed, caption: readonly string[]): string {
  const width = 24 * CELL;
  const bottom = CELL * Math.max(...body.widgets.map(({ y, height }) => y + height));
  const height = bottom + CAPTION_LINE * caption.length + 12;
  const lines = caption.map((line, index) =>
    text(12, bottom + CAPTION_LINE * (index + 1), line, { size: 13, color: GREY }),
  );
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="Helvetica, Arial, sans-serif" role="img">`,
    `<title>${escaped(caption.join(" "))}</title>`,
    `<rect width="${width}" height="${height}" fill="#f2f3f3"/>`,
    ...body.widgets.map((widget, index) => drawWidget(widget, observed, `w${index}`)),
    ...lines,
    "</svg>",
  ].join("\n")}\n`;
}

function drawWidget(widget: Widget, observed: Observed, id: string): string {
  const size = { width: widget.width * CELL - 2 * GAP, height: widget.height * CELL - 2 * GAP };
  const title = "title" in widget.properties ? text(12, 19, widget.properties.title, { size: 14, weight: "bold" }) : "";
  return [
    `<svg x="${widget.x * CELL + GAP}" y="${widget.y * CELL + GAP}" width="${size.width}" height="${size.height}">`,
    `<rect x="0.5" y="0.5" width="${size.width - 1}" height="${size.height - 1}" rx="3" fill="#fff" stroke="#d1d5db"/>`,
    title,
    contentOf(widget, observed, size, id),
    "</svg>",
  ].join("\n");
}

function contentOf(widget: Widget, observed: Observed, size: Size, id: string): string {
  switch (widget.type) {
    case "text":
      return drawText(widget);
    case "alarm":
      return drawAlarms(widget, observed, size);
    case "log":
      return drawTable(answer(widget.properties.query, observed.log), size, widget);
    case "metric": {
      const drawn = dataOf(widget, observed.store, observed.range);
      if (widget.properties.view === "singleValue") return drawNumbers(drawn, size);
      const inner = { width: size.width, height: size.height - TITLE };
      return `<g transform="translate(0 ${TITLE})">${drawGraph(widget, drawn, observed.range, inner, id)}</g>`;
    }
  }
}

interface TextStyle {
  readonly size?: number;
  readonly weight?: "bold";
  readonly color?: string;
  readonly anchor?: "middle" | "end";
  readonly family?: string;
}

function text(x: number, y: number, content: string, { size = 13, color = DARK, ...style }: TextStyle = {}): string {
  const attributes = [
    `x="${x}" y="${y}" font-size="${size}" fill="${color}"`,
    style.weight && `font-weight="${style.weight}"`,
    style.anchor && `text-anchor="${style.anchor}"`,
    style.family && `font-family="${style.family}"`,
  ];
  return `<text ${attributes.filter(Boolean).join(" ")}>${escaped(content)}</text>`;
}

const escaped = (content: string): string =>
  content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** Markdown, as far as ours goes: lines, bold and code. */
function drawText({ properties: { markdown } }: TextWidget): string {
  return markdown
    .split("  \n")
    .map((line, index) =>
      text(12, 26 + 24 * index, line.replaceAll(/\*\*|`/g, ""), index === 0 ? { weight: "bold" } : { color: GREY }),
    )
    .join("");
}

function drawNumbers(drawn: ReturnType<typeof dataOf>, size: Size): string {
  const width = size.width / Math.ceil(drawn.length / 2);
  return drawn
    .map(({ label, color = DARK, series }, index) => {
      const x = 14 + width * (index % Math.ceil(drawn.length / 2));
      const y = 58 + 56 * Math.floor(index / Math.ceil(drawn.length / 2));
      const [value = 0] = series.values();
      return text(x, y, value.toLocaleString("en-US"), { size: 26, color }) + text(x, y + 19, label, { color: GREY });
    })
    .join("");
}

const STATE_COLORS: Readonly<Record<AlarmState, string>> = {
  OK: "#1d8102",
  ALARM: "#d13212",
  INSUFFICIENT_DATA: "#879596",
};

function drawAlarms({ properties: { alarms } }: AlarmWidget, { states }: Observed, size: Size): string {
  return alarms
    .map((arn, index) => {
      const name = arn.slice(arn.indexOf(":alarm:") + ":alarm:".length);
      const state = states.get(name) ?? "INSUFFICIENT_DATA";
      const y = 46 + 20 * index;
      const color = STATE_COLORS[state];
      return `<circle cx="18" cy="${y - 4}" r="5" fill="${color}"/>${text(30, y, name, { size: 12 })}${text(size.width - 12, y, state, { size: 12, color, anchor: "end" })}`;
    })
    .join("");
}

function drawTable(rows: readonly Row[], size: Size, { properties }: LogWidget): string {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) throw new Error(`${properties.title}: nothing was found, so there is nothing to see`);
  const shown = rows.slice(0, Math.floor((size.height - TITLE - 30) / 18));
  const widths = columns.map(
    (name) => 2 + Math.max(...[name, ...shown.map((row) => written(row[name]))].map(({ length }) => length)),
  );
  const share = (size.width - 24) / widths.reduce((sum, width) => sum + width, 0);
  const left = (column: number): number =>
    12 + Math.round(share * widths.slice(0, column).reduce((sum, width) => sum + width, 0));
  const cell = (content: unknown, column: number, y: number, style: TextStyle): string =>
    text(left(column), y, written(content), style);
  return [
    ...columns.map((name, column) => cell(name, column, 44, { size: 12, color: GREY, weight: "bold" })),
    `<line x1="12" x2="${size.width - 12}" y1="51" y2="51" stroke="#d1d5db"/>`,
    ...shown.flatMap((row, index) =>
      columns.map((name, column) => cell(row[name], column, 67 + 18 * index, { size: 12 })),
    ),
  ].join("");
}

function written(content: unknown): string {
  if (content === undefined) return "";
  return typeof content === "number" ? content.toLocaleString("en-US") : String(content);
}
