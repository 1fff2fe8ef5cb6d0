import { randomUUID } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { peopleOf } from "../../../sandbox/accounts/people";
import { settingsFrom } from "../../../sandbox/aws/user-pool/settings";
import { userFrom } from "../../../sandbox/aws/user-pool/user";
import { said } from "../../support/cli-process";
import { EVERY_CLIENT_SETTING, EVERY_SETTING, refill } from "../../support/full-pool";
import { type Operator, openOperator } from "../../support/operator";

const PASSWORD = "Aa1-sandbox-password";
const RUN = "20260101T000000000Z";

let operator: Operator;
let lambdaArn: string;
let clientId: string;

beforeAll(async () => {
  operator = await openOperator();
  lambdaArn = operator.world.deployed.function.arn;
});
afterAll(() => operator.close());

/** As it stands during a migration. */
beforeEach(() => {
  operator.forget();
  const attached = { ...EVERY_SETTING, LambdaConfig: { ...EVERY_SETTING.LambdaConfig, UserMigration: lambdaArn } };
  const flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];
  clientId = refill(pool(), attached, { ...EVERY_CLIENT_SETTING, ExplicitAuthFlows: flows }).ClientId;
});

const pool = () => operator.world.destination.userPool;
const settingsOf = (id = clientId) => pool().clients.get(id).settings;
const state = (): object[] => [pool().settings, settingsOf()];

describe("detach", () => {
  test("takes the trigger off, and nothing else", async () => {
    const client = settingsOf();
    expect(await operator.run("detach", "--apply")).toMatchObject({ status: 0 });
    expect(pool().settings).toEqual(EVERY_SETTING);
    expect(settingsOf()).toEqual(client);
    expect(await operator.run("detach", "--apply")).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("Nothing to do"),
    });
  });

  test("is not stopped by a file among the undo files that is none", async () => {
    const folder = join(operator.directory, ".cognito-migration/sandbox/undo");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "notes copy.json"), "{}");
    const { status, stderr } = await operator.run("detach", "--apply");
    expect([status, stderr]).toEqual([0, expect.stringContaining("notes copy.json is no undo file")]);
    expect(pool().settings).toEqual(EVERY_SETTING);
  });

  test("takes the password flow off the app clients that it names", async () => {
    const other = pool().clients.create("other", {
      ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"],
    });
    const { status, stderr } = await operator.run("detach", "--client", clientId, "--apply");
    expect(status).toBe(0);
    expect(stderr).toContain(`Nobody will be able to sign in through app client ${clientId} (web)`);
    expect(settingsOf()).toEqual({ ...EVERY_CLIENT_SETTING, ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH"] });
    expect(settingsOf(other.ClientId)).toEqual(other.settings);
  });

  test.each([
    [
      "a setting that is no longer valid",
      () => operator.world.faults.fail("UpdateUserPool", { type: "InvalidParameterException" }),
      3,
    ],
    ["a setting of tomorrow", () => Object.assign(pool().settings, { PostQuantumConfig: {} }), 1],
  ])("says what stops the migration where %s blocks the pool", async (_, block, exitCode) => {
    block();
    const other = settingsOf();
    const { status, stderr } = await operator.run("detach", "--client", clientId, "--apply");
    expect(status).toBe(exitCode);
    const line = `aws lambda put-function-concurrency --reserved-concurrent-executions 0 --function-name ${lambdaArn} --region eu-central-1 --profile destination`;
    expect(stderr).toContain(
      `The trigger is still on the pool, and users migrate. This stops the migration without changing the pool:\n  ${line}\n`,
    );
    // The application signs in as before whoever has migrated.
    expect(settingsOf()).toEqual(other);
  });

  test("leaves another function's trigger", async () => {
    pool().settings = { ...EVERY_SETTING, LambdaConfig: { UserMigration: `${lambdaArn}_2` } };
    const before = state();
    expect(await operator.run("detach", "--apply")).toMatchObject({
      status: 1,
      stderr: expect.not.stringContaining("put-function-concurrency"),
    });
    expect(state()).toEqual(before);
  });
});

describe("cut-over", () => {
  test("without --apply changes nothing", async () => {
    const before = state();
    const { status, stdout, stderr } = await operator.run("cut-over");
    expect(status).toBe(0);
    expect(stdout).toContain('-    "ALLOW_USER_PASSWORD_AUTH"');
    expect(stdout).toContain('+    "ALLOW_USER_SRP_AUTH"');
    expect(stderr).toContain("All 0 users of the source have migrated.");
    expect(stderr).not.toContain("cdktf destroy");
    expect(state()).toEqual(before);
    expect(operator.calls().filter((call) => call.includes(":Update"))).toEqual([]);
    expect(operator.files()).toEqual([]);
  });

  test("turns SRP on and passwords and the trigger off, and says what to destroy in which order", async () => {
    const bystander = pool().clients.create("server", { ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] });
    const { status, stderr } = await operator.run("cut-over", "--apply");
    expect(status).toBe(0);
    expect(pool().settings).toEqual(EVERY_SETTING);
    expect(settingsOf()).toEqual({
      ...EVERY_CLIENT_SETTING,
      ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
    });
    expect(settingsOf(bystander.ClientId)).toEqual(bystander.settings);
    expect(stderr).toMatch(
      said(
        /1\. npx cdktf destroy destination[\s\S]+2\. npx cdktf destroy source/,
        /1\. take the destination out of [\s\S]+2\. take the source out of /,
      ),
    );
    expect(operator.calls().filter((call) => call.includes(":Update"))).toEqual([
      "cognito-idp:UpdateUserPoolClient",
      "cognito-idp:UpdateUserPool",
    ]);
  });

  test("is taken back by undo", async () => {
    const before = state();
    await operator.run("cut-over", "--apply");
    expect(state()).not.toEqual(before);
    expect(await operator.run("undo", "--apply")).toMatchObject({ status: 0 });
    expect(state()).toEqual(before);
  });

  test("a second time has nothing to do", async () => {
    await operator.run("cut-over", "--apply");
    const before = state();
    expect(await operator.run("cut-over", "--apply")).toMatchObject({
      status: 0,
      stdout: "",
      stderr: expect.stringContaining("Nothing to do"),
    });
    expect(state()).toEqual(before);
  });

  test("can be for one app client at a time", async () => {
    const other = pool().clients.create("other", { ExplicitAuthFlows: ["USER_PASSWORD_AUTH"] });
    await operator.run("cut-over", "--client", other.ClientId, "--apply");
    expect(settingsOf(other.ClientId).ExplicitAuthFlows ?? null).toBeNull();
    expect(settingsOf().ExplicitAuthFlows).toContain("ALLOW_USER_PASSWORD_AUTH");
  });
});

test("attached by the command, the trigger migrates people at their sign-in; cut over, it does not", async () => {
  const { source, destination } = operator.world;
  pool().settings = settingsFrom({ AutoVerifiedAttributes: ["email"], MfaConfiguration: "OFF" });
  const id = pool().clients.create("app", {}).ClientId;
  expect(await operator.run("attach", "--client", id, "--apply")).toMatchObject({ status: 0 });
  for (const email of ["ann@example.com", "ben@example.com"]) {
    // As a pool makes them that has addresses instead of usernames.
    const sub = randomUUID();
    const attributes = { sub, email, email_verified: "true" };
    source.userPool.users.add(userFrom({ username: sub, password: PASSWORD, attributes }, new Date()));
  }
  const app = { ...destination, clientId: id };
  expect(await peopleOf(app).signIn("ann@example.com", PASSWORD)).toBe("tokens");
  const refused = await operator.run("cut-over", "--apply");
  expect(refused).toMatchObject({ status: 1, stdout: expect.stringContaining('-    "UserMigration"') });
  expect(refused.stderr).toContain("1 of 2 users of the source has not migrated, and loses the old password");
  // Whoever copies what is printed agrees to nothing.
  expect(refused.stderr).not.toMatch(/npx cognito-migration cut-over.*--leave/);
  expect(await operator.run("cut-over")).toMatchObject({ status: 1 });
  const { USER_POOL_NAME = "" } = operator.environment;
  const run = join(operator.directory, ".cognito-migration", USER_POOL_NAME, "import", destination.userPoolId, RUN);
  mkdirSync(run, { recursive: true, mode: 0o700 });
  const counts = { source: 2, destination: 1, alreadyThere: 1, toImport: 0, leftOut: { disabled: 1 }, dropped: {} };
  const exported = { event: "exported", at: "2026-01-01T00:00:00.000Z", counts, parts: [] };
  writeFileSync(join(run, "journal.jsonl"), `${JSON.stringify(exported)}\n`);
  const after = await operator.run("cut-over");
  expect(after).toMatchObject({ status: 1, stderr: expect.stringContaining("left out 1 user (disabled 1)") });
  expect(await operator.run("cut-over", "--leave", "4", "--apply")).toMatchObject({ status: 1 });
  expect(await peopleOf(app).signIn("ann@example.com", PASSWORD)).toBe("tokens");
  operator.environment["SOURCE_PROFILE"] = "nobody";
  const unread = await operator.run("cut-over", "--leave", "1", "--apply");
  expect([unread.status, unread.stderr]).toEqual([
    1,
    expect.stringMatching(
      /It is not known how many users of the source have not migrated: .*profile nobody[\s\S]*--leave unknown/,
    ),
  ]);
  expect(await operator.run("cut-over", "--leave", "unknown")).toMatchObject({ status: 0 });
  operator.environment["SOURCE_PROFILE"] = "source";
  expect(await operator.run("cut-over", "--leave", "unknown")).toMatchObject({ status: 1 });
  expect(await operator.run("cut-over", "--leave", "all", "--apply")).toMatchObject({ status: 2 });
  const applied = await operator.run("cut-over", "--leave", "1", "--apply");
  expect([applied.status, applied.stderr]).toEqual([0, expect.stringContaining("Note: 1 of 2 users of the source")]);
  pool().clients.update(id, undefined, { ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH"] });
  expect(await peopleOf(app).signIn("ben@example.com", PASSWORD)).not.toBe("tokens");
});
