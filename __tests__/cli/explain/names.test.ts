import { filtersFor } from "../../../cli/explain/look-up";
import { nameRows, whatIsTyped, whoSignsIn } from "../../../cli/explain/names";
import type { PoolRules } from "../../../cli/pools/pool-rules";
import { factsOf, found } from "../../support/explain-facts";
import { schema } from "../../support/schema";

const JANE = found("jane", {
  attributes: { email: "jane@example.com", email_verified: "true", phone_number: "+15550100", preferred_username: "j" },
});
const rules = (over: Partial<PoolRules>): PoolRules => factsOf({ rules: over }).rules;

/** name, at the source, to come over, once there, why not. */
type Row = readonly [string, boolean, boolean, boolean, RegExp?];

test.each<[string, Partial<PoolRules>, typeof JANE, typeof JANE | undefined, readonly Row[]]>([
  [
    "usernames on both sides",
    {},
    JANE,
    undefined,
    [
      ["jane", true, true, true],
      ["jane@example.com", false, false, false, /source does not take it/],
      ["+15550100", false, false, false, /source does not take it/],
      ["j", false, false, false, /source does not take it/],
    ],
  ],
  [
    "aliases on both sides",
    {
      sourceAliasAttributes: ["email", "phone_number", "preferred_username"],
      destinationAliasAttributes: ["email", "phone_number", "preferred_username"],
    },
    JANE,
    undefined,
    [
      ["jane", true, true, true],
      ["jane@example.com", true, true, true],
      ["+15550100", false, false, false, /has not verified it as this user's phone_number/],
      ["j", true, true, false, /typed once and then stays behind/],
    ],
  ],
  [
    "aliases at the source, addresses at the destination",
    { sourceAliasAttributes: ["email"], destinationUsernameAttributes: ["email"] },
    JANE,
    undefined,
    [
      ["jane", true, false, false, /sign in with email$/],
      ["jane@example.com", true, true, true],
      ["+15550100", false, false, false, /source does not take it/],
      ["j", false, false, false, /source does not take it/],
    ],
  ],
  [
    "an alias at the destination alone",
    { destinationAliasAttributes: ["email"] },
    JANE,
    undefined,
    [
      ["jane", true, true, true],
      ["jane@example.com", false, false, true, /source does not take it/],
      ["+15550100", false, false, false, /source does not take it/],
      ["j", false, false, false, /source does not take it/],
    ],
  ],
  [
    "capitals, of which only the source has a sense",
    { destinationCaseSensitive: false },
    found("Jane"),
    undefined,
    [["Jane", true, false, true, /in lower case/]],
  ],
  [
    "a number that a pool of numbers has not verified, where it would be an alias",
    { sourceUsernameAttributes: ["phone_number"], destinationAliasAttributes: ["email", "phone_number"] },
    found("u-1", { attributes: { sub: "u-1", phone_number: "+15550100" } }),
    undefined,
    [["+15550100", true, false, false, /^the source has not verified it as this user's phone_number$/]],
  ],
  [
    "an address that a pool of addresses has not verified, where it would be an alias",
    { sourceUsernameAttributes: ["email"], destinationAliasAttributes: ["email"] },
    found("u-1", { attributes: { sub: "u-1", email: "jane@example.com" } }),
    undefined,
    [["jane@example.com", true, false, false, /^the source has not verified it as this user's email$/]],
  ],
  [
    "a number that is required, and not verified",
    {
      sourceAliasAttributes: ["email"],
      destinationUsernameAttributes: ["email", "phone_number"],
      destinationSchema: schema(["email"], { phone_number: { required: true } }),
    },
    found("jane", { attributes: { email: "jane@example.com", email_verified: "true", phone_number: "+15550100" } }),
    undefined,
    [
      ["jane", true, false, false, /sign in with email or phone_number$/],
      ["jane@example.com", true, false, true, /requires phone_number, which the source has not verified/],
      ["+15550100", false, false, false, /^the source has not verified it as this user's phone_number$/],
    ],
  ],
  [
    "what ATTRIBUTE_EXCLUDE leaves behind",
    { sourceAliasAttributes: ["email"], destinationAliasAttributes: ["email"], attributeExclude: new Set(["email"]) },
    found("jane", { attributes: { email: "jane@example.com", email_verified: "true" } }),
    undefined,
    [
      ["jane", true, true, true],
      ["jane@example.com", true, false, false, /^it stays behind, as ATTRIBUTE_EXCLUDE says$/],
    ],
  ],
  [
    "who is there already, under another address",
    { sourceUsernameAttributes: ["email"], destinationUsernameAttributes: ["email"] },
    found("u-1", { attributes: { sub: "u-1", email: "old@example.com" } }),
    found("d-1", { attributes: { email: "new@example.com" } }),
    [
      ["old@example.com", true, true, false, /stays behind/],
      ["new@example.com", false, false, true, /source does not know it/],
    ],
  ],
])("%s", (_, over, person, there, expected) => {
  const rows = nameRows("typed", person, there, rules(over));
  expect(rows.map((row) => [row.name, row.worksAtSource, row.worksAtFirst, row.worksAfterwards])).toEqual(
    expected.map(([name, atSource, first, later]) => [name, atSource, first, later]),
  );
  for (const [at, [, , , , why]] of expected.entries())
    expect(rows[at]?.because).toEqual(why === undefined ? undefined : expect.stringMatching(why));
});

test.each([
  ["jane", "username"],
  ["JANE@example.com", "email, verified"],
  ["+15550100", "phone_number, not verified"],
  ["j", "preferred_username"],
  ["sub-of-jane", "sub"],
  ["jack", ""],
])("%s is her %s", (typed, is) => {
  expect(whatIsTyped(typed, JANE)).toBe(is);
});

test("ListUsers is asked for what a name can be, as typed and in small letters, and no quotation mark ends the value", () => {
  expect(filtersFor("Jane")).toEqual([
    'username = "Jane"',
    'preferred_username = "Jane"',
    'username = "jane"',
    'preferred_username = "jane"',
  ]);
  expect(filtersFor("a@b")).toContain('email = "a@b"');
  expect(filtersFor("+15550100")).toContain('phone_number = "+15550100"');
  expect(filtersFor("0a1b2c3d-0000-4000-8000-000000000001")).toContain('sub = "0a1b2c3d-0000-4000-8000-000000000001"');
  expect(filtersFor('a"b\\')).toEqual(['username = "a\\"b\\\\"', 'preferred_username = "a\\"b\\\\"']);
});

test.each([
  ["jane", [], true, true],
  ["JANE", [], true, false],
  ["JANE", [], false, true],
  ["sub-of-jane", [], true, true],
  ["jane@example.com", [], true, false],
  ["jane@example.com", ["email"], true, true],
  ["+15550100", ["phone_number"], true, false],
] as const)(
  "%s, with the aliases %j and a sense of case %j, signs her in: %j",
  (name, aliases, caseSensitive, does) => {
    const pool = { sourceUsernameAttributes: [], sourceAliasAttributes: aliases, sourceCaseSensitive: caseSensitive };
    expect(whoSignsIn(name, [found("other"), JANE], pool)?.username).toBe(does ? "jane" : undefined);
  },
);
