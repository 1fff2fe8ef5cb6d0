import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { SeedUser } from "../../../sandbox/aws/user-pool/seed";
import { KILL_SEED, randomFrom } from "../../support/kills";
import { openTwoPools, type TwoPools, type TwoPoolsProps } from "../../support/operator-without-stacks";
import type { Run } from "../../support/program";

const ROLE = "arn:aws:iam::222222222222:role/cognito-import-logs";
const FAST = ["--requests-per-second", "1000"];
const IMPORT = ["import", "--apply", "--logs-role-arn", ROLE, ...FAST];
const APPLY = ["groups", "--apply", ...FAST];
const SUB = "custom:source_sub";

let pools: TwoPools;
afterEach(() => pools.close());

const person = (name: string, attributes: Record<string, string> = {}): SeedUser => ({
  username: `sub-${name}`,
  attributes: { sub: `sub-${name}`, email: `${name}@example.com`, email_verified: "true", ...attributes },
});

/** Somebody at the destination. */
const settled = (name: string, sub: string | undefined): SeedUser => ({
  username: `new-${name}`,
  attributes: {
    sub: `new-${name}`,
    email: `${name}@example.com`,
    email_verified: "true",
    ...(sub === undefined ? {} : { [SUB]: sub }),
  },
});

async function open(
  groups: Record<string, readonly string[]>,
  {
    source = [],
    destination = [],
    ...more
  }: { source?: SeedUser[]; destination?: SeedUser[] } & Pick<TwoPoolsProps, "policies"> & {
      clients?: readonly (readonly string[] | undefined)[];
    } = {},
): Promise<void> {
  pools = await openTwoPools({
    ...more,
    source: { settings: { MfaConfiguration: "OFF" }, users: source },
    destination: {
      customAttributes: ["source_sub"],
      users: destination,
      appClients: (more.clients ?? []).map((WriteAttributes, number) => ({
        id: `client${number}`,
        name: `app-${number}`,
        explicitAuthFlows: [],
        settings: { WriteAttributes: WriteAttributes && [...WriteAttributes] },
      })),
    },
  });
  for (const [name, members] of Object.entries(groups)) {
    pools.source.groups.create(name, {
      Description: `The ${name}`,
      Precedence: 7,
      RoleArn: "arn:aws:iam::111111111111:role/editors",
    });
    for (const member of members) pools.source.groups.add(name, `sub-${member}`);
  }
}

/** Imports everybody, and then restores the groups. */
async function importAndRestore(...options: readonly string[]): Promise<Run> {
  expect(await pools.run(...IMPORT)).toMatchObject({ status: 0 });
  return pools.run(...APPLY, ...options);
}

const carrySub = (): void => {
  pools.environment["ATTRIBUTE_MAP"] = `sub=${SUB}`;
};
const membersOf = (group: string): readonly (string | undefined)[] =>
  pools.destination.groups.membersOf(group).map((name) => pools.destination.users.find(name)?.attributes["email"]);

test("groups come with the users who are imported, without their roles", async () => {
  await open({ editors: ["one", "two"], empty: [] }, { source: [person("one"), person("two"), person("three")] });
  const run = await importAndRestore();
  expect(run).toMatchObject({ status: 0, stdout: expect.stringContaining("2 memberships restored.") });
  expect(run.stderr).toMatch(/editors +to create +2 +2 +its role stays behind/);
  expect(pools.destination.groups.get("editors")).toMatchObject({ Description: "The editors", Precedence: 7 });
  expect(pools.destination.groups.get("editors")?.RoleArn).toBeUndefined();
  expect(membersOf("editors")).toEqual(["one@example.com", "two@example.com"]);
  expect(membersOf("empty")).toEqual([]);
});

test("users who migrated get their groups by the sub that came along", async () => {
  await open({ editors: ["one"] }, { source: [person("one")], destination: [settled("renamed", "sub-one")] });
  carrySub();
  expect(await importAndRestore()).toMatchObject({ status: 0 });
  expect(membersOf("editors")).toEqual(["renamed@example.com"]);
});

test("whoever signed up anew with the name of somebody gets none of that person's groups", async () => {
  await open({ editors: ["one"] }, { source: [person("one")], destination: [settled("one", undefined)] });
  carrySub();
  expect(await importAndRestore()).toMatchObject({ status: 0 });
  expect(membersOf("editors")).toEqual([]);
});

test.each<[string, readonly string[] | undefined]>([
  ["may write it", [SUB]],
  ["has default write attributes", undefined],
])("where an app client %s, the carried sub proves nothing", async (_, attributes) => {
  await open(
    { editors: ["one", "two"] },
    {
      source: [person("one"), person("two")],
      destination: [settled("attacker", "sub-one")],
      clients: [["email"], attributes],
    },
  );
  carrySub();
  const run = await importAndRestore();
  expect(run.stderr).toContain(`${SUB} is no proof of who somebody was: 1 app client may write it (app-1).`);
  // The one who was imported is known by the job.
  expect(membersOf("editors")).toEqual(["two@example.com"]);
});

test("an imported user who was deleted and signed up again is somebody else", async () => {
  await open({ editors: ["one"] }, { source: [person("one")] });
  await pools.run(...IMPORT);
  const imported = pools.destination.users.find("one@example.com");
  if (imported === undefined) throw new Error("nobody was imported");
  pools.destination.users.delete(imported);
  const later = new Date(imported.created.getTime() + 60_000);
  pools.destination.users.add({ ...imported, username: "new-one", created: later });
  expect(await importAndRestore()).toMatchObject({ status: 0 });
  expect(membersOf("editors")).toEqual([]);
});

test("an imported user who carries another sub than the file says gets nothing", async () => {
  await open({ editors: ["one"] }, { source: [person("one")], clients: [undefined] });
  carrySub();
  await pools.run(...IMPORT);
  const imported = pools.destination.users.find("one@example.com");
  if (imported === undefined) throw new Error("nobody was imported");
  pools.destination.users.change(imported, { attributes: { ...imported.attributes, [SUB]: "sub-other" } });
  await importAndRestore();
  expect(membersOf("editors")).toEqual([]);
});

test("a second run adds nobody, and nobody comes back who was taken out", async () => {
  await open({ editors: ["one", "two"] }, { source: [person("one"), person("two")] });
  await importAndRestore();
  const [first = ""] = pools.destination.groups.membersOf("editors");
  pools.destination.groups.remove("editors", first);
  const again = await importAndRestore();
  expect(again).toMatchObject({ status: 0, stdout: expect.stringContaining("0 memberships restored.") });
  expect(membersOf("editors")).toEqual(["two@example.com"]);
  expect(pools.faults.calls("AdminAddUserToGroup")).toBe(2);
  expect(pools.faults.calls("CreateGroup")).toBe(1);
});

test("one who is in the group already, and is taken out later, does not come back either", async () => {
  await open({ editors: ["one"] }, { source: [person("one")], destination: [settled("one", "sub-one")] });
  carrySub();
  pools.destination.groups.create("editors");
  pools.destination.groups.add("editors", "new-one");
  await importAndRestore();
  pools.destination.groups.remove("editors", "new-one");
  await importAndRestore();
  expect(membersOf("editors")).toEqual([]);
});

describe("a group of the destination with a role", () => {
  const POWER = "arn:aws:iam::222222222222:role/power";
  const openWithRole = async (): Promise<void> => {
    await open({ editors: ["one"], viewers: ["one"] }, { source: [person("one")] });
    pools.destination.groups.create("editors", { RoleArn: POWER });
    pools.destination.groups.create("viewers");
  };

  test("gets nobody whom nobody asked for, and the plan shows the role", async () => {
    await openWithRole();
    const run = await importAndRestore();
    expect(run).toMatchObject({ status: 0, stdout: expect.stringContaining("1 membership restored.") });
    expect(run.stderr).toMatch(
      new RegExp(`editors +there +1 +0 +members get ${POWER}; left alone without --group=editors$`, "m"),
    );
    expect(run.stderr).toMatch(/viewers +there +1 +1 +its role stays behind$/m);
    expect([membersOf("editors"), membersOf("viewers")]).toEqual([[], ["one@example.com"]]);
    const { stdout } = await pools.run("groups", "--json", ...FAST);
    expect(JSON.parse(stdout).groups).toMatchObject([
      { name: "editors", roleArnAtDestination: POWER, isLeftAlone: true, toAdd: 0 },
      { name: "viewers", isLeftAlone: false },
    ]);
  });

  test("gets its members when it is named, then or later", async () => {
    await openWithRole();
    await importAndRestore();
    const run = await importAndRestore("--group", "viewers", "--group", "editors");
    expect(run.stderr).toMatch(new RegExp(`editors +there +1 +1 +members get ${POWER}$`, "m"));
    expect(membersOf("editors")).toEqual(["one@example.com"]);
  });

  test("is not what a name is that the source has no group of", async () => {
    await openWithRole();
    const refused = await pools.run(...APPLY, "--group", "editor");
    expect(refused).toMatchObject({ status: 2, stderr: expect.stringContaining('--group: found "editor"') });
    expect(refused.stderr).toContain("editors, viewers");
    expect(pools.faults.calls("ListUsersInGroup")).toBe(0);
  });
});

describe("the address of an imported user", () => {
  const one = (): NonNullable<ReturnType<typeof pools.destination.users.find>> => {
    const user = pools.destination.users.find("one@example.com");
    if (user === undefined) throw new Error("nobody was imported");
    return user;
  };
  /** Somebody who signed up while the job ran, and later takes the address that `one` has given up. */
  const takeOver = (verified: string): void => {
    const owner = one();
    pools.destination.users.change(owner, { attributes: { ...owner.attributes, email: "other@example.com" } });
    pools.destination.users.add({
      ...owner,
      username: "thief",
      attributes: { sub: "thief", email: "one@example.com", email_verified: verified },
    });
  };

  test("proves nothing for whoever has not verified it", async () => {
    await open({ editors: ["one"] }, { source: [person("one")] });
    await pools.run(...IMPORT);
    takeOver("false");
    expect(await importAndRestore()).toMatchObject({ status: 0 });
    expect(membersOf("editors")).toEqual([]);
  });

  test("brings its next owner no membership that its first one had", async () => {
    await open({ editors: ["one"] }, { source: [person("one")] });
    await importAndRestore();
    takeOver("true");
    expect(await importAndRestore()).toMatchObject({ status: 0 });
    expect(membersOf("editors")).toEqual(["other@example.com"]);
  });
});

test("a membership that two users of the destination lay claim to is nobody's", async () => {
  await open(
    { editors: ["one", "two"] },
    {
      source: [person("one"), person("two")],
      destination: [settled("one", "sub-one"), settled("other", "sub-one"), settled("two", "sub-two")],
    },
  );
  carrySub();
  const run = await importAndRestore();
  expect(run).toMatchObject({ status: 0, stderr: expect.stringContaining("1 membership has more than one claimant") });
  expect(membersOf("editors")).toEqual(["two@example.com"]);
});

test("the plan counts memberships and changes nothing", async () => {
  await open(
    { editors: ["one", "two"] },
    { source: [person("one"), person("two")], destination: [settled("one", "sub-one")] },
  );
  carrySub();
  const { stdout } = await pools.run("groups", "--json", ...FAST);
  expect(JSON.parse(stdout)).toMatchObject({
    groups: [
      {
        name: "editors",
        exists: false,
        roleArn: "arn:aws:iam::111111111111:role/editors",
        membersAtSource: 2,
        toAdd: 1,
      },
    ],
  });
  expect(pools.destination.groups.all).toEqual([]);
  expect(pools.actions.filter((action) => /Create|Add|Start/.test(action))).toEqual([]);
});

test("the command line that the plan ends with does what the plan says, and where nothing is to do there is none", async () => {
  await open({ editors: ["one"] }, { source: [person("one")], destination: [settled("one", "sub-one")] });
  carrySub();
  pools.destination.groups.create("editors", { RoleArn: "arn:aws:iam::222222222222:role/power" });
  const nothing = await pools.run("groups", ...FAST);
  expect(nothing).toMatchObject({ status: 0, stdout: expect.stringMatching(/^editors +there +1 +0 /m) });
  expect(nothing.stderr).toMatch(/\nNothing was changed\. There is nothing to do\.\n$/);
  const { stderr } = await pools.run("groups", "--group", "editors", ...FAST);
  const [, line = ""] = /\nNothing was changed\. This does it:\nnpx cognito-migration (.*)\n$/.exec(stderr) ?? [];
  expect(line).toBe("groups --group=editors --apply --requests-per-second 1000");
  expect(() => pools.files()).toThrow("ENOENT");
  expect(await pools.run(...line.split(" "))).toMatchObject({ status: 0 });
  expect(membersOf("editors")).toEqual(["one@example.com"]);
});

test("an import asks for no group, and says by which command groups are restored before its files go", async () => {
  await open({ editors: ["one"] }, { source: [person("one")] });
  const { stderr } = await pools.run(...IMPORT);
  expect(stderr).toContain("When the groups are restored (npx cognito-migration groups), this removes them: npx");
  expect(pools.actions.filter((action) => /Group/.test(action))).toEqual([]);
});

test("--json says what was restored", async () => {
  await open({ editors: ["one"] }, { source: [person("one")], destination: [settled("one", "sub-one")] });
  carrySub();
  const { stdout } = await pools.run(...APPLY, "--json");
  expect(JSON.parse(stdout)).toMatchObject({ groups: [{ name: "editors", toAdd: 1 }], restored: 1 });
});

const WORK_FOLDER = ".cognito-migration/sandbox/import/eu-central-1_Dest0001";

test("what an earlier version has restored is not restored again", async () => {
  await open(
    { editors: ["one", "two"] },
    { source: [person("one"), person("two")], destination: [settled("one", "sub-one"), settled("two", "sub-two")] },
  );
  carrySub();
  const folder = join(pools.directory, WORK_FOLDER);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const hash = createHash("sha256").update('["editors","sub-one"]').digest("base64");
  writeFileSync(join(folder, "restored-memberships"), `\n${hash}`, { mode: 0o600 });
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
  expect(membersOf("editors")).toEqual(["two@example.com"]);
});

test("nothing is restored while an import into the same user pool is at work", async () => {
  await open({ editors: ["one"] }, { source: [person("one")] });
  pools.destination.imports.hold();
  const { child, ended } = pools.start(...IMPORT);
  while (!pools.destination.imports.active) await wait(5);
  expect(await pools.run(...APPLY)).toMatchObject({ status: 1, stderr: expect.stringContaining("Another import") });
  child.kill("SIGINT");
  await ended;
  expect(pools.destination.groups.all).toEqual([]);
});

test("Ctrl-C ends it, and the same command goes on", async () => {
  const names = Array.from({ length: 9 }, (_, number) => `user-${number}`);
  const settledUsers = names.map((name) => settled(name, `sub-${name}`));
  await open({ editors: names }, { source: names.map((name) => person(name)), destination: settledUsers });
  carrySub();
  pools.faults.before("CreateGroup", () => started.child.kill("SIGINT"));
  const started = pools.start(...APPLY);
  const said = expect.stringContaining("Run the same command again");
  expect(await started.ended).toMatchObject({ status: 130, stderr: said });
  expect(membersOf("editors").length).toBeLessThan(names.length);
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
  expect(membersOf("editors")).toHaveLength(names.length);
});

test("an error of AWS half-way says what stays, and never that nothing was changed", async () => {
  const names = ["first", "second", "third"];
  const settledUsers = names.map((name) => settled(name, `sub-${name}`));
  await open({ editors: names }, { source: names.map((name) => person(name)), destination: settledUsers });
  carrySub();
  pools.faults.fail("AdminAddUserToGroup", { type: "NotAuthorizedException", when: (call) => call === 2 });
  const { status, stderr } = await pools.run(...APPLY);
  expect(status).toBe(3);
  expect(membersOf("editors")).toHaveLength(1);
  expect(stderr).toMatch(/What is restored stays\. Run the same command again for the rest\./);
  expect(stderr).not.toMatch(/Nothing was changed/);
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
  expect(membersOf("editors")).toHaveLength(names.length);
});

test("groups of identity providers are Cognito's own", async () => {
  await open({ "eu-west-1_Source001_Google": ["one"] }, { source: [person("one")] });
  await importAndRestore();
  expect(pools.destination.groups.all).toEqual([]);
});

test("members are listed page by page, 60 at a time", async () => {
  const names = Array.from({ length: 130 }, (_, number) => `user-${number}`);
  await open({ everybody: names }, { source: names.map((name) => person(name)), destination: [] });
  const { stdout } = await pools.run("groups", "--json", ...FAST);
  expect(JSON.parse(stdout)).toMatchObject({ groups: [{ membersAtSource: 130 }] });
  expect(pools.faults.calls("ListUsersInGroup")).toBe(3);
});

const ADD = "AdminAddUserToGroup";

/** When it is killed: at any moment, or while a request of it does not arrive, or the answer to one. */
type Moment = "any" | "request lost" | "answer lost";

test(`killed again and again while memberships are restored, each is restored once and no other (KILL_SEED=${KILL_SEED})`, async () => {
  const random = randomFrom(KILL_SEED);
  const names = Array.from({ length: 13 }, (_, number) => `user-${number}`);
  const [imported, migrated, stranger = ""] = [names.slice(0, 6), names.slice(6, 12), names[12]];
  const groups = { authors: names, viewers: names.filter((_, number) => number % 2 === 0) };
  await open(groups, {
    source: names.map((name) => person(name)),
    // Who took a name before its owner came has no sub, and no right to the owner's groups.
    destination: [...migrated.map((name) => settled(name, `sub-${name}`)), settled(stranger, undefined)],
  });
  carrySub();
  await pools.run(...IMPORT);
  const { faults, destination } = pools;
  const calls = (): number => faults.calls("CreateGroup") + faults.calls(ADD);
  const killAt = async (moment: Moment): Promise<void> => {
    const { child, ended } = pools.start(...APPLY);
    const atCall = calls() + 1 + random(3);
    if (moment !== "any")
      faults.before(ADD, () => {
        child.kill("SIGKILL");
        if (moment === "request lost") faults.fail(ADD, { type: "InternalErrorException", when: (call) => call === 0 });
      });
    while (moment === "any" && child.exitCode === null && calls() < atCall) await wait(1);
    if (moment === "any") setTimeout(() => child.kill("SIGKILL"), random(100));
    expect(await ended).toMatchObject({ status: null });
  };
  let takenAway: string | undefined;
  for (const moment of ["any", "answer lost", "any", "request lost", "any"] as const) {
    await killAt(moment);
    // The program has noted a membership before it asks for the next one.
    const [first, next] = destination.groups.all.length > 0 ? destination.groups.membersOf("authors") : [];
    if (takenAway !== undefined || first === undefined || next === undefined) continue;
    destination.groups.remove("authors", first);
    takenAway = destination.users.find(first)?.attributes["email"];
  }
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });

  expect(takenAway).toBeDefined();
  const rightful = new Set([...imported, ...migrated].map((name) => `${name}@example.com`));
  for (const [group, members] of Object.entries(groups)) {
    const expected = members
      .map((name) => `${name}@example.com`)
      .filter((email) => rightful.has(email) && !(group === "authors" && email === takenAway));
    expect([group, [...membersOf(group)].sort()]).toEqual([group, expected.sort()]);
  }
  expect(faults.calls("CreateGroup")).toBe(2);
  // Once each, and once more for the request that was lost.
  expect(faults.calls(ADD)).toBe(12 + 6 + 1);
});
