import fc from "fast-check";
import { parsePrice } from "../../../cli/simulate/price";
import { signInShares } from "../../../cli/simulate/sign-ins";
import { type Assumptions, simulate } from "../../../cli/simulate/simulate";

const assume = (over: Partial<Assumptions> = {}): Assumptions => ({
  users: 1_000_000,
  windowDays: 75,
  // Straight: one user in a hundred comes every day, and 80 % have come after 80 days.
  signInShare: (days) => Math.min(days / 100, 0.8),
  busiestHourShare: 0.1,
  quotas: { userAuthentication: 120, userList: 30 },
  sharedQuota: false,
  rowBytes: 200,
  prices: {},
  ...over,
});

test("counts who has migrated at the end of each day", () => {
  const { days } = simulate(assume());
  expect(days).toHaveLength(76);
  expect(days[0]).toEqual({ day: 0, migrated: 0, remaining: 1_000_000 });
  expect(days[10]).toEqual({ day: 10, migrated: 100_000, remaining: 900_000 });
  expect(days[75]).toEqual({ day: 75, migrated: 750_000, remaining: 250_000 });
});

test("who migrates is active in both pools in that month, and later in the destination alone", () => {
  const { months } = simulate(
    assume({ prices: { source: parsePrice("100000=0,0.01"), destination: parsePrice("0.02") } }),
  );
  const active = { destinationMau: 300_000, mauBefore: 300_000, destinationCost: 6000 };
  expect(months).toEqual([
    { fromDay: 1, toDay: 30, sourceMau: 300_000, sourceCost: 2000, ...active },
    { fromDay: 31, toDay: 60, sourceMau: 300_000, sourceCost: 2000, ...active },
    // A month of 15 days.
    {
      fromDay: 61,
      toDay: 75,
      sourceMau: 150_000,
      sourceCost: 500,
      destinationMau: 150_000,
      mauBefore: 150_000,
      destinationCost: 3000,
    },
  ]);
});

test("without a price there is no cost", () => {
  expect(Object.keys(simulate(assume()).months[0] ?? {})).toEqual([
    "fromDay",
    "toDay",
    "sourceMau",
    "destinationMau",
    "mauBefore",
  ]);
});

describe("the sign-ins of the busiest hour against the quota", () => {
  /** So many users on the first day, and nobody later. */
  const peakOf = (users: number, percent: number, quota: number) =>
    simulate(
      assume({
        users,
        signInShare: (days) => (days > 0 ? 1 : 0),
        busiestHourShare: percent / 100,
        quotas: { userAuthentication: quota, userList: 30 },
      }),
    ).peak;

  test("are above it from the first request on that it does not have, by whole numbers", () => {
    // Percentages with one digit and quotas for which a number of users makes the quota exactly.
    const tenths = fc.integer({ min: 50, max: 1000 });
    const quotas = fc.integer({ min: 1, max: 300 });
    fc.assert(
      fc.property(tenths, quotas, (percent, quota) => {
        const atQuota = (quota * 3_600_000) / percent;
        const most = Math.floor(atQuota);
        fc.pre(most < 40_000_000);
        for (const [users, day] of [
          [most, 0],
          [most + 1, 1],
        ] as const) {
          const { perSecond, aboveQuotaUntilDay } = peakOf(users, percent / 10, quota);
          expect([percent, quota, users, aboveQuotaUntilDay]).toEqual([percent, quota, users, day]);
          expect(perSecond > quota).toBe(day > 0);
        }
      }),
      {
        numRuns: 500,
        examples: [
          [52, 13],
          [50, 120],
        ],
      },
    );
  });

  test("few users stay below", () => {
    expect(simulate(assume()).peak).toEqual({ firstDay: 10_000, perSecond: 0.28, quota: 120, aboveQuotaUntilDay: 0 });
  });

  test("40 million are above until fewer are left", () => {
    const signInShare = signInShares("daily=20,weekly=80");
    if ("problem" in signInShare) throw new Error(signInShare.problem);
    const { peak, days } = simulate(assume({ users: 40_000_000, signInShare }));
    const rate = (day: number): number => (((days[day]?.migrated ?? 0) - (days[day - 1]?.migrated ?? 0)) * 0.1) / 3600;
    expect(peak.perSecond).toBeCloseTo(rate(1), 1);
    expect(rate(peak.aboveQuotaUntilDay)).toBeGreaterThan(120);
    expect(rate(peak.aboveQuotaUntilDay + 1)).toBeLessThanOrEqual(120);
  });

  test("two pools that share a quota use it twice", () => {
    expect(simulate(assume({ sharedQuota: true })).peak.perSecond).toBe(0.56);
  });
});

describe("the import of the rest", () => {
  test("both pools are read at 1,800 users a second, and a job takes 500,000", () => {
    expect(simulate(assume({ users: 40_000_000 })).importOfTheRest).toEqual({
      users: 10_000_000,
      readingSeconds: Math.ceil(110_000_000 / 1800),
      usersPerJob: 500_000,
      jobs: 20,
    });
  });

  test("long rows fill the file's 100 MB first", () => {
    expect(simulate(assume({ rowBytes: 1000 })).importOfTheRest).toMatchObject({ usersPerJob: 100_000, jobs: 3 });
  });

  test("when nobody is left there is no job", () => {
    expect(simulate(assume({ signInShare: () => 1 })).importOfTheRest).toMatchObject({ users: 0, jobs: 0 });
  });
});
