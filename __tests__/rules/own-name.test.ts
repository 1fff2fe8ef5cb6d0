import type { Attributes, NamedUser, NameRules } from "../../rules/names";
import { createdUnder, nameAtDestination, ownNames, provenAttributes } from "../../rules/own-name";
import { nameRules } from "../support/name-rules";

const SUB = "0a1b2c3d-0000-4000-8000-000000000001";
const EMAIL = "user@example.com";
const PHONE = "+15555550100";

/** A user of a source with usernames and every alias. */
const user = (username = "user1"): NamedUser => ({ username, attributes: { sub: SUB, ...VERIFIED } });
const VERIFIED = { email_verified: "true", phone_number_verified: "true" };
const CARRIED = { email: EMAIL, phone_number: PHONE, preferred_username: "handle", ...VERIFIED };
const EVERY_NAME = ["user1", "USER1", EMAIL, "User@Example.com", PHONE, "handle", SUB];

/** A source that makes usernames itself. */
const BY_ADDRESS: Partial<NameRules> = { sourceUsernameAttributes: ["email", "phone_number"] };

/** Of a user with this profile, whose password the source took together with the typed name. */
function decide(typed: string, { username, attributes }: NamedUser, profile: Attributes, rules: NameRules) {
  const whole = { username, attributes: { ...attributes, ...profile } };
  return nameAtDestination(typed, whole, provenAttributes(profile, whole, rules, typed).attributes, rules);
}

/** Of everything that the source takes for this user, what the destination takes. */
const accepted = (named: NamedUser, over: Partial<NameRules>): string[] =>
  EVERY_NAME.filter((typed) => decide(typed, named, CARRIED, nameRules(over)) !== undefined);

describe("one person becomes one user", () => {
  test("where users sign in with an e-mail address instead of a username", () => {
    expect(accepted(user(), { destinationUsernameAttributes: ["email"] })).toEqual([EMAIL]);
  });

  test("where users sign in with a phone number instead of a username", () => {
    expect(accepted(user(), { destinationUsernameAttributes: ["phone_number"] })).toEqual([PHONE]);
  });

  test("where users sign in with either of the two", () => {
    expect(accepted(user(), { destinationUsernameAttributes: ["email", "phone_number"] })).toEqual([EMAIL, PHONE]);
  });

  test("where users sign in with a username", () => {
    expect(accepted(user(), {})).toEqual(["user1"]);
  });

  test("where the destination has usernames and the source had none", () => {
    expect(accepted(user(SUB), BY_ADDRESS)).toEqual([EMAIL]);
    expect(accepted(user(SUB), { sourceUsernameAttributes: ["phone_number"] })).toEqual([PHONE]);
    const numberAlone = { username: SUB, attributes: { sub: SUB, phone_number: PHONE } };
    expect(decide(PHONE, numberAlone, numberAlone.attributes, nameRules(BY_ADDRESS))).toEqual({});
  });

  test("where users may sign in with an alias, Cognito gets the same username for each", () => {
    const aliases = nameRules({ destinationAliasAttributes: ["email", "phone_number", "preferred_username"] });
    const names = EVERY_NAME.map((typed) => [typed, decide(typed, user(), CARRIED, aliases)]);
    expect(names).toEqual([
      ["user1", {}],
      ["USER1", undefined],
      [EMAIL, { email: EMAIL, username: "user1" }],
      ["User@Example.com", undefined],
      [PHONE, { phone_number: PHONE, username: "user1" }],
      ["handle", { preferred_username: "handle", username: "user1" }],
      [SUB, undefined],
    ]);
  });
});

describe("nobody takes another's name", () => {
  test("an address that the user only wrote into the profile is not what was typed", () => {
    const written = { email: "victim@example.com", email_verified: "false" };
    const byAddress = nameRules({ destinationUsernameAttributes: ["email"] });
    expect(decide("user1", user(), written, byAddress)).toBeUndefined();
  });

  test("not even when it is typed, where the source has usernames", () => {
    const unverified: NamedUser = { username: "user1", attributes: { sub: SUB, email_verified: "false" } };
    const byAddress = nameRules({ destinationUsernameAttributes: ["email"] });
    expect(decide(EMAIL, unverified, { email: EMAIL, email_verified: "false" }, byAddress)).toBeUndefined();
  });

  test("where the source has none, an address is a name, verified or not", () => {
    const unverified: NamedUser = { username: SUB, attributes: { sub: SUB, email_verified: "false" } };
    const byAddress = nameRules({ ...BY_ADDRESS, destinationUsernameAttributes: ["email"] });
    expect(decide(EMAIL, unverified, { email: EMAIL, email_verified: "false" }, byAddress)).toEqual({});
    // It is a name for those alone whose source signs in by it.
    const byNumber = nameRules({
      sourceUsernameAttributes: ["phone_number"],
      destinationUsernameAttributes: ["email"],
    });
    expect(decide(EMAIL, unverified, { email: EMAIL, email_verified: "false" }, byNumber)).toBeUndefined();
  });

  test("an unverified address is no alias, and its user could never come back", () => {
    const aliases = nameRules({ destinationAliasAttributes: ["email"] });
    expect(decide(EMAIL, user(SUB), { email: EMAIL, email_verified: "false" }, aliases)).toBeUndefined();
  });

  test("a username that looks like another's address is not the user's address", () => {
    const byAddress = nameRules({ destinationUsernameAttributes: ["email"] });
    const own = { email: EMAIL, email_verified: "true" };
    expect(decide("victim@example.com", user("victim@example.com"), own, byAddress)).toBeUndefined();
  });

  test("an alias that does not arrive cannot be the name", () => {
    const aliases = nameRules({ destinationAliasAttributes: ["email"] });
    expect(decide(EMAIL, user(), {}, aliases)).toBeUndefined();
  });
});

describe("a name of the shape of an address is nobody's but whose address it is", () => {
  const VICTIM = "victim@example.com";
  const OTHER_PHONE = "+15555550199";
  const ALIASES = ["email", "phone_number", "preferred_username"] as const;

  test.each([
    ["an address, where the username is the same", VICTIM, user(VICTIM)],
    ["an address, where the source has no usernames", VICTIM, user(SUB)],
    ["a number, where the username is the same", OTHER_PHONE, user(OTHER_PHONE)],
    ["a number, where it is not", OTHER_PHONE, user()],
  ])("%s: a preferred_username does not make it one's own", (_, typed, named) => {
    const carried = { ...CARRIED, preferred_username: typed };
    const aliases = nameRules({ destinationAliasAttributes: ALIASES });
    expect(decide(typed, named, carried, aliases)).toBeUndefined();
  });

  test("an unverified address is not saved by a preferred_username that repeats it", () => {
    const carried = { email: EMAIL, email_verified: "false", preferred_username: EMAIL };
    const aliases = nameRules({ destinationAliasAttributes: ALIASES });
    expect(decide(EMAIL, user(SUB), carried, aliases)).toBeUndefined();
  });

  test("a verified one is the alias, whatever else repeats it", () => {
    const aliases = nameRules({ destinationAliasAttributes: ["preferred_username", "email"] });
    const carried = { ...CARRIED, preferred_username: EMAIL };
    expect(decide(EMAIL, user(), carried, aliases)).toEqual({ email: EMAIL, username: "user1" });
  });

  test("where users do not sign in with addresses, it is a name like any other", () => {
    const aliases = nameRules({ destinationAliasAttributes: ["preferred_username"] });
    const carried = { ...CARRIED, preferred_username: VICTIM };
    expect(decide(VICTIM, user(), carried, aliases)).toEqual({
      preferred_username: VICTIM,
      username: "user1",
    });
  });
});

describe("case", () => {
  test("is folded for A to Z only", () => {
    const byAddress = nameRules({ destinationUsernameAttributes: ["email"], destinationCaseSensitive: false });
    expect(decide("\u212Aate@example.com", user(), { email: "kate@example.com" }, byAddress)).toBeUndefined();
  });

  test("counts, unless the destination does not tell it", () => {
    const over = { destinationUsernameAttributes: ["email"] as const, destinationCaseSensitive: false };
    expect(accepted(user(), over)).toEqual([EMAIL, "User@Example.com"]);
    expect(accepted(user(), { destinationCaseSensitive: false })).toEqual(["user1", "USER1"]);
  });

  test("does not count for a preferred_username either, where the destination does not tell it", () => {
    const over = { destinationAliasAttributes: ["preferred_username"] as const };
    const typed = (destinationCaseSensitive: boolean) =>
      decide("Handle", user(), CARRIED, nameRules({ ...over, destinationCaseSensitive }));
    expect([typed(true), typed(false)]).toEqual([undefined, { preferred_username: "Handle", username: "user1" }]);
  });

  test("the alias is what was typed, however the source spells it", () => {
    const aliases = nameRules({ destinationAliasAttributes: ["email"], destinationCaseSensitive: false });
    expect(decide(EMAIL, user(), { ...CARRIED, email: "User@Example.com" }, aliases)).toEqual({
      email: EMAIL,
      username: "user1",
    });
  });
});

describe("a username that looks like an alias of the destination", () => {
  test.each([
    [EMAIL, "email", { email: EMAIL, ...VERIFIED }],
    [PHONE, "phone_number", { phone_number: PHONE, ...VERIFIED }],
  ] as const)("%s is replaced by one that nobody types", (typed, alias, carried) => {
    const aliases = nameRules({ destinationAliasAttributes: [alias] });
    expect(decide(typed, user(typed), carried, aliases)).toEqual({ [alias]: typed, username: `sub:${SUB}` });
  });

  test("is refused where it is not the user's own", () => {
    const aliases = nameRules({ destinationAliasAttributes: ["email"] });
    expect(decide("victim@example.com", user("victim@example.com"), { email: EMAIL }, aliases)).toBeUndefined();
  });

  test("is refused without a sub", () => {
    const aliases = nameRules({ destinationAliasAttributes: ["email"] });
    expect(decide(EMAIL, { username: EMAIL, attributes: {} }, { email: EMAIL }, aliases)).toBeUndefined();
  });
});

test("nobody comes over under a username that the rule makes for another", () => {
  const aliases = nameRules({ destinationAliasAttributes: ["email"] });
  const squatter = user(`sub:${SUB}`);
  const own = { ...squatter, attributes: { sub: "another-sub", email: "other@example.com", email_verified: "true" } };
  expect(decide(own.username, own, own.attributes, aliases)).toBeUndefined();
  expect(decide("other@example.com", own, own.attributes, aliases)).toEqual({
    email: "other@example.com",
    username: "sub:another-sub",
  });
  expect(decide(own.username, own, own.attributes, nameRules())).toEqual({});
  // Nobody has said that there is no alias.
  expect(
    decide(own.username, own, own.attributes, nameRules({ destinationAliasAttributes: undefined })),
  ).toBeUndefined();
});

describe("from addresses to usernames with another alias, the address becomes the username", () => {
  test.each<[string, Partial<NameRules>, string, string | undefined]>([
    [
      "e-mail to a number",
      { sourceUsernameAttributes: ["email"], destinationAliasAttributes: ["phone_number"] },
      EMAIL,
      EMAIL,
    ],
    [
      "a number to e-mail",
      { sourceUsernameAttributes: ["phone_number"], destinationAliasAttributes: ["email"] },
      PHONE,
      PHONE,
    ],
    ["both to a preferred name", { ...BY_ADDRESS, destinationAliasAttributes: ["preferred_username"] }, EMAIL, EMAIL],
    [
      "both to a preferred name, the other name",
      { ...BY_ADDRESS, destinationAliasAttributes: ["preferred_username"] },
      PHONE,
      undefined,
    ],
  ])("%s", (_, over, typed, expected) => {
    const unverified = { email: EMAIL, phone_number: PHONE };
    const decided = decide(typed, { username: SUB, attributes: { sub: SUB } }, unverified, nameRules(over));
    expect(decided).toEqual(expected === undefined ? undefined : {});
  });

  test("and whoever types the verified alias gets the same username", () => {
    const rules = nameRules({ ...BY_ADDRESS, destinationAliasAttributes: ["phone_number"] });
    expect(decide(PHONE, user(SUB), CARRIED, rules)).toEqual({ phone_number: PHONE, username: EMAIL });
    expect(decide(EMAIL, user(SUB), CARRIED, rules)).toEqual({});
  });
});

describe("by which names a user signs in, the first of them to be created under", () => {
  const own = (name: string, over = {}) => ({ name, verified: true, known: true, ...over });
  const byAddress = (attributes: Attributes): NamedUser => ({ username: SUB, attributes: { sub: SUB, ...attributes } });
  const EVERY_ALIAS: Partial<NameRules> = {
    destinationAliasAttributes: ["email", "phone_number", "preferred_username"],
  };
  const MAIL_ALIAS: Partial<NameRules> = { destinationAliasAttributes: ["email"] };
  const BOTH: Partial<NameRules> = { destinationUsernameAttributes: ["email", "phone_number"] };

  test.each<[string, NamedUser, Attributes, Partial<NameRules>, readonly object[]]>([
    ["a username", user(), CARRIED, {}, [own("user1")]],
    [
      "a username, where nobody has said whether there are aliases",
      user(),
      CARRIED,
      { destinationAliasAttributes: undefined },
      [own("user1")],
    ],
    ["a username and every alias", user(), CARRIED, EVERY_ALIAS, [own("user1"), own(EMAIL), own(PHONE), own("handle")]],
    [
      "no alias that is not verified",
      user(),
      { ...CARRIED, email_verified: "false" },
      EVERY_ALIAS,
      [own("user1"), own(PHONE), own("handle")],
    ],
    ["no alias without a value", user(), { ...CARRIED, email: "" }, MAIL_ALIAS, [own("user1")]],
    [
      "one that nobody types, and the alias that takes its place",
      user(EMAIL),
      CARRIED,
      MAIL_ALIAS,
      [own(`sub:${SUB}`, { known: false }), own(EMAIL)],
    ],
    ["none where nobody types any", user(EMAIL), {}, MAIL_ALIAS, []],
    ["none without a sub to make one of", { username: EMAIL, attributes: {} }, CARRIED, MAIL_ALIAS, []],
    [
      "the address that the source signs in with, the e-mail address first",
      byAddress(CARRIED),
      {},
      BY_ADDRESS,
      [own(EMAIL)],
    ],
    ["the same, verified or not", byAddress({ email: EMAIL }), {}, BY_ADDRESS, [own(EMAIL, { verified: false })]],
    [
      "the number where there is no address",
      byAddress({ phone_number: PHONE, ...VERIFIED }),
      {},
      BY_ADDRESS,
      [own(PHONE)],
    ],
    ["none where there is no address at all", byAddress({}), {}, BY_ADDRESS, []],
    [
      "one that nobody types, and the alias, where both addresses would be taken for aliases",
      byAddress(CARRIED),
      CARRIED,
      { ...BY_ADDRESS, ...EVERY_ALIAS },
      [own(SUB, { known: false }), own(EMAIL), own(PHONE), own("handle")],
    ],
    [
      "each address, the verified one first",
      user(),
      { email: EMAIL, phone_number: PHONE, phone_number_verified: "true" },
      BOTH,
      [own(PHONE), own(EMAIL, { verified: false })],
    ],
    ["each address, in their order where both are verified", user(), CARRIED, BOTH, [own(EMAIL), own(PHONE)]],
    ["no address, where users have no other names", user(), {}, BOTH, []],
  ])("%s", (_, named, proven, over, expected) => expect(ownNames(named, proven, nameRules(over))).toEqual(expected));

  test("one that nobody types is still what the user is created under", () => {
    const made = [own(`sub:${SUB}`, { known: false })];
    expect(createdUnder(user(EMAIL), {}, nameRules(MAIL_ALIAS))).toEqual(made);
  });
});
