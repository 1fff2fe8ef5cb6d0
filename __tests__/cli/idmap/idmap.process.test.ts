import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { SeedUser, SeedUserPool } from "../../../sandbox/aws/user-pool/seed";
import { type Minting, minted, STAMP_ATTRIBUTE, STAMP_KEY, STAMPED_AT, stampingFunction } from "../../support/minted";
import { openTwoPools, type TwoPools } from "../../support/operator-without-stacks";
import type { Run } from "../../support/program";

const CARRIED = "custom:source_sub";
const FUNCTION = "cognito_migration_sandbox";
const AT = STAMPED_AT.toISOString();
const FAST = ["--requests-per-second", "1000"];

let pools: TwoPools;
afterEach(() => pools.close());

interface Opened {
  readonly source?: readonly SeedUser[];
  readonly destination?: readonly SeedUser[];
  readonly pool?: Partial<SeedUserPool>;
  readonly clients?: readonly (readonly string[] | undefined)[];
  readonly isStamping?: boolean;
  readonly isCarrying?: boolean;
}

async function open({ isStamping = true, isCarrying = false, clients = [], ...more }: Opened): Promise<void> {
  pools = await openTwoPools({
    source: { users: more.source ?? [] },
    destination: {
      customAttributes: ["migration", "source_sub"],
      ...more.pool,
      users: more.destination ?? [],
      appClients: clients.map((WriteAttributes, number) => ({
        id: `client${number}`,
        name: `app-${number}`,
        explicitAuthFlows: [],
        settings: { WriteAttributes: WriteAttributes && [...WriteAttributes] },
      })),
    },
  });
  if (isStamping) pools.functions.set(FUNCTION, stampingFunction);
  if (isCarrying) pools.environment["ATTRIBUTE_MAP"] = `sub=${CARRIED}`;
}

/** Somebody of a pool where addresses stand for usernames. @param stamp Under which name the stamp is, and what it says. */
const came = (name: string, stamp?: Minting, more: Partial<SeedUser> & { stampName?: string } = {}): SeedUser => ({
  username: `new-${name}`,
  created: STAMPED_AT,
  ...more,
  attributes: {
    sub: `new-${name}`,
    email: `${name}@example.com`,
    email_verified: "true",
    ...(stamp && {
      [STAMP_ATTRIBUTE]: minted(more.stampName ?? `email verified ${name}@example.com`, {
        sourceSub: `old-${name}`,
        ...stamp,
      }),
    }),
    ...more.attributes,
  },
});

const map = (...options: readonly string[]): Promise<Run> =>
  pools.run("idmap", "--out", "ids.csv", ...FAST, ...options);
const file = (name = "ids.csv"): string => join(pools.directory, name);
const rowsIn = (name = "ids.csv"): string[][] => parse(readFileSync(file(name), "utf8")).slice(1);
const pairs = (name = "ids.csv"): string[] => rowsIn(name).map(([old, to, , how]) => `${old} ${to} ${how}`);
const ownFiles = (): string[] =>
  readdirSync(pools.directory)
    .filter((name) => name.startsWith("ids"))
    .sort();

test("whom a stamp names is in the map, with how and when", async () => {
  await open({
    destination: [came("one", {}), came("two", { how: "mfa" }), came("three", { how: "unproven" }), came("guest")],
  });
  const run = await map();
  expect(run).toMatchObject({ status: 0 });
  expect(readFileSync(file(), "utf8")).toBe(
    [
      "old_sub,new_sub,username,how,when",
      `old-one,new-one,new-one,proven,${AT}`,
      `old-two,new-two,new-two,mfa,${AT}`,
      `old-three,new-three,new-three,unproven,${AT}\n`,
    ].join("\n"),
  );
  expect(run.stdout).toContain("Not known to have come, and in no file: 1 user of the destination.");
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(ownFiles()).toEqual(["ids.csv"]);
});

test("JSON lines say the same, exactly", async () => {
  await open({ destination: [came("one", {})] });
  expect(await pools.run("idmap", "--out", "ids.jsonl", "--format", "jsonl", ...FAST)).toMatchObject({ status: 0 });
  const [line = "", rest] = readFileSync(file("ids.jsonl"), "utf8").split("\n");
  expect(JSON.parse(line)).toEqual({
    old_sub: "old-one",
    new_sub: "new-one",
    username: "new-one",
    how: "proven",
    when: AT,
  });
  expect(rest).toBe("");
});

describe("a stamp of every kind of pool", () => {
  test.each<[string, Partial<SeedUserPool>, Partial<SeedUser>, string]>([
    ["usernames", { usernameAttributes: [], requiredAttributes: [] }, { username: "Jane" }, "jane"],
    ["usernames, by case", { usernameAttributes: [], caseSensitive: true }, { username: "Jane" }, "Jane"],
    ["usernames with an alias", { usernameAttributes: [], aliasAttributes: ["email"] }, { username: "jane" }, "jane"],
    ["addresses", {}, {}, "email verified one@example.com"],
    ["addresses, not verified", {}, { attributes: { email_verified: "false" } }, "email unverified one@example.com"],
    [
      "addresses, by case",
      { caseSensitive: true },
      { attributes: { email: "One@example.com" } },
      "email verified One@example.com",
    ],
    [
      "numbers",
      { usernameAttributes: ["phone_number"], requiredAttributes: [] },
      { attributes: { phone_number: "+15550001", phone_number_verified: "true" } },
      "phone_number verified +15550001",
    ],
    [
      "addresses and numbers",
      { usernameAttributes: ["email", "phone_number"], requiredAttributes: [] },
      { attributes: { phone_number: "+15550001", phone_number_verified: "true" } },
      "phone_number verified +15550001",
    ],
  ])("%s", async (_, pool, more, stampName) => {
    await open({ pool, destination: [came("one", {}, { ...more, stampName })] });
    expect(await map()).toMatchObject({ status: 0 });
    expect(pairs()).toEqual(["old-one new-one proven"]);
  });
});

describe("a stamp that proves nothing never maps", () => {
  test.each<[string, SeedUser]>([
    ["forged", came("one", { key: "another-key-of-the-same-length-as-the-functions-own-key" })],
    ["of another pool", came("one", { userPoolId: "eu-central-1_Other0001" })],
    ["copied from another user", came("one", {}, { stampName: "email verified two@example.com" })],
    ["of who has another address since", came("one", {}, { attributes: { email: "new@example.com" } })],
    ["kept for a later user of the same name", came("one", {}, { created: new Date("2026-03-01T12:30:00Z") })],
    [
      "cut",
      came("one", {}, { attributes: { [STAMP_ATTRIBUTE]: minted("email verified one@example.com").slice(0, -1) } }),
    ],
    ["no stamp at all", came("one", undefined, { attributes: { [STAMP_ATTRIBUTE]: "old-one" } })],
  ])("%s", async (_, user) => {
    await open({ destination: [user] });
    const run = await map();
    expect(run).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("1 user with a stamp that does not verify"),
    });
    expect(rowsIn()).toEqual([["", "new-one", "new-one", "unknown", user.created?.toISOString()]]);
  });
});

test("the key before the last one counts, as long as the token function knows it", async () => {
  await open({ destination: [came("one", { key: "the-key-before" })] });
  pools.functions.set("cognito_migration_token_sandbox", {
    Variables: { STAMP_KEY, STAMP_KEY_BEFORE: "the-key-before" },
  });
  expect(await map()).toMatchObject({ status: 0 });
  expect(pairs()).toEqual(["old-one new-one proven"]);
});

describe("the carried sub", () => {
  const carried = (name: string, stamp?: Minting): SeedUser =>
    came(name, stamp, { attributes: { [CARRIED]: `carried-${name}` } });

  test("says who came where no app client may write it, and a stamp comes first that does not contradict it", async () => {
    await open({
      isCarrying: true,
      clients: [["email"]],
      destination: [
        carried("one"),
        carried("two", { sourceSub: "carried-two" }),
        carried("three", { key: "another" }),
        carried("four", {}),
      ],
    });
    const run = await map();
    expect(run).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("1 user with a stamp that verifies and a carried sub that names somebody else."),
    });
    expect(pairs()).toEqual([
      "carried-one new-one carried",
      "carried-two new-two proven",
      "carried-three new-three carried",
      " new-four unknown",
    ]);
    expect(run.stdout).toContain("1 user with a stamp that does not verify");
  });

  test.each([[[CARRIED]], [undefined]])("is no proof where an app client may write %p", async (attributes) => {
    await open({ isCarrying: true, clients: [attributes], destination: [carried("one"), carried("two", {})] });
    const run = await map();
    expect(run).toMatchObject({ status: 0, stderr: expect.stringContaining("1 app client may write it (app-0)") });
    expect(pairs()).toEqual(["old-two new-two proven"]);
  });

  test("alone does, where the function writes no stamps, or is gone", async () => {
    await open({ isCarrying: true, isStamping: false, destination: [carried("one", {})] });
    expect(await map()).toMatchObject({ status: 0 });
    expect(pairs()).toEqual(["carried-one new-one carried"]);
  });
});

describe("is refused, and nothing is read", () => {
  const nothingRead = (): void => {
    expect(pools.faults.calls("ListUsers")).toBe(0);
    expect(ownFiles().filter((name) => name !== "ids.csv")).toEqual([]);
  };

  test("where nothing says who came", async () => {
    await open({ isStamping: false });
    pools.functions.set(FUNCTION, { Variables: {} });
    expect(await map()).toMatchObject({ status: 2, stderr: expect.stringMatching(/Set MIGRATION_STAMP=on, or carry/) });
    nothingRead();
  });

  test("where only what app clients may write does", async () => {
    await open({ isStamping: false, isCarrying: true, clients: [undefined] });
    expect(await map()).toMatchObject({ status: 1, stderr: expect.stringContaining("no proof of who somebody was") });
    nothingRead();
  });

  test("where the KMS key of the environment may not be used", async () => {
    await open({ isStamping: false });
    pools.functions.set(FUNCTION, { Error: { ErrorCode: "AccessDeniedException", Message: "canary" } });
    const run = await map();
    expect(run).toMatchObject({ status: 3, stderr: expect.stringContaining("Allow kms:Decrypt on that key") });
    expect(run.stderr).not.toContain("canary");
    nothingRead();
  });

  test.each(["ids.csv", "ids.duplicates.csv"])("where %s is there already, and it stays as it is", async (name) => {
    await open({ destination: [came("one", {})] });
    writeFileSync(file(name), "mine");
    expect(await map()).toMatchObject({ status: 2, stderr: expect.stringContaining("expected a name that is free") });
    expect(readFileSync(file(name), "utf8")).toBe("mine");
    expect(pools.faults.calls("ListUsers")).toBe(0);
  });

  test("where the folder is not there", async () => {
    await open({});
    const run = await pools.run("idmap", "--out", "nowhere/ids.csv");
    expect(run).toMatchObject({ status: 2, stderr: expect.stringContaining("found no folder nowhere") });
    nothingRead();
  });
});

test("a file that gets the name meanwhile is not overwritten", async () => {
  await open({ destination: [came("one", {})] });
  pools.faults.before("ListUsers", () => writeFileSync(file(), "mine"));
  expect(await map()).toMatchObject({ status: 2, stderr: expect.stringContaining("expected a name that is free") });
  expect(readFileSync(file(), "utf8")).toBe("mine");
});

describe("one person twice at the destination", () => {
  const twice = [
    came("one", { sourceSub: "old" }),
    came("two", {}),
    came(
      "again",
      { sourceSub: "old", issuedAt: STAMPED_AT.getTime() / 1000 + 86_400 },
      { created: new Date("2026-03-02T12:00:00Z") },
    ),
  ];

  test("is in a file of its own, whole, and in the map not at all", async () => {
    await open({ destination: twice });
    const run = await map();
    expect(run).toMatchObject({ status: 1, stdout: expect.stringContaining("1 sub of the source with several users") });
    expect(pairs()).toEqual(["old-two new-two proven"]);
    expect(pairs("ids.duplicates.csv")).toEqual(["old new-one proven", "old new-again proven"]);
    expect(statSync(file("ids.duplicates.csv")).mode & 0o777).toBe(0o600);
    expect(ownFiles()).toEqual(["ids.csv", "ids.duplicates.csv"]);
  });

  test("is told of since the second one came, although the first came before", async () => {
    await open({ destination: twice });
    expect(await map("--since", "2026-03-02")).toMatchObject({ status: 1 });
    expect(pairs()).toEqual([]);
    expect(pairs("ids.duplicates.csv")).toEqual(["old new-one proven", "old new-again proven"]);
  });

  test("is over on the next day", async () => {
    await open({ destination: twice });
    expect(await map("--since", "2026-03-03")).toMatchObject({ status: 0 });
    expect(ownFiles()).toEqual(["ids.csv"]);
  });
});

test("--since counts by the stamp, and without one by the day on which the user was made", async () => {
  const later = new Date("2026-03-05T00:00:00Z");
  const stamped = (name: string, at: Date): SeedUser => came(name, { issuedAt: at.getTime() / 1000 }, { created: at });
  await open({
    isCarrying: true,
    destination: [
      stamped("one", STAMPED_AT),
      stamped("two", later),
      came("three", undefined, { attributes: { [CARRIED]: "old-three" } }),
      came("four", undefined, { attributes: { [CARRIED]: "old-four" }, created: later }),
    ],
  });
  expect(await map("--since", "2026-03-05")).toMatchObject({ status: 0 });
  expect(pairs()).toEqual(["old-two new-two proven", "old-four new-four carried"]);
});

test("--not-migrated adds who has not come, by the source's usernames", async () => {
  const atSource = (name: string): SeedUser => ({
    username: `old-${name}`,
    attributes: { sub: `old-${name}`, email: `${name}@example.com` },
  });
  await open({ source: ["one", "two"].map(atSource), destination: [came("one", {})] });
  expect(await map("--not-migrated")).toMatchObject({ status: 0 });
  expect(rowsIn()).toEqual([
    ["old-one", "new-one", "new-one", "proven", AT],
    ["old-two", "", "old-two", "not_migrated", ""],
  ]);
});

test("a username that a spreadsheet would run is text in CSV, and exact in JSON lines", async () => {
  const username = '=HYPERLINK("a,b")';
  const pool = { usernameAttributes: [], requiredAttributes: [] } as const;
  await open({ pool, destination: [came("one", {}, { username, stampName: username.toLowerCase() })] });
  expect(await map()).toMatchObject({ status: 0 });
  // A pool without a sense of case keeps names in lower case.
  expect(rowsIn()[0]?.[2]?.toLowerCase()).toBe(`'${username.toLowerCase()}`);
  await pools.run("idmap", "--out", "ids.jsonl", "--format", "jsonl", ...FAST);
  expect(JSON.parse(readFileSync(file("ids.jsonl"), "utf8")).username.toLowerCase()).toBe(username.toLowerCase());
});

test("--json prints numbers, and no output has a stamp, a key or a name", async () => {
  await open({
    destination: [came("one", {}), came("two", { sourceSub: "old-one" }), came("three", { key: "another" })],
  });
  const run = await map("--json");
  expect(JSON.parse(run.stdout)).toMatchObject({
    lines: { unknown: 1 },
    duplicates: 1,
    duplicatesFile: file("ids.duplicates.csv"),
    read: { destination: 3, voidStamps: 1, contradictions: 0, strangers: 0 },
  });
  const written = run.stdout + run.stderr + readFileSync(file(), "utf8");
  for (const secret of [STAMP_KEY, "v1.", "example.com"]) expect(written).not.toContain(secret);
});

test("what AWS refuses half-way is gone on with by the same command", async () => {
  const many = Array.from({ length: 150 }, (_, number) => came(`user-${number}`, {}));
  await open({ destination: many });
  pools.faults.fail("ListUsers", { type: "NotAuthorizedException", when: (call) => call === 3 });
  const stopped = await map();
  expect(stopped).toMatchObject({
    status: 3,
    stderr: expect.stringContaining("What was read is kept in ids.csv.reading"),
  });
  expect(ownFiles()).toEqual(["ids.csv.reading"]);
  expect(statSync(file("ids.csv.reading")).mode & 0o777).toBe(0o600);
  expect(existsSync(file())).toBe(false);
  const calls = pools.faults.calls("ListUsers");
  expect(await map()).toMatchObject({
    status: 0,
    stderr: expect.stringContaining("Going on with what was read since"),
  });
  expect(pools.faults.calls("ListUsers") - calls).toBe(1);
  expect(pairs()).toEqual(many.map((_, number) => `old-user-${number} new-user-${number} proven`));
  expect(ownFiles()).toEqual(["ids.csv"]);
});

test.each([
  ["AWS no longer knows the page", (text: string) => text.replaceAll(/"next":"[^"]+"/g, '"next":"gone"')],
  [
    "other settings hold",
    (text: string) => text.replace('"stampAttribute":"custom:migration"', '"stampAttribute":"custom:other"'),
  ],
  ["it is older than a day", (text: string) => text.replace(/"began":"[^"]+"/, '"began":"2026-01-01T00:00:00.000Z"')],
  ["it is damaged", () => "no JSON\n"],
])("all is read anew where %s", async (_, change) => {
  const many = Array.from({ length: 150 }, (_, number) => came(`user-${number}`, {}));
  await open({ destination: many });
  pools.faults.fail("ListUsers", { type: "NotAuthorizedException", when: (call) => call === 3 });
  await map();
  writeFileSync(file("ids.csv.reading"), change(readFileSync(file("ids.csv.reading"), "utf8")));
  expect(await map()).toMatchObject({ status: 0, stderr: expect.stringContaining("It is read anew.") });
  expect(pairs()).toHaveLength(150);
});

test("what was read without the key before the last one is not gone on with when that one can be read", async () => {
  await open({
    destination: Array.from({ length: 150 }, (_, number) => came(`user-${number}`, { key: "the-key-before" })),
  });
  const token = "cognito_migration_token_sandbox";
  pools.functions.set(token, { Error: { ErrorCode: "AccessDeniedException", Message: "canary" } });
  pools.faults.fail("ListUsers", { type: "NotAuthorizedException", when: (call) => call === 3 });
  expect(await map()).toMatchObject({ status: 3 });
  const reading = readFileSync(file("ids.csv.reading"), "utf8");
  expect(reading).toContain('"unknown"');
  pools.functions.set(token, { Variables: { STAMP_KEY, STAMP_KEY_BEFORE: "the-key-before" } });
  expect(await map()).toMatchObject({ status: 0, stderr: expect.stringContaining("It is read anew.") });
  expect(pairs()).toEqual(Array.from({ length: 150 }, (_, number) => `old-user-${number} new-user-${number} proven`));
  expect(reading).not.toContain(STAMP_KEY);
});

test("a link in the place of what was read is not followed", async () => {
  await open({ destination: [came("one", {})] });
  writeFileSync(file("other"), "mine");
  const { symlinkSync } = await import("node:fs");
  symlinkSync(file("other"), file("ids.csv.reading"));
  expect(await map()).toMatchObject({ status: 1, stderr: expect.stringContaining("a symbolic link") });
  expect(readFileSync(file("other"), "utf8")).toBe("mine");
});
