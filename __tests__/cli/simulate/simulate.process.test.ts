import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startCli } from "../../support/cli-process";

let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), "cognito-migration-simulate-"));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Without any setting or credential. */
const simulate = (...parameters: readonly string[]) => startCli(directory, {}, ["simulate", ...parameters]).ended;

test("says who has migrated when, what it costs, whether the quota bears it, and what the import takes", async () => {
  const { status, stdout, stderr } = await simulate(
    ..."--users 500000 --sign-ins daily=10,weekly=20,monthly=30,yearly=25,never=15 --price-source 10000=0,0.01 --price-destination 0.02".split(
      " ",
    ),
  );
  expect([status, stderr]).toEqual([0, ""]);
  // 500,000 * (0.1 (1 - e^-30) + 0.2 (1 - e^(-30/7)) + 0.3 (1 - e^(-30/30.4375)) + 0.25 (1 - e^(-30/365.25)))
  expect(stdout).toMatch(/^ 30 +252,499 +50\.5 +247,501$/m);
  expect(stdout).toMatch(/^1-30 +252,499 +252,499 +252,499 +2,424\.99 +5,049\.98$/m);
  expect(stdout).toMatch(/source 2,895\.02, destination 15,149\.94/);
  expect(stdout).toMatch(/1\.4 requests a second in its busiest hour \(10 % of the day\), of 120\./);
  expect(stdout).toMatch(/The rest after day 90: 180,498 users.*12 min\.\nImport: 1 job of up to 500,000 users/);
  expect(stdout).toContain("┏━");
});

test("40 million users over a year, by the log's own history, as JSON", async () => {
  writeFileSync(join(directory, "last.csv"), "days_since_last_sign_in,users\n6,16000000\n364,8000000\n,16000000\n");
  const { status, stdout } = await simulate(
    "--users",
    "40000000",
    "--window-days",
    "365",
    "--last-sign-ins",
    "last.csv",
    "--json",
  );
  expect(status).toBe(0);
  const { days, months, peak, importOfTheRest } = JSON.parse(stdout);
  expect(days).toHaveLength(366);
  expect(days[7]).toEqual({ day: 7, migrated: 16_000_000, remaining: 24_000_000 });
  expect(days[365]).toEqual({ day: 365, migrated: 24_000_000, remaining: 16_000_000 });
  expect(months).toHaveLength(13);
  // 16 million within seven days, a tenth of each day in one hour.
  expect(peak).toEqual({ firstDay: 2_285_714, perSecond: 63.5, quota: 120, aboveQuotaUntilDay: 0 });
  expect(importOfTheRest).toMatchObject({ users: 16_000_000, jobs: 32 });
});

test("too much for the quota is said, with what to do", async () => {
  const { stdout } = await simulate("--users", "40000000", "--sign-ins", "daily=20,never=80", "--same-account");
  expect(stdout).toMatch(
    /of 120, which both pools share\.\nToo many until day 1: users are asked to try again\. Raise the quota UserAuthentication/,
  );
});

test("every problem is listed, and it ends with 2", async () => {
  const { status, stdout, stderr } = await simulate(
    "--users",
    "1e6",
    "--sign-ins",
    "daily=10",
    "--price-source",
    "cheap",
  );
  expect([status, stdout]).toEqual([2, ""]);
  expect(stderr.trimEnd().split("\n")).toEqual([
    expect.stringMatching(/^--users: found "1e6"/),
    expect.stringMatching(/^--price-source: found "cheap"/),
    expect.stringMatching(/^--sign-ins: found percentages that make 10/),
  ]);
});
