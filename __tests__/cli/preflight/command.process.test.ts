import { randomUUID } from "node:crypto";
import type { UpdateUserPoolRequest } from "@aws-sdk/client-cognito-identity-provider";
import type { PolicyDocument, PolicyStatement } from "../../../rules/policies";
import { openWorld, type PaperWorld } from "../../../sandbox/accounts/from-synth";
import { operatorEnvironment } from "../../../sandbox/accounts/operator-environment";
import { sampleUsers } from "../../../sandbox/accounts/sample-users";
import { userFrom } from "../../../sandbox/aws/user-pool/user";
import { type Finding, type PreflightRun, profiles, runPreflight } from "../../support/preflight-run";
import { ROOT } from "../../support/program";

const WORST_CASE = ["--scan-users", "--expect-sign-ins-per-second", "20", "--function-role-profile", "function"];

let world: PaperWorld;
let environment: Record<string, string>;
beforeAll(async () => {
  world = await openWorld({ root: ROOT, users: sampleUsers(), settings: { LAMBDA_RESERVED_CONCURRENCY: "10" } });
  const { sourceRole: _, lambdaRole } = world.deployed;
  // STS tells who somebody is by the session, and IAM decides by the role.
  const functionSession = world.credentials.issue({ ...lambdaRole, policies: lambdaRole.permissions });
  environment = {
    ...operatorEnvironment(world, "no folder"),
    AWS_SHARED_CREDENTIALS_FILE: profiles({
      source: world.source.administrator,
      destination: world.destination.administrator,
      function: functionSession,
    }),
  };
});
afterAll(() => world.close());

const run = (parameters: readonly string[], more: Record<string, string> = {}): Promise<PreflightRun> =>
  runPreflight({ ...environment, ...more }, parameters);

const unsettled = (checks: readonly Finding[]): Record<string, string> =>
  Object.fromEntries(checks.filter(({ state }) => state !== "passed").map(({ id, state }) => [id, state]));

/** What the sandbox leaves open on purpose, or has no word for. */
const BEFORE = {
  "deletion-protection": "warning",
  "attributes-arrive": "warning",
  "client-write-attributes": "warning",
  "source-mfa": "warning",
  "code-email": "warning",
  "destination-sign-up": "warning",
  "source-sign-up": "warning",
  alarms: "warning",
};

describe("in the sandbox as it stands", () => {
  test("everything that can be known passes, or is explained", async () => {
    const { status, checks, stderr } = await run(["--json", ...WORST_CASE]);
    expect(unsettled(checks)).toEqual(BEFORE);
    expect(status).toBe(0);
    expect(stderr).toContain("source       account 111111111111  eu-west-1  eu-west-1_Source001  source");
    expect(checks.find(({ id }) => id === "source-role-assumable")?.found).toBe(
      "STS gave the function's role the source role with the External ID, and refused without it and with another one.",
    );
  });

  test("the list for people says the same, without colours", async () => {
    const { status, stdout } = await run(WORST_CASE);
    expect(status).toBe(0);
    expect(stdout).toMatch(/\n {2}warning {2}source-sign-up +Sign-up is open at the source\.\n +-> Close it/);
    expect(stdout.trimEnd().split("\n").at(-1)).toBe("46 passed, 8 warnings, 0 failed, 0 skipped");
    expect(stdout).not.toContain(String.fromCharCode(27));
  });

  test("--strict takes a warning for a failure", async () => {
    expect((await run(["--strict"])).status).toBe(1);
  });

  test("without the means to know, checks are skipped and say why", async () => {
    const { checks, status } = await run(["--json"], {
      SOURCE_ROLE_ARN: "",
      SOURCE_APP_CLIENT_ID: "",
      SOURCE_MFA_CONFIGURATION: "",
      SOURCE_USERNAME_ATTRIBUTES: "",
    });
    expect(unsettled(checks)).toEqual({
      ...BEFORE,
      "migration-client": "skipped",
      "source-address-writes": "skipped",
      "source-role-assumable": "skipped",
      "expected-sign-ins": "skipped",
    });
    expect(status).toBe(0);
  });

  test("no password, secret, token or address of a user is written", async () => {
    const { stdout, stderr } = await run(["--json", ...WORST_CASE]);
    const { sessionToken, secretAccessKey } = world.source.administrator;
    const secrets = sampleUsers().flatMap(({ email, password }) => [email, password]);
    for (const secret of [...secrets, sessionToken, secretAccessKey]) expect(stdout + stderr).not.toContain(secret);
    expect(stdout).not.toContain(world.function.configuration.environment["LOG_USER_KEY"]);
  });

  test("users are not touched, and nothing is changed", () => {
    const reading = /^(cognito-idp|iam|lambda|logs|cloudwatch|servicequotas):(Describe|Get|List)|^sts:AssumeRole$/;
    const asked = [...new Set(world.decisions.map(({ action }) => action))];
    expect(asked.length).toBeGreaterThan(10);
    expect(asked.filter((action) => !reading.test(action))).toEqual([]);
    expect(asked).not.toContain("cognito-idp:AdminGetUser");
  });
});

describe("with credentials that may not everything", () => {
  const policy = (Effect: "Allow" | "Deny", Action: string | string[]): PolicyDocument =>
    ({ Version: "2012-10-17", Statement: [{ Effect, Action, Resource: "*" }] }) as unknown as PolicyDocument;

  test("what is refused is skipped, with the permission that it takes", async () => {
    const { account, administrator: _ } = world.destination;
    const denied = [
      "lambda:GetPolicy",
      "lambda:GetAccountSettings",
      "iam:GetRole",
      "cloudwatch:DescribeAlarms",
      "sts:AssumeRole",
    ];
    const auditor = world.credentials.issue({
      arn: `arn:aws:iam::${account}:role/auditor`,
      account,
      policies: [policy("Allow", "*"), policy("Deny", denied)],
    });
    const file = profiles({ source: world.source.administrator, destination: auditor });
    const { checks, status } = await run(["--json"], { AWS_SHARED_CREDENTIALS_FILE: file });
    const skipped = Object.fromEntries(
      checks.filter(({ state }) => state === "skipped").map(({ id, remedy = "" }) => [id, remedy]),
    );
    expect(skipped).toEqual({
      "source-role-assumable": expect.stringContaining("--function-role-profile"),
      "function-role": expect.stringContaining("iam:GetRole"),
      "function-invoke-policy": "Use credentials that may lambda:GetPolicy.",
      "expected-sign-ins": expect.anything(),
      "reservable-concurrency": "Use credentials that may lambda:GetAccountSettings.",
      alarms: "Use credentials that may cloudwatch:DescribeAlarms.",
    });
    expect(status).toBe(0);
  });

  test("STS's refusal does not count as closed where nobody may look whether the role is there", async () => {
    const { account } = world.source;
    const auditor = world.credentials.issue({
      arn: `arn:aws:iam::${account}:role/auditor`,
      account,
      policies: [policy("Allow", "*"), policy("Deny", "iam:GetRole")],
    });
    const file = profiles({ source: auditor, destination: world.destination.administrator });
    const asked = (more: Record<string, string>): Promise<PreflightRun> =>
      run(["--json"], { AWS_SHARED_CREDENTIALS_FILE: file, ...more });
    for (const more of [{}, { SOURCE_ROLE_ARN: `arn:aws:iam::${account}:role/nosuchrole` }]) {
      const { checks } = await asked(more);
      expect(checks.find(({ id }) => id === "source-role-closed")).toMatchObject({
        state: "skipped",
        remedy: expect.stringContaining("iam:GetRole"),
      });
    }
  });

  test("another account than the settings say fails, is asked nothing more, and leaves the other side to be checked", async () => {
    const asked = world.decisions.length;
    const { checks, status } = await run(["--json"], { SOURCE_PROFILE: "destination" });
    expect(status).toBe(1);
    expect(checks.find(({ id }) => id === "source-reachable")).toMatchObject({
      state: "failed",
      found: "The credentials for the source belong to account 222222222222; the settings say 111111111111.",
    });
    const states = Object.fromEntries(checks.map(({ id, state }) => [id, state]));
    expect(states).toMatchObject({
      "source-role-trust": "skipped",
      "source-role-closed": "skipped",
      "client-flows": "passed",
      "function-state": "passed",
    });
    const regions = world.decisions.slice(asked).map(({ resource }) => resource.split(":")[3]);
    expect(regions).not.toContain("eu-west-1");
  });

  test("a profile of another role proves nothing about the function's", async () => {
    const { checks } = await run(["--json", "--function-role-profile", "destination"]);
    expect(checks.find(({ id }) => id === "source-role-assumable")).toMatchObject({
      state: "skipped",
      found: expect.stringContaining("not the function's role cognito_migration_lambda_sandbox"),
    });
  });

  test.each(["0", "-1", "many"])("a rate of %s is no rate", async (rate) => {
    const { status, stderr } = await run(["--expect-sign-ins-per-second", rate]);
    expect(status).toBe(2);
    expect(stderr).toContain("must be a number above 0");
  });
});

/** Changes the world until the test is over. */
type Sabotage = (world: PaperWorld) => () => void;

const set = <T extends object, K extends keyof T>(object: T, key: K, value: T[K]): (() => void) => {
  const before = object[key];
  Object.assign(object, { [key]: value });
  return () => void Object.assign(object, { [key]: before });
};

const settingsOf = (side: "source" | "destination", more: Partial<UpdateUserPoolRequest>): Sabotage => {
  return ({ [side]: { userPool } }) => set(userPool, "settings", { ...userPool.settings, ...more });
};

const applicationWith =
  (more: object): Sabotage =>
  ({ destination: { userPool, clientId } }) => {
    const { ClientName, settings } = userPool.clients.get(clientId);
    userPool.clients.update(clientId, ClientName, { ...settings, ...more });
    return () => void userPool.clients.update(clientId, ClientName, { ...settings });
  };

const migrationClientWith =
  (more: object): Sabotage =>
  ({ source: { userPool }, settings }) => {
    const { ClientName, ClientId, settings: before } = userPool.clients.get(settings["SOURCE_APP_CLIENT_ID"] ?? "");
    userPool.clients.update(ClientId, ClientName, { ...before, ...more });
    return () => void userPool.clients.update(ClientId, ClientName, { ...before });
  };

const trusting =
  (change: (statement: PolicyStatement) => PolicyStatement): Sabotage =>
  ({ deployed: { sourceRole } }) =>
    set(sourceRole, "trustPolicy", {
      ...sourceRole.trustPolicy,
      Statement: sourceRole.trustPolicy.Statement.map(change),
    });

const withVariable =
  (name: string, value: string): Sabotage =>
  (world) =>
    set(world.function.configuration.environment as Record<string, string>, name, value);

const OTHER_FUNCTION = "arn:aws:lambda:eu-central-1:222222222222:function:other";

test.each<[sabotage: string, Sabotage, found: Record<string, string>]>([
  [
    "the application for SRP alone",
    applicationWith({ ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] }),
    { "client-flows": "failed" },
  ],
  [
    "the application that tells who is there",
    applicationWith({ PreventUserExistenceErrors: "LEGACY" }),
    { "client-error-disclosure": "warning" },
  ],
  [
    "an app client of the migration without its flow",
    migrationClientWith({ ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] }),
    { "migration-client": "failed" },
  ],
  [
    "an app client of the migration with OAuth",
    migrationClientWith({ AllowedOAuthFlowsUserPoolClient: true }),
    { "migration-client": "warning" },
  ],
  [
    "a mapped attribute that is gone",
    ({ destination: { userPool } }) =>
      set(
        userPool,
        "schema",
        userPool.schema.filter(({ Name }) => Name !== "custom:plan"),
      ),
    // The function still hands it over.
    { "attribute-rules": "failed", "attributes-arrive": "warning", "function-configuration": "failed" },
  ],
  [
    "another function as the trigger",
    settingsOf("destination", { LambdaConfig: { UserMigration: OTHER_FUNCTION } }),
    { "migration-trigger": "failed" },
  ],
  [
    "a replica of the destination",
    ({ destination: { userPool } }) =>
      set(userPool, "replicas", [{ RegionName: "us-west-2", Role: "SECONDARY", Status: "INACTIVE" }]),
    { replication: "warning" },
  ],
  [
    "a trigger that migrated users pass by",
    ({ destination: { userPool } }) =>
      set(userPool, "settings", {
        ...userPool.settings,
        LambdaConfig: { ...userPool.settings.LambdaConfig, PostConfirmation: OTHER_FUNCTION },
      }),
    { "post-confirmation": "warning" },
  ],
  [
    "the application with choice-based sign-in beside the password",
    applicationWith({ ExplicitAuthFlows: ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH"] }),
    { "client-user-auth": "warning" },
  ],
  ["no trigger", settingsOf("destination", { LambdaConfig: {} }), { "migration-trigger": "warning" }],
  [
    "a trigger of the source",
    settingsOf("source", { LambdaConfig: { PreAuthentication: OTHER_FUNCTION } }),
    { "source-triggers": "warning" },
  ],
  ["required MFA", settingsOf("destination", { MfaConfiguration: "ON" }), { "destination-mfa": "warning" }],
  [
    "administrators as the only recovery",
    settingsOf("destination", {
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "admin_only", Priority: 1 }] },
    }),
    { "account-recovery": "failed" },
  ],
  [
    "a source role without External ID",
    trusting(({ Condition, ...rest }) => ({ ...rest, Condition: { ArnEquals: Condition?.["ArnEquals"] ?? {} } })),
    { "source-role-trust": "failed", "source-role-assumable": "failed" },
  ],
  [
    "a source role for the whole account",
    trusting(({ Condition, ...rest }) => ({ ...rest, Condition: { StringEquals: Condition?.["StringEquals"] ?? {} } })),
    { "source-role-trust": "failed", "source-role-closed": "failed" },
  ],
  [
    "a source role that may read everything",
    ({ deployed: { sourceRole } }) =>
      set(sourceRole, "permissions", [
        { Version: "2012-10-17", Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }] },
      ]),
    { "source-role-permissions": "failed" },
  ],
  [
    "a source role that a boundary narrows",
    ({ deployed: { sourceRole } }) => set(sourceRole, "permissionsBoundary", "arn:aws:iam::aws:policy/ReadOnlyAccess"),
    { "source-role-permissions": "warning" },
  ],
  [
    "a resource policy for everybody",
    ({ deployed: { invokePolicy } }) =>
      set(invokePolicy as { Statement: object[] }, "Statement", [
        ...(invokePolicy as { Statement: object[] }).Statement,
        { Sid: "open", Effect: "Allow", Principal: "*", Action: "lambda:InvokeFunction", Resource: "*" },
      ]),
    { "function-invoke-policy": "failed" },
  ],
  [
    "another policy in the function than in the settings",
    withVariable("MFA_POLICY", "allow"),
    { "function-configuration": "failed" },
  ],
  [
    "another source role in the function",
    withVariable("SOURCE_ROLE_ARN", "arn:aws:iam::333333333333:role/x"),
    { "function-configuration": "failed" },
  ],
  [
    "other code than this checkout's",
    ({ function: fn }) => set(fn, "codeSha256", "b3RoZXI="),
    { "function-code": "warning" },
  ],
  [
    "a function that writes its log as text",
    ({ function: { configuration } }) => set(configuration, "logging", { LogFormat: "Text" }),
    { "function-configuration": "failed" },
  ],
  [
    "an app client of the migration whose ID tokens live long",
    migrationClientWith({ IdTokenValidity: 60 }),
    { "migration-client": "warning" },
  ],
  [
    "an app client of the migration that may write everything",
    migrationClientWith({ WriteAttributes: undefined }),
    { "migration-client": "warning" },
  ],
  [
    "a source that has begun to demand a second factor",
    settingsOf("source", { MfaConfiguration: "ON" }),
    { "source-mfa": "failed", "function-source-mfa": "failed" },
  ],
  [
    "a function that takes numbers for names of the source",
    withVariable("SOURCE_USERNAME_ATTRIBUTES", "phone_number"),
    { "function-configuration": "failed", "function-source-names": "failed" },
  ],
  [
    "a case-sensitive source with names that differ in case alone",
    ({ source: { userPool } }) => {
      const mend = set(userPool.naming, "caseSensitive", true);
      const [user] = sampleUsers();
      const email = user?.email.toUpperCase() ?? "";
      const twin = userPool.users.add(
        userFrom({ username: randomUUID(), attributes: { email, email_verified: "true" } }, new Date()),
      );
      return () => {
        userPool.users.delete(twin);
        mend();
      };
    },
    { "sign-in-names": "warning", "letter-case": "warning", "case-collisions": "failed" },
  ],
])("%s: found, and nothing else", async (_, sabotage, found) => {
  const mend = sabotage(world);
  try {
    const { checks, status } = await run(["--json", ...WORST_CASE]);
    expect(unsettled(checks)).toEqual({ ...BEFORE, ...found });
    expect(status).toBe(Object.values(found).includes("failed") ? 1 : 0);
  } finally {
    mend();
  }
});
