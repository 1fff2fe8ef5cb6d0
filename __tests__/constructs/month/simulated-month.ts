import { DEADLINE_MS } from "../../../rules/metrics";
import type { OutcomeName } from "../../../rules/outcome";
import { withColdStarts } from "./cold-starts";
import type { Attempt, Invocation } from "./invocation";
import { normal, type Random, seeded } from "./random";

// A test's global objects are slow to reach, and these are called by the hundred thousand.
const { exp, floor, max, min, round } = Math;

const DAY = 86_400;
const HOUR = 3600;
const day = (ofMonth: number, hour = 0): number => Date.UTC(2026, 8, ofMonth) / 1000 + hour * HOUR;

/** The trigger is attached when it begins. */
export const MONTH = { from: day(1), to: day(31) } as const;
export const USERS = 200_000;
/** Of the month that the tests watch. */
export const SEED = 2026;

/** A newsletter goes to everybody; the old applications use up the source's quota, and half of our sign-ins are turned away. */
export const THROTTLED = { from: day(18, 14), to: day(18, 17), share: 0.5, readers: 0.17 } as const;
/** Somebody deletes the app client at the source, and deploys it again. */
export const MISCONFIGURED = { from: day(24, 10), to: day(24, 11) } as const;

/** Of those whose sign-in fails, as many believe that it is the password, and ask for a new one. */
const DOUBTS = 0.3;
/** Somebody types a list of addresses into "forgot password". */
export const WALKED = { from: day(28, 13), to: day(28, 16), perHour: 180 } as const;

/** Sign-ins by hour of the day, in percent. */
const BY_HOUR = [1, 1, 1, 1, 1, 2, 3, 5, 7, 8, 7, 6, 6, 5, 5, 5, 5, 5, 6, 6, 6, 4, 3, 1];

/** Every invocation of the month, in order. */
export function simulateMonth(seed: number, users: number = USERS): Invocation[] {
  const random = seeded(seed);
  const attempts: Attempt[] = [];
  for (let user = 0; user < users; user++) attempts.push(...attemptsOf(random));
  for (let at: number = MONTH.from; at < MONTH.to; at += 480 * random())
    attempts.push(attempt(random, at, "not_authorized"));
  for (let at: number = WALKED.from; at < WALKED.to; at += HOUR / WALKED.perHour)
    attempts.push(attempt(random, at, "migrated_reset_required", true));
  const inMonth = attempts.filter(({ at }) => at < MONTH.to).sort((a, b) => a.at - b.at);
  return withColdStarts(inMonth, random);
}

/**
 * A user's first visit: somewhere within the interval at which this user signs in, and the intervals are Pareto-distributed
 * (half of the users come at least every twelve days, one in a hundred once in 600).
 */
function firstVisit(random: Random): number {
  const interval = (6 * DAY) / (1 - random());
  const anyDay = MONTH.from + interval * random();
  const visit = atUsualHour(anyDay, random);
  const reads = visit > THROTTLED.from && random() < THROTTLED.readers;
  return reads ? THROTTLED.from + (THROTTLED.to - THROTTLED.from) * random() ** 1.7 : visit;
}

function atUsualHour(at: number, random: Random): number {
  let percent = 100 * random();
  const hour = BY_HOUR.findIndex((share) => {
    percent -= share;
    return percent < 0;
  });
  const midnight = at - (at % DAY);
  // 1 January 1970 was a Thursday: day 2 of each week is a Saturday.
  const weekday = floor(midnight / DAY) % 7;
  const weekend = weekday === 2 || weekday === 3;
  return midnight + (weekend && random() < 0.4 ? 2 * DAY : 0) + (max(hour, 0) + random()) * HOUR;
}

/** What stops a user, in per mille; everybody else is migrated. */
const STOPPED: readonly (readonly [number, OutcomeName])[] = [
  [25, "mfa"],
  [6, "user_unconfirmed"],
  [5, "user_disabled"],
  [3, "user_federated"],
  [2, "no_recovery_channel"],
  [1, "nothing_to_carry"],
  [1, "source_trigger"],
];

function attemptsOf(random: Random): Attempt[] {
  const first = firstVisit(random);
  if (first >= MONTH.to) return [];
  let perMille = 1000 * random();
  const stopped = STOPPED.find(([share]) => {
    perMille -= share;
    return perMille < 0;
  })?.[1];
  if (stopped === undefined) return untilMigrated(first, random);
  const returns = Array.from({ length: 2 }, () => atUsualHour(first + (1 + 6 * random()) * DAY, random));
  return [first, ...returns].map((at) => attempt(random, at, stopped));
}

const TRIES = 5;

function untilMigrated(first: number, random: Random): Attempt[] {
  const attempts: Attempt[] = [];
  let at = first;
  const slip = random();
  if (slip < 0.12 || slip > 0.99) {
    attempts.push(attempt(random, at, slip < 0.12 ? "not_authorized" : "sign_in_name"));
    at += 15 + 45 * random();
  }
  const doubts = random() < DOUBTS;
  let forgotten = random() < 0.025;
  for (let tried = 1; ; tried++) {
    const made = attempt(random, at, forgotten ? "migrated_reset_required" : "migrated", forgotten);
    attempts.push(made);
    if (made.outcome?.startsWith("migrated")) return attempts;
    forgotten ||= doubts;
    // Again in some minutes; who has tried often enough, tomorrow.
    at += tried % TRIES === 0 ? DAY : 60 + 300 * random();
  }
}

const within = ({ from, to }: { readonly from: number; readonly to: number }, at: number): boolean =>
  at >= from && at < to;

/** One attempt, with the trouble of its hour. */
function attempt(random: Random, at: number, wanted: OutcomeName, forgotten = false): Attempt {
  const throttled = within(THROTTLED, at);
  const durationMs = round(exp(normal(random) * (throttled ? 0.8 : 0.4)) * (throttled ? 800 : 210));
  const sourceSignIns = forgotten ? 0 : 1;
  const base = { at, durationMs: min(durationMs, DEADLINE_MS), sourceSignIns, forgotten, ...NOTHING };
  const fate = random();
  if (durationMs > DEADLINE_MS) return { ...base, outcome: "deadline" };
  if (throttled && fate < THROTTLED.share)
    return { ...base, outcome: "throttled", errorName: "TooManyRequestsException" };
  if (within(MISCONFIGURED, at)) return { ...base, outcome: "misconfigured", errorName: "ResourceNotFoundException" };
  if (fate > 0.9999) return { ...base, outcome: undefined };
  if (fate > 0.9997) return { ...base, outcome: "source_unavailable", errorName: "InternalErrorException" };
  const dropped = wanted.startsWith("migrated") ? droppedAttributes(random) : [];
  return { ...base, outcome: wanted, droppedAttributes: dropped, secondFactor: wanted === "mfa" };
}

const NOTHING = { droppedAttributes: [], secondFactor: false } as const;

const DROPPED: readonly (readonly [number, string])[] = [
  [0.06, "custom:legacy_id"],
  [0.02, "nickname"],
  [0.004, "address"],
];

const droppedAttributes = (random: Random): string[] =>
  DROPPED.filter(([share]) => random() < share).map(([, name]) => name);
