import { addressAttribute, foldedName, isSameName, type NameRules, withoutAnothersName } from "../../config/name-rules";
import { nameRules } from "../support/name-rules";

const EMAIL = "user@example.com";
const PHONE = "+15555550100";

test.each<[string, Partial<NameRules>, string | undefined, string | undefined]>([
  ["aliases", { destinationAliasAttributes: ["email"] }, "email", undefined],
  ["aliases that nobody has named", { destinationAliasAttributes: undefined }, "email", "phone_number"],
  ["no aliases", {}, undefined, undefined],
  ["numbers instead of usernames", { destinationUsernameAttributes: ["phone_number"] }, undefined, "phone_number"],
  [
    "addresses instead of usernames, and no word about aliases",
    { destinationUsernameAttributes: ["email"], destinationAliasAttributes: undefined },
    "email",
    undefined,
  ],
])("what an address must be: a destination with %s", (_, over, address, number) => {
  expect(addressAttribute(EMAIL, nameRules(over))).toBe(address);
  expect(addressAttribute(PHONE, nameRules(over))).toBe(number);
  for (const neither of ["user1", "jane+1", "+1a", "1555", ""])
    expect(addressAttribute(neither, nameRules(over))).toBeUndefined();
});

test("names fold from A to Z, and only where case does not count", () => {
  expect([foldedName("Jane", true), foldedName("Jane", false), foldedName("\u212Aate", false)]).toEqual([
    "Jane",
    "jane",
    "\u212Aate",
  ]);
});

test("no name is the same as none", () => {
  for (const destinationCaseSensitive of [true, false]) {
    expect(isSameName(undefined, "jane", { destinationCaseSensitive })).toBe(false);
    expect(isSameName("Jane", "jane", { destinationCaseSensitive })).toBe(!destinationCaseSensitive);
  }
});

test("who has no preferred_username leaves none behind", () => {
  const carried = { attributes: { name: "Jane" }, dropped: [] };
  const rules = nameRules({ destinationAliasAttributes: ["preferred_username"] });
  expect(withoutAnothersName(carried, rules, () => false)).toEqual(carried);
});

describe("a preferred_username", () => {
  const BOTH = ["email", "preferred_username"] as const;
  test.each<[string, string, Partial<NameRules>, boolean, boolean]>([
    ["is a name like any other where it is no alias", "boss", { destinationAliasAttributes: ["email"] }, false, true],
    ["is none where users have addresses instead", EMAIL, { destinationUsernameAttributes: ["email"] }, false, true],
    [
      "is none there, and no word about aliases is needed",
      "boss",
      { destinationUsernameAttributes: ["email"], destinationAliasAttributes: undefined },
      false,
      true,
    ],
    ["comes along with who signs in with it", "boss", { destinationAliasAttributes: BOTH }, true, true],
    ["stays behind with anybody else", "boss", { destinationAliasAttributes: BOTH }, false, false],
    ["stays behind where nobody has named aliases", "boss", { destinationAliasAttributes: undefined }, false, false],
    ["stays behind where it could be an address", EMAIL, { destinationAliasAttributes: BOTH }, true, false],
    [
      "comes along where addresses are no names",
      EMAIL,
      { destinationAliasAttributes: ["preferred_username"] },
      true,
      true,
    ],
  ])("%s", (_, preferred_username, over, signsInWith, stays) => {
    const carried = { attributes: { name: "Jane", preferred_username }, dropped: ["zoneinfo", "custom:a"] };
    expect(withoutAnothersName(carried, nameRules(over), () => signsInWith)).toEqual(
      stays ? carried : { attributes: { name: "Jane" }, dropped: ["custom:a", "preferred_username", "zoneinfo"] },
    );
  });
});
