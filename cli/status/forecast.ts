import { plural } from "../program/plural";
import { dayNumber, type IsoDay, isoDay } from "./progress-so-far";
import type { TimelineDay } from "./timeline";

export type Forecast =
  | { readonly kind: "none"; readonly because: string }
  | {
      readonly kind: "flattens";
      /** What two halves of `halfDays` days each the forecast rests on. */
      readonly halfDays: number;
      readonly before: number;
      readonly after: number;
      /** How many will have migrated when nobody comes any more, and the range of two standard deviations. */
      readonly plateau: number;
      readonly plateauRange: readonly [low: number, high: number];
      /** When 95 of 100 who are still to come have come. */
      readonly flatOn: IsoDay;
      readonly flatRange: readonly [early: IsoDay, late: IsoDay | undefined];
      /** Expected total by day, from today on: the curve goes on like this. */
      readonly curve: readonly { readonly date: IsoDay; readonly total: number }[];
    };

const WEEK = 7;
const MAX_HALF_DAYS = 4 * WEEK;
/** Fewer users than these say more about chance than about habits. */
const FEWEST_USERS = 30;
/** Share of those still to come who have come when the curve counts as flat. */
const FLAT = 0.95;
const LONGEST_DAYS = 3650;

/**
 * Says when the curve flattens, from the simplest model that can be checked by hand: what came in the last whole weeks is
 * compared with the same number of weeks before, and the ratio is taken to hold on. Of 800, then 400, another 200, 100, 50 ...
 * follow: 400 more. Whole weeks, because weekends differ; whole days, because today is not over.
 *
 * The range is that of chance alone (Poisson counts, two standard deviations of the ratio's logarithm). What it cannot know:
 * a newsletter, a holiday, an import, and that rare users come more slowly than the ratio says: the true end is later
 * rather than earlier.
 *
 * @param timeline Until today.
 * @param sourceUsers No more than these can come.
 */
export function forecastOf(timeline: readonly TimelineDay[], sourceUsers: number): Forecast {
  const today = timeline.at(-1);
  if (today === undefined || today.total === 0) return none("nobody has migrated");
  if (today.total >= sourceUsers) return none("everybody has migrated");
  const whole = timeline.slice(0, -1);
  const halfDays = Math.min(MAX_HALF_DAYS, Math.floor(whole.length / 2 / WEEK) * WEEK);
  if (halfDays === 0) return none(`two whole weeks are needed; there are ${whole.length} whole days`);
  const before = sum(whole.slice(-2 * halfDays, -halfDays));
  const after = sum(whole.slice(-halfDays));
  if (before < FEWEST_USERS || after < FEWEST_USERS)
    return none(`at least ${FEWEST_USERS} users in each half are needed; there were ${before} and ${after}`);
  if (after >= before)
    return none(
      `it is not slowing down: ${plural(after, "user")} in the last ${halfDays} days, ${before} in the ${halfDays} before`,
    );

  const ratio = after / before;
  const spread = Math.exp(2 * Math.sqrt(1 / before + 1 / after));
  const start = whole.at(-1)?.total ?? 0;
  /** `toCome`: without regard to how many there are. `days`: from yesterday; undefined when no end is in sight. */
  const endAt = (falling: number) => {
    if (falling >= 1) return { toCome: Number.POSITIVE_INFINITY, plateau: sourceUsers, days: undefined };
    const toCome = (after * falling) / (1 - falling);
    const remaining = sourceUsers - start;
    // Where more would come than there are, the curve ends when the last has come.
    const share = Math.min(FLAT, remaining / toCome);
    return {
      toCome,
      plateau: Math.round(start + Math.min(toCome, remaining)),
      days: Math.ceil((Math.log(1 - share) / Math.log(falling)) * halfDays),
    };
  };
  const [likely, early, late] = [endAt(ratio), endAt(ratio / spread), endAt(ratio * spread)];
  const from = dayNumber(today.date) - 1;
  const days = Math.min(likely.days ?? 0, LONGEST_DAYS);
  return {
    kind: "flattens",
    halfDays,
    before,
    after,
    plateau: likely.plateau,
    plateauRange: [early.plateau, late.plateau],
    flatOn: isoDay(from + days),
    flatRange: [isoDay(from + (early.days ?? 0)), late.days === undefined ? undefined : isoDay(from + late.days)],
    curve: Array.from({ length: days + 1 }, (_, day) => ({
      date: isoDay(from + day),
      total: Math.min(sourceUsers, Math.round(start + likely.toCome * (1 - ratio ** (day / halfDays)))),
    })),
  };
}

const none = (because: string): Forecast => ({ kind: "none", because });
const sum = (days: readonly TimelineDay[]): number => days.reduce((all, { migrated }) => all + migrated, 0);
