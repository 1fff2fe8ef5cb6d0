import { parse } from "csv-parse/sync";

/**
 * The share of all users who have signed in at least once when so many days have passed, counted from any day: from 0 to 1.
 * It must hold for any day alike, as it does where nothing grows or shrinks.
 */
export type SignInShare = (days: number) => number;

/** Days from one sign-in to the next, on average. */
const INTERVAL_DAYS = {
  daily: 1,
  weekly: 7,
  monthly: 365.25 / 12,
  quarterly: 365.25 / 4,
  yearly: 365.25,
  never: Number.POSITIVE_INFINITY,
} as const;

export const INTERVALS = Object.keys(INTERVAL_DAYS) as readonly (keyof typeof INTERVAL_DAYS)[];

/** What is wrong with a text that was to be read. */
export interface Unreadable {
  readonly problem: string;
}

/**
 * Reads `daily=20,weekly=30,never=50`: percent of the users, 100 together. Sign-ins come at random, every so many days on
 * average, so that a weekly user comes within a week in 63 % of all weeks: 1 - e^(-days / interval).
 */
export function signInShares(text: string): SignInShare | Unreadable {
  const parts = text.split(",").map((pair) => pair.split("=").map((half) => half.trim()));
  const shares: { readonly interval: number; readonly percent: number }[] = [];
  for (const [name = "", percent = "", ...rest] of parts) {
    const interval = INTERVALS.find((one) => one === name);
    if (interval === undefined || rest.length > 0 || !/^[0-9]+(\.[0-9]+)?$/.test(percent))
      return {
        problem: `"${name}=${percent}"; expected ${INTERVALS.join(", ")}, each with a percentage, such as daily=20`,
      };
    shares.push({ interval: INTERVAL_DAYS[interval], percent: Number(percent) });
  }
  if (new Set(parts.map(([name]) => name)).size < parts.length) return { problem: "one interval twice" };
  const sum = shares.reduce((all, { percent }) => all + percent, 0);
  if (Math.abs(sum - 100) > 0.01) return { problem: `percentages that make ${round(sum)}; expected 100 together` };
  return (days) =>
    shares.reduce((all, { interval, percent }) => all + (percent / 100) * (1 - Math.exp(-days / interval)), 0);
}

/**
 * Reads a CSV with the columns `days_since_last_sign_in` (blank: never) and `users`. Where nothing grows or shrinks, the
 * time that has passed since the last sign-in and the time until the next one are distributed alike, whatever the habits
 * are (forward and backward recurrence time of a stationary renewal process), so the past is the forecast.
 * Between two rows the users are spread evenly.
 */
export function signInHistory(csv: string): SignInShare | Unreadable {
  let rows: Record<string, string>[];
  try {
    rows = parse(csv, { columns: true, trim: true, bom: true, skip_empty_lines: true });
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
  const users = new Map<number, number>();
  let all = 0;
  for (const [at, row] of rows.entries()) {
    const { days_since_last_sign_in: days, users: count } = row;
    if (days === undefined || count === undefined)
      return { problem: "no columns days_since_last_sign_in and users; the first line names them" };
    if (!/^[0-9]*$/.test(days) || !/^[0-9]+$/.test(count))
      return {
        problem: `line ${at + 2}: "${days},${count}"; expected a whole number of days, or nothing for never, and of users`,
      };
    all += Number(count);
    if (days !== "") users.set(Number(days), (users.get(Number(days)) ?? 0) + Number(count));
  }
  if (all === 0) return { problem: "no users" };
  return interpolated(cumulative(users, all));
}

type Step = readonly [days: number, share: number];

/** Who signed in 0 days ago did so within one day. */
function cumulative(users: ReadonlyMap<number, number>, all: number): Step[] {
  let sum = 0;
  const steps = [...users]
    .sort(([a], [b]) => a - b)
    .map(([days, count]): Step => {
      sum += count;
      return [days + 1, sum / all];
    });
  return [[0, 0], ...steps];
}

function interpolated(steps: readonly Step[]): SignInShare {
  return (days) => {
    const after = steps.findIndex(([at]) => at >= days);
    const [end, top] = steps[after === -1 ? steps.length - 1 : after] ?? [0, 0];
    const [start, bottom] = steps[after - 1] ?? [0, 0];
    return after < 1 ? (after === 0 ? bottom : top) : bottom + ((top - bottom) * (days - start)) / (end - start);
  };
}

const round = (value: number): number => Math.round(value * 100) / 100;
