import { budgetMs, type ColdStart, waitedMs } from "../../../handler/aws/deadline";

test("a warm invocation has what Lambda leaves, less the margin", () => {
  expect(budgetMs(5000)).toBe(4700);
  expect(budgetMs(3000)).toBe(2700);
});

test("a cold start counts against Cognito's five seconds", () => {
  expect(budgetMs(5000, 1200.4)).toBe(3499);
  expect(budgetMs(5000, 4990)).toBe(0);
  expect(budgetMs(5000, 9000)).toBe(0);
});

describe("when the first event comes, its user has been waiting", () => {
  const start = (over: Partial<ColdStart>) =>
    waitedMs({ initializationType: "on-demand", ageMs: 900, readyAtMs: 890, ...over });

  test("since the process was born, if the event was there when INIT was over", () => {
    expect(start({})).toBe(900);
    expect(start({ ageMs: 1390, readyAtMs: 890 })).toBe(1390);
  });

  test("and however long that took: a slow start is no start ahead", () => {
    for (const ageMs of [4990, 5000, 9900]) expect(start({ ageMs, readyAtMs: ageMs - 30 })).toBe(ageMs);
  });

  test("not at all, if it came later: nobody was there yet", () => {
    expect(start({ ageMs: 1391, readyAtMs: 890 })).toBe(0);
    expect(start({ ageMs: 3_600_000, readyAtMs: 890 })).toBe(0);
  });

  test("not at all, if the process was provisioned", () => {
    expect(start({ initializationType: "provisioned-concurrency" })).toBe(0);
  });
});

test("never negative, always whole: AbortSignal.timeout takes nothing else", () => {
  for (const [remaining, age] of [
    [100, 0],
    [0, 0],
    [4999.7, 12.3],
    [5000, 4999.9],
  ] as const) {
    const budget = budgetMs(remaining, age);
    expect(budget).toBeGreaterThanOrEqual(0);
    expect(Number.isInteger(budget)).toBe(true);
  }
});
