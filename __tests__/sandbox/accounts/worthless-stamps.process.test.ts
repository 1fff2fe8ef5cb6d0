import { type GroupsWorld, groupsInBoth, openGroupsWorld, person } from "../../support/groups-world";

const lee = person("lee");
const robin = person("robin");
const forgetful = person("forgetful", { status: "RESET_REQUIRED" });

let groups: GroupsWorld;
let theirs: string;
beforeAll(async () => {
  groups = await openGroupsWorld({ editors: [lee, forgetful] }, [lee, robin, forgetful]);
  await groups.signIn(robin);
  expect(groupsInBoth(await groups.signIn(lee))).toEqual(["editors"]);
  theirs = await groups.stampOf(lee);
  await groups.administer(lee, "admin-remove-user-from-group --group-name editors");
});
afterAll(() => groups.world.close());

const made = (over: Parameters<GroupsWorld["stamp"]>[1], pool?: string) => (): string =>
  groups.stamp(robin, over, pool);
const now = (): number => Math.floor(Date.now() / 1000);

test("the same by the same key, for this user, this pool and now, gives its group", async () => {
  await groups.setStamp(robin, groups.stamp(robin));
  expect(groupsInBoth(await groups.signIn(robin))).toEqual(["editors"]);
  await groups.administer(robin, "admin-remove-user-from-group --group-name editors");
});

test.each<[string, () => string]>([
  ["copied from another user", () => theirs],
  ["with another user's payload", () => [...theirs.split(".").slice(0, 2), made({})().split(".")[2]].join(".")],
  ["with another user's signature", () => [...made({})().split(".").slice(0, 2), theirs.split(".")[2]].join(".")],
  ["cut at its end", () => made({})().slice(0, -1)],
  ["without a signature", () => made({})().split(".").slice(0, 2).join(".")],
  ["as old as GROUPS_WINDOW", () => made({ issuedAt: now() - 86_400 })()],
  ["of a time that has not come", () => made({ issuedAt: now() + 3600 })()],
  ["of a sign-in that ended in a second factor", made({ how: "mfa" })],
  ["of another user pool", made({}, "eu-central-1_Other0001")],
])("%s: no group in a token, no membership", async (_, text) => {
  await groups.setStamp(robin, text());
  const tokens = await groups.signIn(robin);
  expect(groupsInBoth(tokens)).toEqual([]);
  expect(groupsInBoth(await groups.refresh(tokens))).toEqual([]);
  expect(await groups.groupsOf(robin)).toEqual([]);
});

test("exchanged between two users: neither has the other's", async () => {
  const own = groups.stamp(robin);
  await groups.setStamp(robin, theirs);
  await groups.setStamp(lee, own);
  for (const one of [robin, lee]) {
    expect(groupsInBoth(await groups.signIn(one))).toEqual([]);
    expect(await groups.groupsOf(one)).toEqual([]);
  }
});

test("of a user whose password the source has not seen, who comes by a code", async () => {
  await expect(groups.signIn(forgetful)).rejects.toThrow("PasswordResetRequiredException");
  expect(await groups.stampOf(forgetful)).toMatch(/^v1\./);
  await groups.administer(forgetful, "admin-set-user-password --password Aa1-a-new-one --permanent true");
  expect(groupsInBoth(await groups.signIn({ ...forgetful, password: "Aa1-a-new-one" }))).toEqual([]);
  expect(await groups.groupsOf(forgetful)).toEqual([]);
});
