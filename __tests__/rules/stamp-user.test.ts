import { createHmac } from "node:crypto";
import type { Decision, MigrationRules } from "../../rules/hand-over";
import type { SignIn } from "../../rules/migrate-user";
import { verifyStamp } from "../../rules/stamp";
import { stampUser } from "../../rules/stamp-user";
import {
  challenge,
  event,
  forgotPassword,
  migrateUser,
  NOW_SECONDS,
  responseOf,
  rules,
  SUB,
  source,
  TOKENS,
  USER_POOL_ID,
  user,
} from "../support/migration";
import { schema } from "../support/schema";

const KEY = "k".repeat(72);
const ATTRIBUTE = "custom:migration";
const SCHEMA = schema(["email", "phone_number", "given_name", ATTRIBUTE]);

/** A migration that signs, and takes two groups along. */
const stamping = (over: Partial<MigrationRules> = {}): MigrationRules =>
  rules({
    destinationSchema: SCHEMA,
    mfaPolicy: "allow",
    stampAttribute: ATTRIBUTE,
    stampKey: KEY,
    groups: ["staff", "suspended"],
    destinationGroups: ["staff", "suspended"],
    ...over,
  });

const tokens = (groups: readonly string[] | undefined): SignIn => ({ kind: "tokens", sub: SUB, groups });

const decide = (signIn: SignIn, withRules = stamping(), found = user()) =>
  migrateUser(event(), withRules, source(signIn, found));

const stampOf = (decision: Decision, name = "email verified user@example.com") =>
  verifyStamp(createHmac, [KEY], responseOf(decision)?.userAttributes[ATTRIBUTE] ?? "", {
    userPoolId: USER_POOL_ID,
    names: [name],
  });

const countsIn = (decision: Decision): unknown => (decision as { readonly groups?: unknown }).groups;

const COUNTS = { carried: 0, unlisted: 0, unknown: 0, provider: 0 };

test("a proven password: the stamp says who it was, when, and in which groups", async () => {
  const decision = await decide(tokens(["staff", "others"]));
  expect(stampOf(decision)).toEqual({ sourceSub: SUB, how: "proven", issuedAt: NOW_SECONDS, groups: ["staff"] });
  expect(decision).toMatchObject({
    outcome: "migrated",
    stamped: true,
    groups: { ...COUNTS, carried: 1, unlisted: 1 },
    droppedAttributes: {},
  });
});

test("nothing of it is there, and nothing is said of it, where no stamps are made", async () => {
  const decision = await decide(tokens(["staff"]), rules({ destinationSchema: SCHEMA }));
  expect(responseOf(decision)?.userAttributes).toEqual({ email: "user@example.com", email_verified: "true" });
  expect(decision).not.toHaveProperty("stamped");
  expect(decision).not.toHaveProperty("groups");
});

test("what is counted is there, and what is not is not", async () => {
  expect(countsIn(await decide(tokens(["staff"])))).toStrictEqual({ ...COUNTS, carried: 1 });
  const nowhere = { destinationSchema: schema(["email"]) };
  expect(countsIn(await decide(tokens(["staff"]), stamping(nowhere)))).toStrictEqual({ ...COUNTS, left: "unstamped" });
  // Who has no groups has left none behind.
  expect(countsIn(await decide(tokens([]), stamping(nowhere)))).toStrictEqual(COUNTS);
});

describe("no stamp can be made", () => {
  const signer = { createHmac, nowSeconds: NOW_SECONDS };
  const proof = { proven: true, groups: ["staff"] };
  const jane: Parameters<typeof stampUser>[0] = {
    sourceSub: SUB,
    typed: "jane",
    carried: { email: "user@example.com", email_verified: "true" },
  };

  test.each<[string, Partial<typeof jane>, Partial<MigrationRules>]>([
    ["without the user's sub at the source", { sourceSub: "" }, {}],
    ["without a name for the attribute", {}, { stampAttribute: undefined }],
    ["without a name that is proven", { carried: {} }, {}],
  ])("%s: the user comes without", (_, user, over) => {
    expect(stampUser({ ...jane, ...user }, stamping(over), proof, signer)).toStrictEqual({
      attributes: {},
      stamped: false,
      groups: { ...COUNTS, left: "unstamped" },
    });
  });

  test("without a key, and nothing is said of groups", () => {
    expect(stampUser(jane, stamping({ stampKey: undefined }), proof, signer)).toStrictEqual({ attributes: {} });
  });

  test("and a group is demanded of somebody whose groups nobody knows: that was asked before", () => {
    const over = { groupsOrRefuse: ["suspended"], destinationSchema: schema(["email"]) };
    expect(stampUser(jane, stamping(over), { proven: false }, signer)).toMatchObject({ stamped: false });
  });
});

test.each<[string, SignIn, string]>([
  ["a second factor is due", challenge("SOFTWARE_TOKEN_MFA"), "mfa"],
  ["the token has something else", tokens(undefined), "proven"],
])("where groups do not travel none is left to the command, also when %s", async (_, signIn, how) => {
  const decision = await decide(signIn, stamping({ groups: undefined, destinationGroups: undefined }));
  expect(stampOf(decision)).toMatchObject({ how, groups: [] });
  expect(decision).not.toHaveProperty("groups");
});

test("a stamp without groups, where groups do not travel", async () => {
  const decision = await decide(tokens(["staff"]), stamping({ groups: [], destinationGroups: undefined }));
  expect(stampOf(decision)).toEqual({ sourceSub: SUB, how: "proven", issuedAt: NOW_SECONDS, groups: [] });
  expect(decision).toMatchObject({ stamped: true });
  expect(decision).not.toHaveProperty("groups");
});

test.each<[string, SignIn, string, string]>([
  ["a second factor is due", challenge("SOFTWARE_TOKEN_MFA"), "mfa", "mfa"],
  ["a reset is due", { kind: "reset_required" }, "unproven", "unproven"],
  ["the token has something else in the groups' place", tokens(undefined), "proven", "unreadable"],
])("groups are left to the command when %s", async (_, signIn, how, left) => {
  const found = user(signIn.kind === "reset_required" ? { status: "RESET_REQUIRED" } : {});
  const decision = await decide(signIn, stamping(), found);
  expect(stampOf(decision)).toMatchObject({ how, groups: "import" });
  expect(decision).toMatchObject({ stamped: true, groups: { ...COUNTS, left } });
});

test("tokens of a user whose reset is due prove nothing", async () => {
  const decision = await decide(tokens(["staff"]), stamping(), user({ status: "RESET_REQUIRED" }));
  expect(stampOf(decision)).toMatchObject({ how: "unproven", groups: "import" });
});

test("a forgotten password proves nothing", async () => {
  const decision = await migrateUser(forgotPassword(), stamping(), source(TOKENS, user()));
  expect(stampOf(decision)).toMatchObject({ how: "unproven", groups: "import" });
});

const MANY = Array.from({ length: 150 }, (_, n) => `department-${n}`);

test("groups that do not fit are left to the command", async () => {
  const decision = await decide(tokens(MANY), stamping({ groups: ["*"], destinationGroups: MANY }));
  expect(stampOf(decision)).toMatchObject({ how: "proven", groups: "import" });
  expect(decision).toMatchObject({ groups: { ...COUNTS, left: "too_many" } });
});

test.each<[string, Partial<MigrationRules>]>([
  ["no place for it", { destinationSchema: schema(["email"]) }],
  ["a place that is too small", { destinationSchema: schema(["email"], { [ATTRIBUTE]: { max: 128 } }) }],
  ["a place for something else", { destinationSchema: schema(["email"], { [ATTRIBUTE]: { type: "Number" } }) }],
])("nobody is locked out where the destination has %s", async (_, over) => {
  const decision = await decide(tokens(["staff"]), stamping(over));
  expect(responseOf(decision)?.userAttributes).toEqual({ email: "user@example.com", email_verified: "true" });
  expect(decision).toMatchObject({ outcome: "migrated", stamped: false, groups: { ...COUNTS, left: "unstamped" } });
});

test("what the source has in the stamp's place never travels", async () => {
  const found = user({ attributes: { [ATTRIBUTE]: "v1.of.another" } });
  const withPlace = await decide(tokens([]), stamping(), found);
  expect(stampOf(withPlace)).toMatchObject({ groups: [] });
  expect(withPlace).toMatchObject({ droppedAttributes: {} });
  const withoutName = await decide(tokens([]), stamping({ stampKey: undefined }), found);
  expect(responseOf(withoutName)?.userAttributes).not.toHaveProperty(ATTRIBUTE);
});

test("a user who brings nothing else is not made for the stamp's sake", async () => {
  const bare = { ...user(), username: "jane", attributes: { sub: SUB } };
  const pools = { sourceUsernameAttributes: [], destinationUsernameAttributes: [] };
  const decision = await migrateUser(event({ userName: "jane" }), stamping(pools), source(tokens([]), bare));
  expect(decision).toEqual({ outcome: "nothing_to_carry" });
});

test.each<[string, Partial<MigrationRules>, string]>([
  ["typed", {}, "jane"],
  ["made here, because an alias was typed", { destinationAliasAttributes: ["email"] }, "sub:jane@x"],
])("a destination with usernames: the stamp is of the username that is %s", async (_, over, name) => {
  const pools = { sourceUsernameAttributes: [], destinationUsernameAttributes: [], ...over };
  const found = user({ username: name === "jane" ? "jane" : "jane@example.com" });
  const typed = name === "jane" ? "jane" : "user@example.com";
  const decision = await migrateUser(event({ userName: typed }), stamping(pools), source(tokens(["staff"]), found));
  const username = responseOf(decision)?.userAttributes["username"] ?? typed;
  expect(stampOf(decision, username)).toMatchObject({ groups: ["staff"] });
  expect(stampOf(decision, typed === "jane" ? "john" : typed)).toBeUndefined();
});

describe("a group without which nobody may arrive", () => {
  const required = (over: Partial<MigrationRules> = {}) => stamping({ groupsOrRefuse: ["suspended"], ...over });
  const without = schema(["email"]);

  test("travels", async () => {
    const decision = await decide(tokens(["suspended"]), required());
    expect(stampOf(decision)).toMatchObject({ groups: ["suspended"] });
  });

  test("concerns its members alone", async () => {
    expect(await decide(tokens(["staff"]), required({ destinationGroups: ["staff"] }))).toMatchObject({
      outcome: "migrated",
    });
    expect(await decide(tokens(["staff"]), required({ destinationSchema: without }))).toMatchObject({
      outcome: "migrated",
      stamped: false,
    });
  });

  test.each<[string, SignIn, Partial<MigrationRules>, number]>([
    ["it is not at the destination", tokens(["suspended"]), { destinationGroups: ["staff"] }, 1],
    ["nobody can read the groups", tokens(undefined), {}, 1],
    ["a second factor is due, and nobody knows", challenge("SOFTWARE_TOKEN_MFA"), {}, 1],
    ["a reset is due, and nobody knows", { kind: "reset_required" }, {}, 1],
    ["there is no place for the stamp", tokens(["suspended"]), { destinationSchema: without }, 2],
    ["there is no key for the stamp", tokens(["suspended"]), { stampKey: undefined }, 2],
    [
      "it does not fit",
      tokens([...MANY, "suspended"]),
      { groups: ["*"], destinationGroups: [...MANY, "suspended"] },
      2,
    ],
  ])("refuses them when %s, at no more calls than anybody", async (_, signIn, over, calls) => {
    const pool = source(signIn, user());
    expect(await migrateUser(event(), required(over), pool)).toEqual({ outcome: "group_required" });
    expect(pool.calls).toHaveLength(calls);
  });

  test("refuses who has forgotten the password, and asks the source nothing", async () => {
    const pool = source(TOKENS, user());
    expect(await migrateUser(forgotPassword(), required(), pool)).toEqual({ outcome: "group_required" });
    expect(pool.calls).toEqual([]);
  });

  test("refuses whose reset is due, whatever the token says", async () => {
    const decision = await decide(tokens([]), required(), user({ status: "RESET_REQUIRED" }));
    expect(decision).toEqual({ outcome: "group_required" });
  });

  test("changes nothing for a wrong password", async () => {
    const refused: SignIn = { kind: "refused", outcome: "not_authorized" };
    expect(await decide(refused, required())).toEqual({ outcome: "not_authorized" });
  });
});
