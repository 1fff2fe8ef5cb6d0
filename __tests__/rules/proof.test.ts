import type { Attributes, NamedUser, NameRules } from "../../rules/names";
import { isAsDescribed, ownNames, provenAttributes } from "../../rules/own-name";
import { nameRules } from "../support/name-rules";

const SUB = "0a1b2c3d-0000-4000-8000-000000000001";
const EMAIL = "user@example.com";
const PHONE = "+15555550100";
const BOTH: Partial<NameRules> = { destinationUsernameAttributes: ["email", "phone_number"] };

const user = (attributes: Attributes, username = "user1"): NamedUser => ({
  username,
  attributes: { sub: SUB, ...attributes },
});

/** What stays behind of a user who has all of the profile. */
const unproven = (attributes: Attributes, over: Partial<NameRules>, accepted?: string): readonly string[] =>
  provenAttributes(attributes, user(attributes), nameRules(over), accepted).unproven;

describe("an address by which users of the destination sign in", () => {
  test.each<[string, Attributes, Partial<NameRules>, readonly string[]]>([
    [
      "stays behind unless it is verified",
      { email: EMAIL, phone_number: PHONE, email_verified: "true" },
      BOTH,
      ["phone_number"],
    ],
    ["comes along verified, however that is spelled", { phone_number: PHONE, phone_number_verified: "True" }, BOTH, []],
    [
      "is proven where the source signs in by it",
      { email: EMAIL },
      { ...BOTH, sourceUsernameAttributes: ["email"] },
      [],
    ],
    [
      "is not where the source signs in by the other one",
      { email: EMAIL },
      { ...BOTH, sourceUsernameAttributes: ["phone_number"] },
      ["email"],
    ],
    [
      "is an ordinary attribute where users sign in by the other one",
      { phone_number: PHONE },
      { destinationUsernameAttributes: ["email"] },
      [],
    ],
    [
      "is an ordinary attribute as an alias until it is verified",
      { email: EMAIL, email_verified: "false" },
      { destinationAliasAttributes: ["email"] },
      [],
    ],
  ])("%s", (_, attributes, over, expected) => expect(unproven(attributes, over)).toEqual(expected));

  test("takes its flag along, or leaves it behind", () => {
    const profile = {
      email: EMAIL,
      email_verified: "true",
      phone_number: PHONE,
      phone_number_verified: "false",
      name: "Jane",
    };
    expect(provenAttributes(profile, user(profile), nameRules(BOTH), undefined)).toEqual({
      attributes: { email: EMAIL, email_verified: "true", name: "Jane" },
      unproven: ["phone_number"],
    });
  });

  test("is not proven by a username that repeats it, not even by one that was typed", () => {
    const squatter = user({ email: EMAIL, email_verified: "false" }, EMAIL);
    const { attributes } = squatter;
    expect(provenAttributes(attributes, squatter, nameRules(BOTH), EMAIL).unproven).toEqual(["email"]);
  });
});

describe("a preferred_username", () => {
  const ALIASES = ["email", "preferred_username"] as const;
  test.each<[string, string, Partial<NameRules>, string | undefined, boolean]>([
    [
      "is a name like any other where it is no alias",
      "boss",
      { destinationAliasAttributes: ["email"] },
      undefined,
      true,
    ],
    [
      "is none where users have addresses instead",
      EMAIL,
      { destinationUsernameAttributes: ["email"] },
      undefined,
      true,
    ],
    [
      "is none there, and no word about aliases is needed",
      "boss",
      { destinationUsernameAttributes: ["email"], destinationAliasAttributes: undefined },
      undefined,
      true,
    ],
    ["comes along with who signs in with it", "boss", { destinationAliasAttributes: ALIASES }, "boss", true],
    ["comes along with whose username it is", "user1", { destinationAliasAttributes: ALIASES }, undefined, true],
    ["stays behind with anybody else", "boss", { destinationAliasAttributes: ALIASES }, "user1", false],
    ["stays behind where nobody has signed in", "boss", { destinationAliasAttributes: ALIASES }, undefined, false],
    [
      "stays behind where nobody has named aliases",
      "boss",
      { destinationAliasAttributes: undefined },
      undefined,
      false,
    ],
    ["stays behind where it could be an address", EMAIL, { destinationAliasAttributes: ALIASES }, EMAIL, false],
    [
      "comes along where addresses are no names",
      EMAIL,
      { destinationAliasAttributes: ["preferred_username"] },
      EMAIL,
      true,
    ],
  ])("%s", (_, preferred_username, over, accepted, stays) => {
    expect(unproven({ name: "Jane", preferred_username }, over, accepted)).toEqual(stays ? [] : ["preferred_username"]);
  });
});

describe("the names of a user at the destination", () => {
  const VERIFIED = { email: EMAIL, email_verified: "true", phone_number: PHONE, phone_number_verified: "true" };
  const names = (one: NamedUser, over: Partial<NameRules>): string[] =>
    ownNames(one, one.attributes, nameRules(over)).map(({ name }) => name);

  test.each<[string, Attributes, string, Partial<NameRules>, readonly string[]]>([
    ["a username", VERIFIED, "user1", {}, ["user1"]],
    [
      "a username and what is verified",
      { ...VERIFIED, phone_number_verified: "false" },
      "user1",
      { destinationAliasAttributes: ["email", "phone_number"] },
      ["user1", EMAIL],
    ],
    [
      "both addresses, the verified one first",
      { email: EMAIL, phone_number: PHONE, phone_number_verified: "true" },
      SUB,
      { ...BOTH, sourceUsernameAttributes: ["email"] },
      [PHONE, EMAIL],
    ],
    ["an address in the place of a username", { email: EMAIL }, SUB, { sourceUsernameAttributes: ["email"] }, [EMAIL]],
    [
      "an alias and a username that nobody types",
      VERIFIED,
      SUB,
      { sourceUsernameAttributes: ["email"], destinationAliasAttributes: ["email"] },
      [SUB, EMAIL],
    ],
    [
      "none, where there would be nothing else",
      { email: EMAIL },
      SUB,
      { sourceUsernameAttributes: ["email"], destinationAliasAttributes: ["email"] },
      [],
    ],
    [
      "none, where a username of an alias's shape is all there is",
      {},
      EMAIL,
      { destinationAliasAttributes: ["email"] },
      [],
    ],
  ])("%s", (_, attributes, username, over, expected) =>
    expect(names(user(attributes, username), over)).toEqual(expected),
  );
});

test("a source that makes usernames itself makes them equal to the sub, and no other does", () => {
  const described = (username: string, sourceUsernameAttributes: NameRules["sourceUsernameAttributes"]): boolean =>
    isAsDescribed(user({}, username), { sourceUsernameAttributes });
  expect([described(SUB, ["email"]), described("user1", [])]).toEqual([true, true]);
  expect([described(SUB, []), described("user1", ["email"])]).toEqual([false, false]);
});
