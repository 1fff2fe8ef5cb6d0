import { budgetMs } from "../../handler/deadline";

test("a warm invocation has what Lambda leaves, less the margin", () => {
  expect(budgetMs(5000)).toBe(4700);
  expect(budgetMs(3000)).toBe(2700);
});

test("a cold start counts against Cognito's five seconds", () => {
  expect(budgetMs(5000, 1200.4)).toBe(3499);
  expect(budgetMs(5000, 4990)).toBe(0);
});

test("a process older than a waiting user was started ahead and owes nothing", () => {
  expect(budgetMs(5000, 5000)).toBe(4700);
  expect(budgetMs(5000, 3_600_000)).toBe(4700);
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
