import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Endpoint, json, listen } from "../../../sandbox/aws/http";
import type { SeedUser } from "../../../sandbox/aws/user-pool/seed";
import { type Minting, minted, STAMP_ATTRIBUTE, STAMPED_AT, stampingFunction } from "../../support/minted";
import { openTwoPools, type TwoPools } from "../../support/operator-without-stacks";

const FAST = ["--requests-per-second", "1000"];
const APPLY = ["groups", "--apply", ...FAST];

let pools: TwoPools;
afterEach(() => pools.close());

const atSource = (name: string): SeedUser => ({
  username: `old-${name}`,
  attributes: { sub: `old-${name}`, email: `${name}@example.com`, email_verified: "true" },
});
const came = (name: string, stamp?: Minting, carriedSub?: string): SeedUser => ({
  username: `new-${name}`,
  created: STAMPED_AT,
  attributes: {
    sub: `new-${name}`,
    email: `${name}@example.com`,
    email_verified: "true",
    ...(carriedSub && { "custom:source_sub": carriedSub }),
    ...(stamp && {
      [STAMP_ATTRIBUTE]: minted(`email verified ${name}@example.com`, { sourceSub: `old-${name}`, ...stamp }),
    }),
  },
});

async function open(groups: Record<string, readonly string[]>, destination: readonly SeedUser[]): Promise<void> {
  pools = await openTwoPools({
    source: { settings: { MfaConfiguration: "OFF" }, users: ["one", "two"].map(atSource) },
    destination: { customAttributes: ["migration", "source_sub"], users: destination },
  });
  for (const [name, members] of Object.entries(groups)) {
    pools.source.groups.create(name);
    for (const member of members) pools.source.groups.add(name, `old-${member}`);
  }
  pools.functions.set("cognito_migration_sandbox", stampingFunction);
  Object.assign(pools.environment, { MIGRATION_STAMP: "on", STAMP_KEY_READABLE: "accept" });
}
const membersOf = (group: string): readonly string[] => pools.destination.groups.membersOf(group);
const withMap = (map: string): void => {
  Object.assign(pools.environment, { GROUPS_MODE: "token", GROUPS: "*", GROUPS_MAP: map });
};

test("a stamp that verifies is proof, and one that does not is none", async () => {
  await open({ editors: ["one", "two"] }, [came("one", {}), came("two", { key: "another" })]);
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
  expect(membersOf("editors")).toEqual(["new-one"]);
});

test("a stamp that a carried sub contradicts, which no app client may write, proves nothing", async () => {
  await open({ editors: ["one", "two"] }, [came("one", {}, "old-two"), came("two", {}, "old-two")]);
  Object.assign(pools.environment, { ATTRIBUTE_MAP: "sub=custom:source_sub" });
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
  expect(membersOf("editors")).toEqual(["new-two"]);
});

test("without MIGRATION_STAMP no function is asked, and a stamp proves nothing", async () => {
  await open({ editors: ["one"] }, [came("one", {})]);
  delete pools.environment["MIGRATION_STAMP"];
  delete pools.environment["STAMP_KEY_READABLE"];
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
  expect(membersOf("editors")).toEqual([]);
  expect(pools.actions).not.toContain("lambda:GetFunctionConfiguration");
});

test("a function whose environment cannot be read proves nothing, and the command says so", async () => {
  await open({ editors: ["one"] }, [came("one", {})]);
  pools.functions.set("cognito_migration_sandbox", {
    Error: { ErrorCode: "AccessDeniedException", Message: "canary" },
  });
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0, stderr: expect.stringContaining("Allow kms:Decrypt") });
  expect(membersOf("editors")).toEqual([]);
});

test("GROUPS_MAP gives a group the destination's name, and two may become one", async () => {
  await open({ editors: ["one"], authors: ["one", "two"], viewers: ["two"] }, [came("one", {}), came("two", {})]);
  withMap("editors=writers,authors=writers");
  const run = await pools.run(...APPLY);
  expect(run).toMatchObject({ status: 0, stdout: expect.stringContaining("3 memberships restored.") });
  expect(run.stderr).toMatch(/editors, authors -> writers +to create +2 +2/);
  expect(pools.destination.groups.all.map(({ GroupName }) => GroupName).sort()).toEqual(["viewers", "writers"]);
  expect([membersOf("writers"), membersOf("viewers")]).toEqual([["new-one", "new-two"], ["new-two"]]);
  expect(await pools.run(...APPLY)).toMatchObject({ stdout: expect.stringContaining("0 memberships restored.") });
});

test("a mapped group with a role at the destination is named by its name there", async () => {
  await open({ editors: ["one"] }, [came("one", {})]);
  withMap("editors=writers");
  pools.destination.groups.create("writers", { RoleArn: "arn:aws:iam::222222222222:role/power" });
  expect(await pools.run(...APPLY, "--group", "editors")).toMatchObject({ status: 2 });
  expect(await pools.run(...APPLY)).toMatchObject({
    status: 0,
    stderr: expect.stringContaining("left alone without --group=writers"),
  });
  expect(membersOf("writers")).toEqual([]);
  expect(await pools.run(...APPLY, "--group", "writers")).toMatchObject({ status: 0 });
  expect(membersOf("writers")).toEqual(["new-one"]);
});

describe("--revoke", () => {
  const revoke = (...more: readonly string[]): ReturnType<TwoPools["run"]> =>
    pools.run("groups", "--revoke", "editors", "--user", "one@example.com", ...more);
  const stampOf = (name: string): string | undefined => pools.destination.users.find(name)?.attributes[STAMP_ATTRIBUTE];
  /** What happens while the command waits, which takes no time. */
  let happens: (seconds: number) => unknown;
  let clock: Endpoint;
  afterEach(() => clock.close());
  const openWithMember = async (): Promise<void> => {
    await open({ editors: ["one", "two"] }, [came("one", {}), came("two", {})]);
    pools.destination.groups.create("editors");
    for (const name of ["new-one", "new-two"]) pools.destination.groups.add("editors", name);
    happens = () => undefined;
    clock = await listen(async ({ path }) => {
      happens(Number(path.slice(1)) / 1000);
      return json(200, {});
    });
    const preload = join(pools.directory, "clock.cjs");
    writeFileSync(
      preload,
      `require("node:timers/promises").setTimeout = (ms) => fetch("${clock.url}/" + ms).then((answer) => answer.text());`,
    );
    pools.environment["NODE_OPTIONS"] = `--require=${preload}`;
  };

  test("blanks the stamp before it takes the membership, and neither a sign-in under way nor `groups` brings it back", async () => {
    await openWithMember();
    const order: string[] = [];
    // The token function has the stamp from before it was blanked, and adds the membership as late as Cognito's third try lets it.
    let isAdded = false;
    happens = (seconds) => {
      if (seconds < 15 || isAdded) return;
      isAdded = true;
      pools.destination.groups.add("editors", "new-one");
    };
    pools.faults.before("AdminUpdateUserAttributes", () => order.push("stamp"));
    pools.faults.before("AdminRemoveUserFromGroup", () => {
      order.push("membership");
    });
    const run = await revoke("--apply");
    // Time goes on after a command that did not wait for it.
    happens(15);
    expect(run).toMatchObject({
      status: 0,
      stdout: expect.stringContaining(
        "new-one is in the group, and has a stamp. Gone now: the stamp and the membership.",
      ),
    });
    expect(order).toEqual(["stamp", "membership"]);
    expect([membersOf("editors"), stampOf("new-one")]).toEqual([["new-two"], undefined]);
    expect(stampOf("new-two")).toMatch(/^v1\./);
    // As if the stamp had come back with a new migration.
    const user = pools.destination.users.find("new-one");
    if (user === undefined) throw new Error("nobody is there");
    const attributes = {
      ...user.attributes,
      [STAMP_ATTRIBUTE]: minted("email verified one@example.com", { sourceSub: "old-one" }),
    };
    pools.destination.users.change(user, { attributes });
    expect(await pools.run(...APPLY)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("0 memberships restored."),
    });
    expect(membersOf("editors")).toEqual(["new-two"]);
  });

  test("looks where the deployed function writes its stamps, and not where the settings of a later deploy would", async () => {
    await openWithMember();
    pools.environment["STAMP_ATTRIBUTE"] = "custom:other";
    expect((await revoke("--apply")).stdout).toContain("has a stamp. Gone now: the stamp and the membership.");
    expect(stampOf("new-one")).toBeUndefined();
  });

  test("waits for what is under way also where the stamp has just been blanked", async () => {
    await openWithMember();
    const user = pools.destination.users.find("new-one");
    if (user === undefined) throw new Error("nobody is there");
    const { [STAMP_ATTRIBUTE]: _, ...attributes } = user.attributes;
    pools.destination.users.change(user, { attributes });
    happens = (seconds) => {
      if (seconds >= 15) pools.destination.groups.add("editors", "new-one");
    };
    expect((await revoke("--apply")).status).toBe(0);
    expect(membersOf("editors")).toEqual(["new-two"]);
  });

  test("changes nothing without --apply, and says how to", async () => {
    await openWithMember();
    const { status, stdout, stderr } = await revoke();
    expect({ status, stdout }).toEqual({ status: 0, stdout: "new-one is in the group, and has a stamp.\n" });
    expect(stderr).toContain("Nothing was changed. This takes away the stamp and the membership:\n");
    expect(stderr).toContain("npx cognito-migration groups --revoke=editors --user=one@example.com --apply");
    expect(membersOf("editors")).toEqual(["new-one", "new-two"]);
    expect(pools.actions.filter((action) => /Update|Remove/.test(action))).toEqual([]);
    expect(() => pools.files()).toThrow("ENOENT");
  });

  test("blanks the stamp of who is no member yet, too, and asks nothing of the source", async () => {
    await openWithMember();
    pools.destination.groups.remove("editors", "new-one");
    pools.environment["SOURCE_PROFILE"] = "nobody";
    expect(await revoke("--apply", "--json")).toMatchObject({ status: 0 });
    expect(stampOf("new-one")).toBeUndefined();
  });

  test("says so where there is nothing to take away, and `groups` does not add it all the same", async () => {
    await openWithMember();
    pools.destination.groups.remove("editors", "new-one");
    const user = pools.destination.users.find("new-one");
    if (user === undefined) throw new Error("nobody is there");
    const { [STAMP_ATTRIBUTE]: _, ...attributes } = user.attributes;
    pools.destination.users.change(user, { attributes });
    expect((await revoke()).stderr).toContain("Nothing was changed. There is nothing to take away");
    const { status, stdout } = await revoke("--apply");
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: expect.stringContaining("There was nothing to take away"),
    });
    expect(pools.actions.filter((action) => /UpdateUser/.test(action))).toEqual([]);
  });

  test("an answer of AWS without the user's sub ends it, and changes nothing: the note could not be found again", async () => {
    await openWithMember();
    Object.assign(pools.destination.users.find("new-one")?.attributes ?? {}, { sub: "" });
    expect(await revoke("--apply")).toMatchObject({ status: 3, stderr: expect.stringContaining("no sub") });
    expect([membersOf("editors"), typeof stampOf("new-one")]).toEqual([["new-one", "new-two"], "string"]);
  });

  test.each([
    ["of a group that is not there", ["--revoke", "editor", "--user", "new-one"], 1, 'found no group "editor"'],
    ["of a user who is not there", ["--revoke", "editors", "--user", "nobody"], 1, "found nobody of that name"],
    ["without a user", ["--revoke", "editors"], 2, "expected both"],
    ["without a group", ["--user", "new-one"], 2, "expected both"],
  ])("%s is refused", async (_, options, status, text) => {
    await openWithMember();
    expect(await pools.run("groups", ...options, "--apply")).toMatchObject({
      status,
      stderr: expect.stringContaining(text),
    });
    expect([membersOf("editors"), typeof stampOf("new-one")]).toEqual([["new-one", "new-two"], "string"]);
  });
});
