import { plot } from "simple-ascii-chart";

const HEIGHT = 12;

/** Steps between labels, of which the largest that leaves at least three of them is taken. */
const DAY_STEPS = [365, 180, 90, 60, 30, 14, 7, 2, 1];

/** Draws users over days for the terminal. @param users How many there are at the end of day 0, 1, 2 ... @param total The top of the scale. */
export function drawCurve(users: readonly number[], total: number, columns: number): string {
  const days = users.length - 1;
  if (days < 1 || total <= 0) return "";
  const width = Math.max(20, Math.min(columns - 12, 80));
  const points = Array.from({ length: width + 1 }, (_, at): [number, number] => {
    const day = (at * days) / width;
    return [day, users[Math.round(day)] ?? 0];
  });
  const step = DAY_STEPS.find((size) => days / size >= 3) ?? 1;
  return plot(points, {
    width,
    height: HEIGHT,
    yRange: [0, total],
    customXAxisTicks: Array.from({ length: Math.floor(days / step) + 1 }, (_, at) => at * step),
    customYAxisTicks: [0, total / 4, total / 2, (3 * total) / 4, total],
    formatter: (value, { axis }) => (axis === "y" ? short(value) : String(Math.round(value))),
  })
    .split("\n")
    .map((line) => line.trimEnd())
    .filter((line) => line !== "")
    .join("\n");
}

/** `1.2M`, `340k`, `17`. */
function short(users: number): string {
  if (users >= 1e6) return `${round(users / 1e6)}M`;
  if (users >= 1e3) return `${round(users / 1e3)}k`;
  return String(Math.round(users));
}

const round = (value: number): string => String(Math.round(value * 10) / 10);
