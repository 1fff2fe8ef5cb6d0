import { addressAttribute, foldedName, isSameName, isTrue, type NameRules } from "../../rules/names";
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

test.each([
  [true, ["true", "True", "TRUE"]],
  [false, ["false", "False", "", "1", "yes", " true", "truely", undefined]],
])("a flag is %s in every spelling of it: %j", (expected, spellings) => {
  for (const spelling of spellings) expect([spelling, isTrue(spelling)]).toEqual([spelling, expected]);
});
