import { readAssumptions, type SimulateOptions } from "../../../cli/simulate/assumptions";

const options = (over: Partial<SimulateOptions> = {}): SimulateOptions => ({
  users: "1000",
  "window-days": "90",
  "sign-ins": "monthly=100",
  "last-sign-ins": undefined,
  "busiest-hour": "10",
  "sign-in-quota": "120",
  "list-users-quota": "30",
  "same-account": false,
  "row-bytes": "200",
  "price-source": undefined,
  "price-destination": undefined,
  ...over,
});
const noFile = (path: string): string => {
  throw new Error(`ENOENT: no such file or directory, open '${path}'`);
};

test("reads every option", () => {
  expect(readAssumptions(options({ "busiest-hour": "12.5", "price-source": "0.01" }), noFile)).toEqual({
    users: 1000,
    windowDays: 90,
    signInShare: expect.any(Function),
    busiestHourShare: 0.125,
    quotas: { userAuthentication: 120, userList: 30 },
    sharedQuota: false,
    rowBytes: 200,
    prices: { source: [{ users: Number.POSITIVE_INFINITY, perUser: 0.01 }], destination: undefined },
  });
});

test("lists every problem at once", () => {
  const wrong = options({
    users: "40000001",
    "window-days": "0",
    "sign-ins": "daily=10",
    "busiest-hour": "101",
    "row-bytes": "1.5",
    "price-destination": "cheap",
  });
  expect(readAssumptions(wrong, noFile)).toEqual([
    expect.stringMatching(/^--users: found "40000001", expected a whole number from 1 to 40000000/),
    expect.stringMatching(/^--window-days: found "0"/),
    expect.stringMatching(/^--busiest-hour: found "101", expected a number from 5 to 100/),
    expect.stringMatching(/^--row-bytes: found "1.5"/),
    expect.stringMatching(/^--price-destination: found "cheap"/),
    expect.stringMatching(/^--sign-ins: found percentages that make 10/),
  ]);
});

test.each([
  ["none", options({ "sign-ins": undefined })],
  ["both", options({ "last-sign-ins": "a.csv" })],
])("wants one source of sign-ins, not %s", (_, given) => {
  expect(readAssumptions(given, () => "")).toEqual([
    expect.stringMatching(/either --sign-ins .* or --last-sign-ins FILE/),
  ]);
});

test("reads the history from a file, and says why it cannot", () => {
  const given = options({ "sign-ins": undefined, "last-sign-ins": "a.csv" });
  expect(readAssumptions(given, () => "days_since_last_sign_in,users\n1,2\n")).toMatchObject({ users: 1000 });
  expect(readAssumptions(given, noFile)).toEqual([expect.stringMatching(/^--last-sign-ins: ENOENT.*a\.csv/)]);
});
