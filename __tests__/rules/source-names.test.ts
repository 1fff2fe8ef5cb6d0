import type { Attributes, NamedUser } from "../../rules/names";
import { type FateRules, fatesOf, namesAtSource, worksAtFirst } from "../../rules/source-names";
import { fateRules } from "../support/fate-rules";
import { schema } from "../support/schema";

const SUB = "0a1b2c3d-0000-4000-8000-000000000001";
const EMAIL = "user@example.com";
const PHONE = "+15555550100";
const VERIFIED = { email: EMAIL, email_verified: "true", phone_number: PHONE, phone_number_verified: "true" };
const ALIASES = ["email", "phone_number", "preferred_username"] as const;

const user = (attributes: Attributes, username = "user1"): NamedUser => ({
  username,
  attributes: { sub: SUB, ...attributes },
});

describe("the names by which the source takes a user", () => {
  const profile = { email: EMAIL, email_verified: "TRUE", phone_number: PHONE, preferred_username: "boss" };
  test.each<[string, Partial<FateRules>, string[]]>([
    ["the username", {}, ["username user1"]],
    [
      "and each alias once it is verified",
      { sourceAliasAttributes: ALIASES },
      ["username user1", `email ${EMAIL}`, "preferred_username boss"],
    ],
    ["or an address instead", { sourceUsernameAttributes: ["phone_number"] }, [`phone_number ${PHONE}`]],
    [
      "or either of two",
      { sourceUsernameAttributes: ["phone_number", "email"] },
      [`email ${EMAIL}`, `phone_number ${PHONE}`],
    ],
  ])("%s", (_, over, expected) => {
    const names = namesAtSource(user(profile), fateRules(over));
    expect(names.map(({ kind, name }) => `${kind} ${name}`)).toEqual(expected);
  });
});

/** `works`, `first`: only until another name was typed, `letters`: not as the destination spells it, `stops`; by kind of name. */
function fates({ username, attributes }: NamedUser, over: Partial<FateRules>, hasPassword = true) {
  const { sub: _, ...carried } = attributes;
  const found = fatesOf({ username, attributes }, carried, fateRules(over), hasPassword);
  return Object.fromEntries(
    found.map((fate) => {
      if (worksAtFirst(fate)) return [fate.kind, fate.stays ? "works" : "first"];
      return [fate.kind, fate.isTaken ? "letters" : "stops"];
    }),
  );
}

describe("what becomes of each name", () => {
  const hansi = user({ ...VERIFIED, preferred_username: "hansi" }, "hans");
  test.each<[string, NamedUser, Partial<FateRules>, Record<string, string>]>([
    [
      "aliases that the destination does not have",
      hansi,
      { sourceAliasAttributes: ALIASES },
      { username: "works", email: "stops", phone_number: "stops", preferred_username: "stops" },
    ],
    [
      "usernames and one of two addresses, where addresses stand in their place",
      hansi,
      { sourceAliasAttributes: ALIASES, destinationUsernameAttributes: ["email"] },
      { username: "stops", email: "works", phone_number: "stops", preferred_username: "stops" },
    ],
    [
      "a preferred_username that is an alias on both sides goes with the first sign-in by another name",
      hansi,
      { sourceAliasAttributes: ALIASES, destinationAliasAttributes: ALIASES },
      { username: "works", email: "works", phone_number: "works", preferred_username: "first" },
    ],
    [
      "a username that is the own, verified address",
      user(VERIFIED, EMAIL),
      { destinationUsernameAttributes: ["email"] },
      { username: "works" },
    ],
    [
      "a username that is another's address",
      user(VERIFIED, "other@example.com"),
      { destinationUsernameAttributes: ["email"] },
      { username: "stops" },
    ],
    [
      "an unverified address that is a name at the source and an alias at the destination",
      user({ email: EMAIL }, SUB),
      { sourceUsernameAttributes: ["email"], destinationAliasAttributes: ["email"] },
      { email: "stops" },
    ],
    [
      "the second address of a user who becomes the first",
      user(VERIFIED, SUB),
      { sourceUsernameAttributes: ["email", "phone_number"] },
      { email: "works", phone_number: "stops" },
    ],
    [
      "a name with capitals, of which the destination hands on small letters",
      user(VERIFIED, "Hans"),
      { destinationCaseSensitive: false },
      { username: "letters" },
    ],
    [
      "with capitals, where neither tells them apart",
      user(VERIFIED, "Hans"),
      { destinationCaseSensitive: false, sourceCaseSensitive: false },
      { username: "works" },
    ],
    ["with capitals, where both do", user(VERIFIED, "Hans"), {}, { username: "works" }],
    [
      "every name, where the destination requires an address that nothing proves",
      user({ ...VERIFIED, phone_number_verified: "false" }),
      {
        sourceAliasAttributes: ["email"],
        destinationUsernameAttributes: ["email", "phone_number"],
        destinationSchema: schema(["email"], { phone_number: { required: true } }),
      },
      { username: "stops", email: "stops" },
    ],
  ])("%s", (_, one, over, expected) => expect(fates(one, over)).toEqual(expected));

  test("a preferred_username proves nothing of somebody who must set a new password first", () => {
    const over = { sourceAliasAttributes: ALIASES, destinationAliasAttributes: ALIASES };
    expect(fates(hansi, over, false)).toMatchObject({ username: "works", preferred_username: "stops" });
  });
});
