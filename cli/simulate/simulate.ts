import { costOf, type Price } from "./price";
import type { SignInShare } from "./sign-ins";

export interface Assumptions {
  readonly users: number;
  readonly windowDays: number;
  readonly signInShare: SignInShare;
  /** Share of a day's sign-ins that fall into its busiest hour: from 1/24 to 1. */
  readonly busiestHourShare: number;
  /** Requests per second. */
  readonly quotas: { readonly userAuthentication: number; readonly userList: number };
  /** Both pools in one account and Region: each migration asks the same quota twice. */
  readonly sharedQuota: boolean;
  readonly rowBytes: number;
  readonly prices: { readonly source?: Price | undefined; readonly destination?: Price | undefined };
}

/** Users at the end of a day. */
export interface Day {
  readonly day: number;
  readonly migrated: number;
  readonly remaining: number;
}

export interface Month {
  readonly fromDay: number;
  readonly toDay: number;
  /** Monthly active users. */
  readonly sourceMau: number;
  readonly destinationMau: number;
  /** As many as the source alone would have without the migration. */
  readonly mauBefore: number;
  readonly sourceCost?: number;
  readonly destinationCost?: number;
}

export interface Simulation {
  readonly days: readonly Day[];
  readonly months: readonly Month[];
  readonly peak: {
    /** Migrations on the first day, which has the most. */
    readonly firstDay: number;
    /** UserAuthentication requests per second at the source in the busiest hour. */
    readonly perSecond: number;
    readonly quota: number;
    /** The last day whose busiest hour is above the quota; 0 when none is. */
    readonly aboveQuotaUntilDay: number;
  };
  readonly importOfTheRest: {
    readonly users: number;
    /** Reading the source twice and the destination once with ListUsers, one after the other. */
    readonly readingSeconds: number;
    readonly usersPerJob: number;
    readonly jobs: number;
  };
}

const MONTH_DAYS = 30;
const LIST_USERS_PAGE = 60;

/** Limits of one import job. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const JOB = { rows: 500_000, bytes: 100_000_000 } as const;

/**
 * Plays a migration through on paper. Everybody who signs in migrates: who cannot (federated, or refused for a second factor)
 * belongs to those who never sign in.
 */
export function simulate(assumptions: Assumptions): Simulation {
  const { users, windowDays, signInShare } = assumptions;
  const days = Array.from({ length: windowDays + 1 }, (_, day): Day => {
    const migrated = Math.round(users * signInShare(day));
    return { day, migrated, remaining: users - migrated };
  });
  return {
    days,
    months: monthsOf(assumptions),
    peak: peakOf(days, assumptions),
    importOfTheRest: importOf(days.at(-1), assumptions),
  };
}

/**
 * A user who migrates is active in both pools in that month: the handler signs in at the source. Afterwards only the
 * destination sees the user. Months are counted as 30 days from the first; AWS counts calendar months.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html, "Monthly active users"
 */
function monthsOf({ users, windowDays, signInShare, prices }: Assumptions): Month[] {
  return Array.from({ length: Math.ceil(windowDays / MONTH_DAYS) }, (_, month): Month => {
    const fromDay = month * MONTH_DAYS;
    const toDay = Math.min(fromDay + MONTH_DAYS, windowDays);
    const sourceMau = Math.round(users * signInShare(toDay)) - Math.round(users * signInShare(fromDay));
    // Who signs in, signs in at the destination: the share of a month is the same for each.
    const active = Math.round(users * signInShare(toDay - fromDay));
    return {
      fromDay: fromDay + 1,
      toDay,
      sourceMau,
      destinationMau: active,
      mauBefore: active,
      ...(prices.source && { sourceCost: costOf(sourceMau, prices.source) }),
      ...(prices.destination && { destinationCost: costOf(active, prices.destination) }),
    };
  });
}

const MILLION = 1_000_000;
const ONE_HOUR_SECONDS = 3600;

/** Rounded up, so that what is above the quota is not shown as equal to it; a billionth more is the arithmetic's. */
const upToCents = (value: number): number => Math.ceil(value * 100 - 1e-7) / 100;

function peakOf(days: readonly Day[], { busiestHourShare, quotas, sharedQuota }: Assumptions): Simulation["peak"] {
  // Whole numbers up to the division: 900,000 * 0.052 / 3600 would be more than 13.
  const millionths = Math.round(busiestHourShare * MILLION) * (sharedQuota ? 2 : 1);
  const perSecond = days.slice(1).map(({ migrated }, at) => {
    const onThatDay = migrated - (days[at]?.migrated ?? 0);
    return (onThatDay * millionths) / (MILLION * ONE_HOUR_SECONDS);
  });
  const quota = quotas.userAuthentication;
  return {
    firstDay: days[1]?.migrated ?? 0,
    perSecond: upToCents(perSecond[0] ?? 0),
    quota,
    aboveQuotaUntilDay: perSecond.findLastIndex((rate) => rate > quota) + 1,
  };
}

function importOf(last: Day | undefined, { users, quotas, rowBytes }: Assumptions): Simulation["importOfTheRest"] {
  const { migrated = 0, remaining = users } = last ?? {};
  const usersPerJob = Math.min(JOB.rows, Math.floor(JOB.bytes / rowBytes));
  return {
    users: remaining,
    readingSeconds: Math.ceil((2 * users + migrated) / (quotas.userList * LIST_USERS_PAGE)),
    usersPerJob,
    jobs: Math.ceil(remaining / usersPerJob),
  };
}
