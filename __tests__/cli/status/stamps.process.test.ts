import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { SeedUser } from "../../../sandbox/aws/user-pool/seed";
import { commandPage, documentedPermissions } from "../../support/command-page";
import { type MetricService, startMetricService } from "../../support/metric-service";
import { type Minting, minted, STAMP_ATTRIBUTE, STAMPED_AT, stampingFunction } from "../../support/minted";
import { openTwoPools, type TwoPools, type TwoPoolsProps } from "../../support/operator-without-stacks";

const TOKEN = "FunctionName=cognito_migration_token_sandbox";
const HOUR_MS = 3_600_000;

let pools: TwoPools;
let metrics: MetricService;
beforeAll(async () => {
  metrics = await startMetricService();
  Object.assign(metrics.values, {
    [`CognitoMigration TokenGroups ${TOKEN}`]: [40, 2],
    [`CognitoMigration MembershipsLeft ${TOKEN}`]: [5],
    [`CognitoMigration TokenFailed ${TOKEN}`]: [1],
    [`AWS/Lambda Errors ${TOKEN}`]: [1, 2],
    [`AWS/Lambda Duration ${TOKEN} Maximum`]: [310.4, 97],
    "AWS/Lambda Errors FunctionName=cognito_migration_sandbox": [900],
  });
});
afterEach(() => pools.close());
afterAll(() => metrics.close());

const came = (name: string, stamp: Minting, created = STAMPED_AT): SeedUser => ({
  username: `new-${name}`,
  created,
  attributes: {
    sub: `new-${name}`,
    email: `${name}@example.com`,
    email_verified: "true",
    [STAMP_ATTRIBUTE]: minted(`email verified ${name}@example.com`, {
      sourceSub: `old-${name}`,
      issuedAt: created.getTime() / 1000,
      ...stamp,
    }),
  },
});

const USERS = [
  came("in-both", { groups: ["editors", "authors"] }),
  came("in-one", { groups: ["editors", "authors"] }),
  came("in-none", { groups: ["editors"] }),
  came("without", { groups: [] }),
  came("left", { groups: "import", how: "mfa" }),
  came("forged", { groups: ["editors"], key: "another" }),
  { username: "new-nobody", attributes: { sub: "new-nobody", email: "nobody@example.com", email_verified: "true" } },
];

/** @param triggers Function names by the trigger that the destination calls them on. */
async function open(
  users: readonly SeedUser[],
  triggers: Readonly<Record<string, string>> = {},
  policies?: TwoPoolsProps["policies"],
): Promise<void> {
  const lambdaConfig = Object.fromEntries(
    Object.entries(triggers).map(([trigger, name]) => [
      trigger,
      `arn:aws:lambda:eu-central-1:222222222222:function:${name}`,
    ]),
  );
  pools = await openTwoPools({
    destination: { customAttributes: ["migration"], users, lambdaConfig },
    ...(policies && { policies }),
  });
  for (const group of ["editors", "authors", "viewers"]) pools.destination.groups.create(group);
  const members = { editors: ["in-both", "in-one"], authors: ["in-both"], viewers: ["in-none"] };
  for (const [group, names] of Object.entries(members))
    for (const name of names)
      if (users.some(({ username }) => username === `new-${name}`)) pools.destination.groups.add(group, `new-${name}`);
  pools.functions.set("cognito_migration_sandbox", stampingFunction);
  Object.assign(pools.environment, {
    AWS_ENDPOINT_URL_CLOUDWATCH: metrics.url,
    MIGRATION_STAMP: "on",
    STAMP_KEY_READABLE: "accept",
    GROUPS_MODE: "token",
    GROUPS: "*",
  });
}
const TOKEN_TRIGGER = { PreTokenGeneration: "cognito_migration_token_sandbox" };

test("--stamps counts who is not in the groups of the stamp, and names nobody and no group", async () => {
  await open(USERS);
  const { status, stdout } = await pools.run("status", "--stamps", "--json");
  expect(status).toBe(0);
  expect(stdout).not.toMatch(/new-|old-|example\.com|editors|v1\./);
  expect(JSON.parse(stdout).stamps).toEqual({
    stamped: 5,
    unverified: 1,
    notMembers: 2,
    leftToGroups: 1,
    young: 0,
    youngest: STAMPED_AT.toISOString(),
    windowSeconds: 86_400,
    isTokenAttached: false,
    isMigrating: false,
  });
});

test("who has come within GROUPS_WINDOW counts as young, and until when", async () => {
  const lately = new Date(Math.floor(Date.now() / 1000) * 1000 - HOUR_MS);
  await open([...USERS, came("lately", { groups: ["viewers"] }, lately)], TOKEN_TRIGGER);
  const { stdout } = await pools.run("status", "--stamps");
  const until = new Date(lately.getTime() + 24 * HOUR_MS).toISOString().slice(0, 16).replace("T", " ");
  expect(stdout).toMatch(/^ {2}not members yet +3 .*\n {2}left to groups +1 .*\n {2}younger than 24 h +1 /m);
  expect(stdout).toContain(`The youngest stamp counts until ${until} UTC.`);
  expect(stdout).not.toContain("detach --groups");
});

test("who came while groups were read is nobody whom they lack", async () => {
  await open([came("now", { groups: ["viewers"] }, new Date(Math.floor(Date.now() / 1000) * 1000))]);
  const { stdout } = await pools.run("status", "--stamps", "--json");
  expect(JSON.parse(stdout).stamps).toMatchObject({ stamped: 1, young: 1, notMembers: 0 });
});

test("without a young stamp and without a migration the token trigger can go, and how is printed", async () => {
  await open(USERS, TOKEN_TRIGGER);
  const { stdout } = await pools.run("status", "--stamps", "--html", "status.html");
  expect(stdout).toContain("No stamp is younger than 24 h, so that the token trigger can go.");
  expect(stdout).toContain("npx cognito-migration groups\n");
  expect(stdout).toContain("npx cognito-migration detach --groups");
  const page = readFileSync(join(pools.directory, "status.html"), "utf8");
  expect(page).toContain("No stamp is younger than 24 h, so that the token trigger can go.");
  expect(page).toContain("Stamps of the destination's users");
});

test("while the pool migrates, the next user has a stamp: no way to take the trigger off is printed", async () => {
  await open(USERS, { ...TOKEN_TRIGGER, UserMigration: "cognito_migration_sandbox" });
  const { stdout } = await pools.run("status", "--stamps");
  expect(stdout).toContain("No stamp is younger than 24 h. Whoever migrates next has one");
  expect(stdout).not.toContain("detach --groups");
});

test("somebody else's functions are none of this migration", async () => {
  await open(USERS, { PreTokenGeneration: "anothers", UserMigration: "anothers" });
  const { stdout } = await pools.run("status", "--stamps");
  expect(stdout).toContain("No stamp is younger than 24 h, and the pool calls no token function of this migration.");
});

test("the token function's metrics are shown without being asked for, and stamps are not read", async () => {
  await open(USERS);
  const { stdout } = await pools.run("status");
  expect(stdout).toMatch(/^TokenGroups +42 /m);
  expect(stdout).toMatch(/^MembershipsLeft +5 /m);
  expect(stdout).toMatch(/^TokenFailed +1 /m);
  expect(stdout).toMatch(/^Errors +3 /m);
  expect(stdout).toMatch(/^Duration +310 +ms/m);
  expect(stdout).not.toContain("Stamps of");
  expect(pools.actions.filter((action) => /lambda|Group/.test(action))).toEqual([]);
  const document = JSON.parse((await pools.run("status", "--json")).stdout);
  expect(document).not.toHaveProperty("stamps");
  expect(document.token).toEqual({
    since: expect.any(String),
    counts: {
      TokenGroups: 42,
      MembershipsAdded: 0,
      MembershipsLeft: 5,
      EventsSent: 0,
      EventsLeft: 0,
      StampsRefused: 0,
      TokenFailed: 1,
    },
    errors: 3,
    longestMs: 310.4,
  });
});

test("without a token function nothing is asked of one, and no line is more", async () => {
  await open(USERS);
  for (const name of ["GROUPS_MODE", "GROUPS", "MIGRATION_STAMP", "STAMP_KEY_READABLE"]) delete pools.environment[name];
  const { stdout } = await pools.run("status");
  expect(stdout).not.toMatch(/token|stamp/i);
  const document = JSON.parse((await pools.run("status", "--json")).stdout);
  expect(document).not.toHaveProperty("token");
});

test.each<[string, readonly string[], () => void, number, string]>([
  ["without stamps", [], () => delete pools.environment["MIGRATION_STAMP"], 2, "--stamps: found without stamps"],
  ["with --list-stuck", ["--list-stuck"], () => undefined, 2, "--stamps: found with --list-stuck"],
])("--stamps %s is refused before AWS is asked", async (_, options, change, status, text) => {
  await open(USERS);
  change();
  if (pools.environment["MIGRATION_STAMP"] === undefined)
    for (const name of ["GROUPS_MODE", "GROUPS", "STAMP_KEY_READABLE"]) delete pools.environment[name];
  expect(await pools.run("status", "--stamps", ...options)).toMatchObject({
    status,
    stderr: expect.stringContaining(text),
  });
  expect(pools.actions).toEqual([]);
});

test("keys that cannot be read give no number at all", async () => {
  await open(USERS);
  pools.functions.set("cognito_migration_sandbox", {
    Error: { ErrorCode: "AccessDeniedException", Message: "canary" },
  });
  expect(await pools.run("status", "--stamps")).toMatchObject({
    status: 3,
    stdout: "",
    stderr: expect.stringContaining("Allow kms:Decrypt"),
  });
});

test("a function without stamps is not deployed yet", async () => {
  await open(USERS);
  pools.functions.set("cognito_migration_sandbox", { Variables: {} });
  expect(await pools.run("status", "--stamps")).toMatchObject({
    status: 1,
    stderr: expect.stringContaining("found a function that writes no stamps"),
  });
});

test("the permissions that the page adds for --stamps are needed, and with the others enough", async () => {
  const { source, destination } = documentedPermissions("status");
  const [, , added = ""] = [...commandPage("status").matchAll(/```json\n([\s\S]*?)```/g)].map(([, text]) => text);
  const Statement = [...destination.Statement, ...JSON.parse(added).Statement];
  await open(USERS, {}, { source, destination });
  expect(await pools.run("status", "--stamps")).toMatchObject({ status: 3 });
  await pools.close();
  await open(USERS, {}, { source, destination: { ...destination, Statement } });
  expect(await pools.run("status", "--stamps")).toMatchObject({ status: 0 });
  const allowed = JSON.parse(added).Statement.flatMap(({ Action }: { Action: string | string[] }) => Action);
  expect(pools.actions.filter((action) => allowed.includes(action)).sort()).toEqual(
    expect.arrayContaining(allowed.sort()),
  );
});
