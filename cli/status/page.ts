import { visible, visibleLines } from "../../config/visible";
import { CommandError, EXIT } from "../program/exit";
import { shownMessage } from "../program/explain-system-error";
import { percentOf } from "../program/percent";
import { writeWhole } from "../program/whole-file";
import { type Colours, DARK, drawChart, LIGHT, WIDTHS } from "./draw-chart";
import { forecastText } from "./report";
import type { Section } from "./sections";
import { sectionsOf } from "./sections";
import type { Status, StatusSide } from "./status";

/** Nothing in the page loads or runs anything; the browser is told to hold it to that. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const STYLE = `
:root { color-scheme: light dark; --text: #111827; --soft: #4b5563; --line: #e5e7eb; --back: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --text: #f3f4f6; --soft: #9ca3af; --line: #374151; --back: #111318; } }
body { margin: 2rem auto; padding: 0 1rem; max-width: 60rem; font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
h1 { font-size: 1.4rem; margin: 0; }
p, caption { color: var(--soft); overflow-wrap: anywhere; }
dl { display: flex; flex-wrap: wrap; gap: 1rem 3rem; margin: 1.5rem 0; }
dt { color: var(--soft); }
dd { margin: 0; font-size: 1.8rem; font-variant-numeric: tabular-nums; }
svg { width: 100%; height: auto; }
.dark, .narrow { display: none; }
@media (max-width: 40rem) { .narrow { display: block; } .wide { display: none; } }
@media (prefers-color-scheme: dark) { .dark { display: block; } .light { display: none; } }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
caption { text-align: left; }
th, td { text-align: left; padding: 0.25rem 1rem 0.25rem 0; border-bottom: 1px solid var(--line); }
@media (max-width: 30rem) { th, td { padding-right: 0.5rem; } .part td:first-child { padding-left: 0.75rem; } }
@media (min-width: 30rem) { th { white-space: nowrap; } }
.part td { color: var(--soft); border-bottom-style: dotted; }
.part td:first-child { padding-left: 1.5rem; }
.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
`;

export function writePage(file: string, status: Status): void {
  try {
    writeWhole(file, statusPage(status), 0o666);
  } catch (error) {
    const why = shownMessage(error);
    throw new CommandError(EXIT.CHECKS_FAILED, `The page ${file} could not be written: ${why}`, { cause: error });
  }
}

/** The status as one page that needs nothing else: counts, no user's name. */
export function statusPage(status: Status): string {
  const { at, source, destination, users, forecast } = status;
  const percent = users.sourceUsers === 0 ? undefined : `${percentOf(users.migrated, users.sourceUsers)} %`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${percent === undefined ? "User migration" : `${percent} migrated`}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>User migration</h1>
<p>From ${sideText(source)}<br>to ${sideText(destination)}<br>as of ${at.toISOString().replace("T", " ").slice(0, 16)} UTC</p>
<dl>
${[
  ["In the source", number(users.sourceUsers)],
  ["Migrated", number(users.migrated) + (percent === undefined ? "" : ` (${percent})`)],
  ["Remaining", number(users.remaining)],
  ["In the destination", number(users.destinationUsers)],
  ["Signed up or made there, not migrated", number(users.notFromSource)],
  ["RESET_REQUIRED since they came", number(users.stuck)],
]
  .map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`)
  .join("\n")}
</dl>
<div class="light">${chartsHtml(status, LIGHT, "light")}</div>
<div class="dark">${chartsHtml(status, DARK, "dark")}</div>
<p>${escaped(forecastText(forecast, users))}</p>
${sectionsOf(status).map(sectionHtml).join("\n")}
${daysHtml(status)}
</body>
</html>
`;
}

function chartsHtml(status: Status, colours: Colours, id: string): string {
  return (["wide", "narrow"] as const)
    .map((name) => `<div class="${name}">${drawChart(status, colours, WIDTHS[name], `${id}-${name}`)}</div>`)
    .join("");
}

function sideText({ name, account, region, userPoolId }: StatusSide): string {
  return [visible(name), userPoolId, region, `account ${account}`].map(escaped).join(", ");
}

const sectionHtml = ({ title, head, rows, text }: Section): string =>
  (title && head && rows ? tableHtml(title, head, rows) : "") + (text === undefined ? "" : `<p>${escaped(text)}</p>`);

function daysHtml({ timeline }: Status): string {
  const rows = [...timeline].reverse().map(({ date, migrated, total }) => [date, migrated, total]);
  return `<details><summary>Every day</summary>${tableHtml("By UTC day, the last first", ["Day", "Migrated", "Total"], rows)}</details>`;
}

function tableHtml(caption: string, head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (tag: "th" | "td", value: string | number): string =>
    typeof value === "number"
      ? `<${tag} class="number">${number(value)}</${tag}>`
      : // Names of outcomes may break, as words do.
        `<${tag}>${escaped(value).replaceAll("_", "_<wbr>")}</${tag}>`;
  // Indented as in the terminal: a part of the number above.
  const isPart = ([first]: readonly (string | number)[]): boolean => String(first).startsWith("  ");
  const row = (tag: "th" | "td", values: readonly (string | number)[]): string =>
    `<tr${isPart(values) ? ' class="part"' : ""}>${values.map((value) => cell(tag, value)).join("")}</tr>`;
  return `<table><caption>${escaped(caption)}</caption>${row("th", head)}${rows.map((values) => row("td", values)).join("\n")}</table>`;
}

const number = (count: number): string => count.toLocaleString("en-US");

/** As text of the page, in which nothing steers the terminal of whoever prints it, or turns around what stands there. */
function escaped(text: string): string {
  return visibleLines(text, false)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;");
}
