import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { startCli } from "../../support/cli-process";
import { documentedPermissions } from "../../support/command-page";
import { type MetricService, startMetricService } from "../../support/metric-service";
import { MIGRATED, monthOfMigrations, PER_DAY, SOURCE_USERS } from "../../support/month-of-migrations";
import { openTwoPools, type TwoPools } from "../../support/operator-without-stacks";

const FUNCTION = "FunctionName=cognito_migration_sandbox";
const LOG_GROUP = "/aws/lambda/cognito_migration_sandbox";
const NOW = new Date();
const withCommas = (count: number): string => count.toLocaleString("en-US");
const isoDay = (daysAgo: number): string => new Date(NOW.getTime() - daysAgo * 86_400_000).toISOString().slice(0, 10);

let pools: TwoPools;
let metrics: MetricService;
beforeAll(async () => {
  const { source, destination } = monthOfMigrations(NOW);
  metrics = await startMetricService();
  Object.assign(metrics.values, {
    [`CognitoMigration Migrated ${FUNCTION}`]: [700, 71],
    [`CognitoMigration ResetRequired ${FUNCTION}`]: [9],
    [`CognitoMigration Refused ${FUNCTION}`]: [300, 20, 5],
    [`CognitoMigration Failed ${FUNCTION}`]: [2],
    [`CognitoMigration Failed ${FUNCTION} Reason=throttled`]: [1, 1],
    [`CognitoMigration Refused ${FUNCTION} Reason=mfa`]: [10],
    [`CognitoMigration Refused ${FUNCTION} Reason=not_authorized`]: [290, 20, 5],
    [`CognitoMigration Migrated FunctionName=another`]: [5000],
  });
  pools = await openTwoPools({ source: { users: source }, destination: { users: destination } });
  pools.environment["AWS_ENDPOINT_URL_CLOUDWATCH"] = metrics.url;
  pools.logs.createGroup(LOG_GROUP, 90);
  for (const user of ["0123456789abcdef", "fedcba9876543210"])
    pools.logs.write(LOG_GROUP, "stream", JSON.stringify({ outcome: "migrated", user }));
});
beforeEach(() => {
  pools.faults.clear();
  pools.actions.length = 0;
  metrics.isForbidden = false;
  metrics.unreadable = undefined;
});
afterAll(async () => {
  await pools.close();
  await metrics.close();
});

test("says how far, by day and by outcome, and when the curve flattens", async () => {
  const { status, stdout, stderr } = await pools.run("status");
  expect(stderr).toBe(
    "Migration sandbox, by the environment.\nsource       account 111111111111  eu-west-1  eu-west-1_Source001  source\n" +
      "destination  account 222222222222  eu-central-1  eu-central-1_Dest0001  destination\n\n",
  );
  expect(status).toBe(0);
  const left = SOURCE_USERS - MIGRATED;
  expect(stdout).toMatch(new RegExp(`^Migrated +${withCommas(MIGRATED)} `, "m"));
  expect(stdout).toMatch(new RegExp(`^Remaining +${left} `, "m"));
  expect(stdout).toContain("┏━");
  expect(stdout).toMatch(new RegExp(`^${isoDay(1)} +${PER_DAY.at(-1)} +${withCommas(MIGRATED)}$`, "m"));
  expect(stdout).toMatch(/^The curve flattens about 20\d\d-\d\d-\d\d \(/m);
  expect(stdout).toMatch(
    /^refused +325\n {2}not_authorized +315 +wrong password.*\n {2}mfa +10 .*\nfailed +2\n {2}throttled +2 .*\n\n/m,
  );
  expect(stdout).not.toContain("signed up or made there");
  expect(stdout).toMatch(/^in all +2 +2$/m);
  expect(stdout).toMatch(/^Nobody was handed over twice\./m);
  expect(stdout).toMatch(/have been RESET_REQUIRED since they were created/);
});

test("as JSON: one document, every day of it, and nobody's name", async () => {
  const { status, stdout } = await pools.run("status", "--json");
  expect(status).toBe(0);
  expect(stdout).not.toMatch(/someone\d|0a1b2c3d|0123456789abcdef/i);
  const document = JSON.parse(stdout);
  const stuck = Array.from({ length: MIGRATED }, (_, at) => at).filter((at) => at % 100 === 7).length;
  expect(document.users).toEqual({
    sourceUsers: SOURCE_USERS,
    destinationUsers: MIGRATED,
    notFromSource: 0,
    migrated: MIGRATED,
    remaining: SOURCE_USERS - MIGRATED,
    nameTaken: 0,
    stuck,
  });
  const days = document.timeline.slice(0, PER_DAY.length);
  expect(days.map(({ migrated }: { migrated: number }) => migrated)).toEqual(PER_DAY);
  expect(document.timeline[0].date).toBe(isoDay(42));
  const reason = (name: string, signIns: number) => ({ reason: name, signIns, means: expect.any(String) });
  expect(document.outcomes).toEqual({
    since: expect.any(String),
    migrated: 771,
    resetRequired: 9,
    refused: { signIns: 325, reasons: [reason("not_authorized", 315), reason("mfa", 10)] },
    failed: { signIns: 2, reasons: [reason("throttled", 2)] },
  });
  expect(document.handOvers).toEqual({
    since: expect.stringContaining(isoDay(90)),
    names: 2,
    handOvers: 2,
    namesAgain: 0,
    timesAgain: 0,
  });
  expect(document.forecast).toMatchObject({ kind: "flattens", halfDays: 21 });
});

test("reads, and makes nobody a monthly active user", async () => {
  await pools.run("status");
  expect([...new Set(pools.actions)].sort()).toEqual([
    "cognito-idp:DescribeUserPool",
    "cognito-idp:ListUsers",
    "logs:GetQueryResults",
    "logs:StartQuery",
  ]);
  expect(existsSync(join(pools.directory, ".cognito-migration"))).toBe(false);
});

test("users who were there before --since are the curve's base", async () => {
  const { stdout } = await pools.run("status", "--json", "--since", isoDay(10));
  const [first] = JSON.parse(stdout).timeline;
  const before = PER_DAY.slice(0, 32).reduce((sum, count) => sum + count, 0);
  expect(first).toEqual({ date: isoDay(10), migrated: PER_DAY[32], total: before + (PER_DAY[32] ?? 0) });
});

test.each(["yesterday", "2026-02-31", "2026-1-1", isoDay(-1), isoDay(-400), "1999-12-31"])(
  "refuses --since %s before it asks AWS",
  async (since) => {
    const { status, stderr } = await pools.run("status", "--since", since);
    expect([status, pools.actions]).toEqual([2, []]);
    expect(stderr).toMatch(new RegExp(`^--since: found "${since}", expected `));
  },
);

test.each(["Refused", "Failed"])("a metric that CloudWatch cannot read is no zero: %s", async (name) => {
  metrics.unreadable = name;
  const { status, stdout } = await pools.run("status");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^Outcomes are not known: CloudWatch has read \d+ of \d+ metrics to the end\./m);
  expect(stdout).not.toMatch(/^(refused|failed) /m);
});

test("without the right to read metrics everything else is said all the same", async () => {
  metrics.isForbidden = true;
  const { status, stdout } = await pools.run("status");
  expect(status).toBe(0);
  expect(stdout).toMatch(
    /^Outcomes are not known: AWS refused the destination \(account 222222222222, eu-central-1, profile destination\): AccessDeniedException/m,
  );
  expect(stdout).toMatch(new RegExp(`^Migrated +${withCommas(MIGRATED)} `, "m"));
});

test("what was counted before the function was destroyed is still said", async () => {
  metrics.values["CognitoMigration Refused FunctionName=cognito_migration_another"] = [7];
  const elsewhere = { ...pools.environment, USER_POOL_NAME: "another" };
  const { stdout } = await startCli(pools.directory, elsewhere, ["status"]).ended;
  delete metrics.values["CognitoMigration Refused FunctionName=cognito_migration_another"];
  expect(stdout).toMatch(/^refused +7/m);
});

test("where there is no log nothing is counted, and everything else is said all the same", async () => {
  const elsewhere = { ...pools.environment, USER_POOL_NAME: "another" };
  const { status, stdout } = await startCli(pools.directory, elsewhere, ["status"]).ended;
  expect(status).toBe(0);
  const because =
    "there is no log group /aws/lambda/cognito_migration_another: no function of this USER_POOL_NAME is deployed";
  expect(stdout).toContain(`Hand-overs are not counted: ${because}`);
  expect(stdout).toContain(`Outcomes are not known: ${because}`);
  expect(stdout).not.toMatch(/^(in all|migrated|reset_required|refused|failed) /m);
  expect(stdout).toMatch(new RegExp(`^Migrated +${withCommas(MIGRATED)} `, "m"));
});

test("throttling is waited out", async () => {
  pools.faults.fail("ListUsers", { type: "TooManyRequestsException", when: (call) => call === 3 || call === 30 });
  const { status, stdout } = await pools.run("status", "--json");
  expect(status).toBe(0);
  expect(JSON.parse(stdout).users.sourceUsers).toBe(SOURCE_USERS);
});

test("pages that are empty before the end do not end it", async () => {
  pools.source.users.emptyPageEvery = 3;
  pools.destination.users.emptyPageEvery = 2;
  const { stdout } = await pools.run("status", "--json");
  pools.source.users.emptyPageEvery = 0;
  pools.destination.users.emptyPageEvery = 0;
  expect(JSON.parse(stdout).users).toMatchObject({ sourceUsers: SOURCE_USERS, migrated: MIGRATED });
});

test("without the right to list users it ends with 3 and says so", async () => {
  pools.faults.fail("ListUsers", { type: "AccessDeniedException", status: 400, message: "not authorized" });
  const { status, stdout, stderr } = await pools.run("status");
  expect([status, stdout]).toEqual([3, ""]);
  expect(stderr).toMatch(
    /AWS refused the (source|destination) \(account \d{12}, [a-z0-9-]+, profile \w+\): AccessDeniedException: not authorized\nThese credentials may not do that/,
  );
});

test("Ctrl-C stops it with 130 and says that nothing is kept", async () => {
  const { child, ended } = pools.start("status");
  pools.faults.before("ListUsers", () => void child.kill("SIGINT"));
  pools.faults.limit("ListUsers", 1);
  const { status, stdout, stderr } = await ended;
  expect([status, stdout]).toEqual([130, ""]);
  expect(stderr).toMatch(/Stopped\. Nothing was changed and nothing is kept: run it again\.\n$/);
});

describe("users who are stuck", () => {
  test("are listed by name, with what is known of them", async () => {
    const { status, stdout, stderr } = await pools.run("status", "--list-stuck");
    expect(status).toBe(0);
    const [head, first, ...rest] = stdout.trimEnd().split("\n");
    expect(head).toBe("created\tmodified\tsince creation\tusername");
    expect(first).toMatch(/^20\S+Z\t20\S+Z\tyes\t0a1b2c3d-0000-4000-8000-000001000007$/);
    expect(rest).toHaveLength(Math.ceil((MIGRATED - 7) / 100) - 1);
    expect(stderr).toMatch(
      /is no proof: look for the creation date among the log's lines with "outcome":"reset_required"/,
    );
  });

  test("as JSON are one array", async () => {
    const { stdout } = await pools.run("status", "--list-stuck", "--json");
    const users = JSON.parse(stdout);
    expect(users).toHaveLength(Math.ceil((MIGRATED - 7) / 100));
    expect(users[0]).toEqual({
      username: "0a1b2c3d-0000-4000-8000-000001000007",
      created: expect.stringMatching(/Z$/),
      modified: expect.stringMatching(/Z$/),
      sinceCreation: true,
    });
  });
});

test("--html writes the page beside the result, and a second run replaces it", async () => {
  for (const _ of [1, 2]) {
    const { status, stdout, stderr } = await pools.run("status", "--html", "status.html");
    expect(status).toBe(0);
    expect(stderr).toContain("Written: status.html");
    expect(stdout).toContain("Migrated");
    expect(readFileSync(join(pools.directory, "status.html"), "utf8")).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
  }
});

test("a page that cannot be written ends with 1, names the file, and keeps the result", async () => {
  const { status, stdout, stderr } = await pools.run("status", "--html", "no/such/folder/status.html");
  expect(status).toBe(1);
  expect(stderr).toMatch(/no\/such\/folder\/status\.html/);
  expect(stderr).not.toMatch(/ {4}at /);
  expect(stdout).toMatch(/^Migrated/m);
});

describe("the permissions in docs/cli/status.md", () => {
  const { source, destination } = documentedPermissions("status");

  test("are enough, and all of them are needed", async () => {
    const limited = await openTwoPools({ policies: { source, destination } });
    limited.environment["AWS_ENDPOINT_URL_CLOUDWATCH"] = metrics.url;
    limited.logs.createGroup(LOG_GROUP, 90);
    const { status, stdout } = await limited.run("status");
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/^(Outcomes|Hand-overs) are not/m);
    const granted = [source, destination].flatMap(({ Statement }) => Statement.flatMap(({ Action }) => Action));
    // Metrics are asked of a service that does not ask IAM; without the permission they are missing, see above.
    const asked = new Set([...limited.actions, "cloudwatch:GetMetricData"]);
    expect([...new Set(granted)].sort()).toEqual([...asked].sort());
    await limited.close();
  });

  test("on the log may be missing: then hand-overs are not counted", async () => {
    const pool = destination.Statement.slice(0, 1);
    const limited = await openTwoPools({ policies: { source, destination: { ...destination, Statement: pool } } });
    limited.environment["AWS_ENDPOINT_URL_CLOUDWATCH"] = metrics.url;
    limited.logs.createGroup(LOG_GROUP, 90);
    const { status, stdout } = await limited.run("status", "--json");
    expect([status, JSON.parse(stdout).handOvers]).toEqual([
      0,
      {
        because: expect.stringMatching(/AccessDeniedException: User: .* is not authorized to perform: logs:StartQuery/),
      },
    ]);
    await limited.close();
  });

  test("of one side are not enough for the other", async () => {
    const limited = await openTwoPools({ policies: { source: destination, destination: source } });
    expect(await limited.run("status")).toMatchObject({
      status: 3,
      stderr: expect.stringMatching(/AccessDeniedException/),
    });
    await limited.close();
  });
});
