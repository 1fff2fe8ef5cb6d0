import { OUTCOMES } from "../../handler/outcome";
import { percentOf } from "../percent";
import { visible, visibleLines } from "../visible";
import { DARK, drawChart, LIGHT } from "./draw-chart";
import { HAND_OVERS_HEAD, handOverRows, handOversText, handOversTitle } from "./hand-over-words";
import { forecastText } from "./report";
import type { Status, StatusSide } from "./status";

/** Nothing in the page loads or runs anything; the browser is told to hold it to that. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const STYLE = `
:root { color-scheme: light dark; --text: #111827; --soft: #4b5563; --line: #e5e7eb; --back: #ffffff; }
@media (prefers-color-scheme: dark) { :root { --text: #f3f4f6; --soft: #9ca3af; --line: #374151; --back: #111318; } }
body { margin: 2rem auto; padding: 0 1rem; max-width: 60rem; font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
h1 { font-size: 1.4rem; margin: 0; }
p, caption { color: var(--soft); }
dl { display: flex; flex-wrap: wrap; gap: 1rem 3rem; margin: 1.5rem 0; }
dt { color: var(--soft); }
dd { margin: 0; font-size: 1.8rem; font-variant-numeric: tabular-nums; }
svg { width: 100%; height: auto; }
.dark { display: none; }
@media (prefers-color-scheme: dark) { .dark { display: block; } .light { display: none; } }
table { border-collapse: collapse; margin: 1rem 0; width: 100%; }
caption { text-align: left; }
th, td { text-align: left; padding: 0.25rem 1rem 0.25rem 0; border-bottom: 1px solid var(--line); }
@media (max-width: 30rem) { td { overflow-wrap: anywhere; } }
@media (min-width: 30rem) { th { white-space: nowrap; } }
.number { text-align: right; font-variant-numeric: tabular-nums; }
`;

/** The status as one page that needs nothing else: counts, no user's name. */
export function statusPage(status: Status): string {
  const { at, source, destination, users, forecast } = status;
  const percent = users.sourceUsers === 0 ? "0" : percentOf(users.migrated, users.sourceUsers);
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<link rel="icon" href="data:,">
<title>${percent} % migrated</title>
<style>${STYLE}</style>
</head>
<body>
<h1>User migration</h1>
<p>From ${sideText(source)}<br>to ${sideText(destination)}<br>as of ${at.toISOString().replace("T", " ").slice(0, 16)} UTC</p>
<dl>
${[
  ["In the source", number(users.sourceUsers)],
  ["Migrated", `${number(users.migrated)} (${percent} %)`],
  ["Remaining", number(users.remaining)],
  ["RESET_REQUIRED since they came", number(users.stuck)],
]
  .map(([name, value]) => `<div><dt>${name}</dt><dd>${value}</dd></div>`)
  .join("\n")}
</dl>
<div class="light">${drawChart(status, LIGHT, "light")}</div>
<div class="dark">${drawChart(status, DARK, "dark")}</div>
<p>${escaped(forecastText(forecast, users))}</p>
${outcomesHtml(status)}
${handOversHtml(status)}
${daysHtml(status)}
</body>
</html>
`;
}

function sideText({ name, account, region, userPoolId }: StatusSide): string {
  return [visible(name), userPoolId, region, `account ${account}`].map(escaped).join(", ");
}

function outcomesHtml({ outcomes }: Status): string {
  if ("because" in outcomes) return `<p>Outcomes are not known: ${escaped(outcomes.because)}</p>`;
  const { since, migrated, resetRequired, refused, failed, reasons } = outcomes;
  return tableHtml(
    `Sign-ins of unknown users since ${since.toISOString().slice(0, 10)}`,
    ["Outcome", "Sign-ins", ""],
    [
      ["migrated", migrated, OUTCOMES.migrated.means],
      ["reset_required", resetRequired, OUTCOMES.migrated_reset_required.means],
      ["refused", refused, ""],
      ["failed", failed, ""],
      ...reasons.map(({ reason, count, means }) => [reason, count, means]),
    ],
  );
}

function handOversHtml({ handOvers }: Status): string {
  const text = `<p>${escaped(handOversText(handOvers))}</p>`;
  if ("because" in handOvers) return text;
  return `${tableHtml(handOversTitle(handOvers), HAND_OVERS_HEAD, handOverRows(handOvers))}${text}`;
}

function daysHtml({ timeline }: Status): string {
  const rows = [...timeline].reverse().map(({ date, migrated, total }) => [date, migrated, total]);
  return `<details><summary>Every day</summary>${tableHtml("By UTC day, the last first", ["Day", "Migrated", "Total"], rows)}</details>`;
}

function tableHtml(caption: string, head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cell = (tag: "th" | "td", value: string | number): string =>
    typeof value === "number"
      ? `<${tag} class="number">${number(value)}</${tag}>`
      : `<${tag}>${escaped(value)}</${tag}>`;
  const row = (tag: "th" | "td", values: readonly (string | number)[]): string =>
    `<tr>${values.map((value) => cell(tag, value)).join("")}</tr>`;
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
