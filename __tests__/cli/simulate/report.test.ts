import { parsePrice } from "../../../cli/simulate/price";
import { simulationReport } from "../../../cli/simulate/report";
import { type Assumptions, simulate } from "../../../cli/simulate/simulate";

const assume = (over: Partial<Assumptions>): Assumptions => ({
  users: 201,
  windowDays: 30,
  signInShare: (days) => (days > 0 ? 1 : 0),
  busiestHourShare: 0.055,
  quotas: { userAuthentication: 120, userList: 30 },
  sharedQuota: false,
  rowBytes: 200,
  prices: {},
  ...over,
});
const textOf = (assumptions: Assumptions): string => simulationReport(simulate(assumptions), assumptions, 200);

test.each([
  // 201 * 0.005 = 1.005, which no number of the computer is.
  [201, "0.005", "1.01"],
  [201, "0.0055", "1.11"],
  [1_000_000, "0.0046", "4,600.00"],
  [3, "0.1", "0.30"],
])("%i users at %s each cost %s", (users, price, cost) => {
  expect(textOf(assume({ users, prices: { source: parsePrice(price) } }))).toContain(`window: source ${cost}`);
});

test("the share of the busiest hour is the one that was given", () => {
  for (const [share, told] of [
    [0.055, "5.5"],
    [0.07, "7"],
    [0.29, "29"],
  ] as const)
    expect(textOf(assume({ busiestHourShare: share }))).toContain(`(${told} % of the day)`);
});
