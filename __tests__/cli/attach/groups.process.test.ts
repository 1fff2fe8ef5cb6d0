import type { JsonObject } from "../../../cli/aws/json";
import { EVERY_CLIENT_SETTING, EVERY_SETTING, refill } from "../../support/full-pool";
import { type Operator, openOperator } from "../../support/operator";

let operator: Operator;
let migration: string;
let token: string;
let clientId: string;

beforeAll(async () => {
  operator = await openOperator();
  migration = operator.world.deployed.function.arn;
  token = migration.replace("cognito_migration_", "cognito_migration_token_");
});
afterAll(() => operator.close());
beforeEach(() => operator.forget());
afterEach(() => {
  for (const name of Object.keys(STAMPED)) delete operator.environment[name];
});

const STAMPED = { MIGRATION_STAMP: "on", STAMP_KEY_READABLE: "accept", GROUPS_MODE: "token", GROUPS: "*" };
const stamped = (): void => void Object.assign(operator.environment, STAMPED);
const pool = () => operator.world.destination.userPool;
const triggers = (): unknown => pool().settings.LambdaConfig;
const updates = (): string[] => operator.calls().filter((call) => call.includes(":Update"));

/** A pool of somebody who has set everything, with these triggers. */
function has(LambdaConfig: JsonObject, client: object = {}): void {
  clientId = refill(pool(), { ...EVERY_SETTING, LambdaConfig }, { ...EVERY_CLIENT_SETTING, ...client }).ClientId;
}
const both = (): JsonObject => ({
  UserMigration: migration,
  PreTokenGeneration: token,
  PreTokenGenerationConfig: { LambdaArn: token, LambdaVersion: "V1_0" },
});

describe("attach --groups", () => {
  test("names the settings where they ask for no token function", async () => {
    has({});
    const { status, stderr } = await operator.run("attach", "--groups", "--apply");
    expect([status, stderr]).toEqual([1, expect.stringContaining("MIGRATION_STAMP=on, and GROUPS_MODE or MIGRATED_")]);
    expect(updates()).toEqual([]);
  });

  test("attaches no function that is not there: every sign-in would fail", async () => {
    has({});
    stamped();
    const { status, stdout, stderr } = await operator.run("attach", "--groups", "--apply");
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(`There is no function ${token} that anybody may call`),
    ]);
    expect(stdout).toContain(`+    "PreTokenGeneration": "${token}"`);
    expect(stdout).not.toContain("UserMigration");
    expect([updates(), triggers()]).toEqual([[], {}]);
  });

  test("leaves a token trigger of somebody else, and says what does the same", async () => {
    has(EVERY_SETTING.LambdaConfig);
    stamped();
    for (const more of [[], ["--replace"]]) {
      const { status, stderr } = await operator.run("attach", "--groups", "--client", clientId, "--apply", ...more);
      expect([status, stderr]).toEqual([1, expect.stringContaining("withMigratedGroups(")]);
    }
    expect([updates(), triggers()]).toEqual([[], EVERY_SETTING.LambdaConfig]);
  });

  test("prints the lines of it alone", async () => {
    has({ UserMigration: migration });
    stamped();
    const { status, stdout } = await operator.run("attach", "--groups", "--print", "terraform");
    expect(status).toBe(0);
    expect(stdout).toContain("    pre_token_generation_config {\n");
    expect(stdout).not.toContain("user_migration");
  });
});

test("a plain attach says that it is still to come, where the settings ask for it, and does not touch it", async () => {
  has({});
  stamped();
  const { status, stderr } = await operator.run("attach", "--client", clientId, "--apply");
  expect([status, stderr]).toEqual([0, expect.stringContaining("npx cognito-migration attach --groups")]);
  expect(triggers()).toEqual({ UserMigration: migration });
});

describe("with GROUPS_OR_REFUSE", () => {
  const refusing = (): void =>
    void Object.assign(operator.environment, STAMPED, { GROUPS_MODE: "token+member", GROUPS_OR_REFUSE: "suspended" });
  afterEach(() => {
    delete operator.environment["GROUPS_OR_REFUSE"];
  });

  test("a plain attach lets nobody come before there is a token function", async () => {
    has({});
    refusing();
    for (const more of [["--apply"], ["--print", "terraform"]]) {
      const { status, stderr } = await operator.run("attach", "--client", clientId, ...more);
      expect([status, stderr]).toEqual([1, expect.stringContaining("Give --groups as well")]);
    }
    expect([updates(), triggers()]).toEqual([[], {}]);
  });

  test("no library is advised that makes nobody a member", async () => {
    has(EVERY_SETTING.LambdaConfig);
    refusing();
    for (const more of [[], ["--groups"]]) {
      const { status, stderr } = await operator.run("attach", "--client", clientId, "--replace", "--apply", ...more);
      expect([status, stderr]).toEqual([1, expect.stringContaining("makes nobody a member")]);
      expect(stderr).not.toContain("without --groups");
    }
    expect(updates()).toEqual([]);
  });

  test("undo brings no migration back without the token function", async () => {
    has({ UserMigration: migration });
    expect(await operator.run("detach", "--apply")).toMatchObject({ status: 0 });
    refusing();
    const { status, stderr } = await operator.run("undo", "--apply");
    expect([status, stderr]).toEqual([1, expect.stringContaining("would make nobody a member")]);
    expect(triggers()).toEqual({});
    operator.environment["GROUPS_OR_REFUSE"] = "";
    expect(await operator.run("undo", "--apply")).toMatchObject({ status: 0 });
    expect(triggers()).toEqual({ UserMigration: migration });
  });

  test("detach --groups is refused while users migrate, and says nothing that would stop it all the same", async () => {
    has(both());
    refusing();
    const { status, stderr } = await operator.run("detach", "--groups", "--apply");
    expect([status, stderr]).toEqual([1, expect.stringContaining("the migration goes on")]);
    expect(stderr).not.toContain("untouched.zip");
    expect([updates(), triggers()]).toEqual([[], both()]);
    expect(await operator.run("detach", "--apply")).toMatchObject({ status: 0 });
    expect(triggers()).toEqual({});
  });
});

describe("detach", () => {
  test("takes both off; undo puts neither back where the token function is gone", async () => {
    has(both());
    expect(await operator.run("detach", "--apply")).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("The token function goes, too"),
    });
    expect(triggers()).toEqual({});
    expect(updates()).toEqual(["cognito-idp:UpdateUserPool"]);
    const { status, stderr } = await operator.run("undo", "--apply");
    expect([status, stderr]).toEqual([1, expect.stringContaining(`There is no function ${token}`)]);
    expect(triggers()).toEqual({});
  });

  test("--groups takes the token function off alone, and tells who reads the stamp then", async () => {
    has(both(), { ReadAttributes: ["email", "custom:migration"] });
    stamped();
    const { status, stderr } = await operator.run("detach", "--groups", "--apply");
    expect([status, stderr]).toEqual([0, expect.stringContaining("have custom:migration once no token function")]);
    expect(triggers()).toEqual({ UserMigration: migration });
    expect(await operator.run("detach", "--groups")).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("Nothing to do"),
    });
  });

  test("--groups is not held up where app clients may not be listed", async () => {
    has(both());
    stamped();
    operator.restrictTo({
      [pool().arn]: ["DescribeUserPool", "UpdateUserPool", "ListUserImportJobs", "GetUserPoolMfaConfig"].map(
        (name) => `cognito-idp:${name}`,
      ),
    });
    const { status, stderr } = await operator.run("detach", "--groups", "--apply");
    expect([status, stderr]).toEqual([0, expect.stringContaining("It is not known which app clients may read")]);
    expect(triggers()).toEqual({ UserMigration: migration });
  });

  test("--groups takes no app client", async () => {
    has(both());
    const { status } = await operator.run("detach", "--groups", "--client", clientId, "--apply");
    expect([status, updates()]).toEqual([2, []]);
  });

  test.each([[[]], [["--groups"]]])("%j says what to do where the pool cannot be updated", async (more) => {
    has(both());
    operator.world.faults.fail("UpdateUserPool", { type: "InvalidParameterException" });
    const { status, stderr } = await operator.run("detach", ...more, "--apply");
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining(`--zip-file fileb://untouched.zip --function-name ${token}`),
    ]);
    expect(stderr.includes("put-function-concurrency")).toBe(more.length === 0);
  });

  test("without any of the settings nothing more is asked of AWS than before, and a trigger of somebody else is no news", async () => {
    has({ ...EVERY_SETTING.LambdaConfig, UserMigration: migration });
    const { status, stderr } = await operator.run("detach", "--apply");
    expect([status, stderr]).toEqual([0, expect.not.stringContaining("token")]);
    expect([...new Set(operator.calls(""))].sort()).toEqual([
      "cognito-idp:DescribeUserPool",
      "cognito-idp:GetUserPoolMfaConfig",
      "cognito-idp:ListUserImportJobs",
      "cognito-idp:UpdateUserPool",
    ]);
    expect(triggers()).toEqual(EVERY_SETTING.LambdaConfig);
  });
});

test("cut-over takes both off, and tells who reads the stamp then", async () => {
  has(both(), { ReadAttributes: [] });
  stamped();
  const { status, stderr } = await operator.run("cut-over", "--apply");
  expect([status, stderr]).toEqual([0, expect.stringContaining("name no ReadAttributes, so their ID tokens may have")]);
  expect(triggers()).toEqual({});
});
