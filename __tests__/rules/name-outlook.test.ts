import { isHopeless, outlookOf } from "../../rules/name-outlook";
import type { Attributes } from "../../rules/names";
import type { FateRules } from "../../rules/source-names";
import { fateRules } from "../support/fate-rules";
import { schema } from "../support/schema";

const NO_SUB = ({ sub: _, ...attributes }: Attributes): Attributes => attributes;

/** Each name of the source with its condition; `later` those that come to be names. */
function outlook(over: Partial<FateRules>, carry = NO_SUB) {
  const { names, later } = outlookOf(fateRules(over), carry);
  const said = names.map(({ kind, condition = "stops", addresses }) => [
    kind,
    kind === "username" && addresses.length > 0 ? `${condition} ${addresses.join("/")}` : condition,
  ]);
  return { ...Object.fromEntries(said), ...(later.length > 0 ? { later } : {}) };
}

const USERNAMES = {};
const EVERY_ALIAS = ["email", "phone_number", "preferred_username"] as const;
const ALIASES = { sourceAliasAttributes: EVERY_ALIAS };
const from = (...sourceUsernameAttributes: ("email" | "phone_number")[]) => ({ sourceUsernameAttributes });
const to = (...destinationUsernameAttributes: ("email" | "phone_number")[]) => ({ destinationUsernameAttributes });
const withAlias = (...destinationAliasAttributes: FateRules["sourceAliasAttributes"]) => ({
  destinationAliasAttributes,
});

/** Every pair of kinds, and the destinations with one alias alone: written down by hand. */
test.each<[string, Partial<FateRules>, object]>([
  ["usernames to usernames", USERNAMES, { username: "always" }],
  [
    "usernames to every alias",
    withAlias(...EVERY_ALIAS),
    { username: "no_others_address email/phone_number", later: ["email", "phone_number"] },
  ],
  ["usernames to the alias email", withAlias("email"), { username: "no_others_address email", later: ["email"] }],
  [
    "usernames to the alias phone_number",
    withAlias("phone_number"),
    { username: "no_others_address phone_number", later: ["phone_number"] },
  ],
  ["usernames to the alias preferred_username", withAlias("preferred_username"), { username: "always" }],
  ["usernames to email", to("email"), { username: "own_address email", later: ["email"] }],
  ["usernames to phone_number", to("phone_number"), { username: "own_address phone_number", later: ["phone_number"] }],
  [
    "usernames to both",
    to("email", "phone_number"),
    { username: "own_address email/phone_number", later: ["email", "phone_number"] },
  ],
  [
    "aliases to usernames",
    ALIASES,
    { username: "always", email: "stops", phone_number: "stops", preferred_username: "stops" },
  ],
  [
    "aliases to aliases",
    { ...ALIASES, ...withAlias(...EVERY_ALIAS) },
    {
      username: "no_others_address email/phone_number",
      email: "always",
      phone_number: "always",
      preferred_username: "typed_first",
    },
  ],
  [
    "aliases to the alias preferred_username",
    { ...ALIASES, ...withAlias("preferred_username") },
    { username: "always", email: "stops", phone_number: "stops", preferred_username: "typed_first" },
  ],
  [
    "aliases to email",
    { ...ALIASES, ...to("email") },
    { username: "own_address email", email: "always", phone_number: "stops", preferred_username: "stops" },
  ],
  [
    "aliases to both",
    { ...ALIASES, ...to("email", "phone_number") },
    {
      username: "own_address email/phone_number",
      email: "always",
      phone_number: "always",
      preferred_username: "stops",
    },
  ],
  ["email to usernames", from("email"), { email: "always" }],
  [
    "email to every alias",
    { ...from("email"), ...withAlias(...EVERY_ALIAS) },
    { email: "verified", later: ["phone_number"] },
  ],
  ["email to the alias email", { ...from("email"), ...withAlias("email") }, { email: "verified" }],
  [
    "email to the alias phone_number",
    { ...from("email"), ...withAlias("phone_number") },
    { email: "always", later: ["phone_number"] },
  ],
  [
    "email to the alias preferred_username",
    { ...from("email"), ...withAlias("preferred_username") },
    { email: "always" },
  ],
  ["email to email", { ...from("email"), ...to("email") }, { email: "always" }],
  ["email to phone_number", { ...from("email"), ...to("phone_number") }, { email: "stops", later: ["phone_number"] }],
  ["email to both", { ...from("email"), ...to("email", "phone_number") }, { email: "always", later: ["phone_number"] }],
  ["phone_number to usernames", from("phone_number"), { phone_number: "always" }],
  [
    "phone_number to the alias email",
    { ...from("phone_number"), ...withAlias("email") },
    { phone_number: "always", later: ["email"] },
  ],
  ["phone_number to email", { ...from("phone_number"), ...to("email") }, { phone_number: "stops", later: ["email"] }],
  ["both to usernames", from("email", "phone_number"), { email: "always", phone_number: "alone" }],
  [
    "both to every alias",
    { ...from("email", "phone_number"), ...withAlias(...EVERY_ALIAS) },
    { email: "verified", phone_number: "verified" },
  ],
  [
    "both to the alias email",
    { ...from("email", "phone_number"), ...withAlias("email") },
    { email: "verified", phone_number: "always" },
  ],
  [
    "both to the alias preferred_username",
    { ...from("email", "phone_number"), ...withAlias("preferred_username") },
    { email: "always", phone_number: "alone" },
  ],
  ["both to email", { ...from("email", "phone_number"), ...to("email") }, { email: "always", phone_number: "stops" }],
  [
    "both to phone_number",
    { ...from("email", "phone_number"), ...to("phone_number") },
    { email: "stops", phone_number: "always" },
  ],
  [
    "both to both",
    { ...from("email", "phone_number"), ...to("email", "phone_number") },
    { email: "always", phone_number: "always" },
  ],
])("%s", (_, over, expected) => expect(outlook(over)).toEqual(expected));

describe("an attribute that stays behind", () => {
  const withoutEmail = ({ sub: _, email: __, email_verified: ___, ...attributes }: Attributes): Attributes =>
    attributes;

  test("is no name of the destination's", () => {
    expect(outlook({ ...ALIASES, ...withAlias("email") }, withoutEmail)).toMatchObject({
      username: "no_address email",
      email: "stops",
    });
  });

  test("leaves no way where it would be the only name", () => {
    const pools = { ...from("email"), ...to("email") };
    expect(isHopeless(outlookOf(fateRules(pools), withoutEmail))).toBe(true);
    expect(isHopeless(outlookOf(fateRules(pools), NO_SUB))).toBe(false);
  });
});

test("a pool without letters' case makes no name of no use", () => {
  expect(outlook({ ...from("email"), destinationCaseSensitive: false })).toEqual({ email: "always" });
});

test("a condition of a name says which addresses it is about", () => {
  const about = (over: Partial<FateRules>) =>
    Object.fromEntries(outlookOf(fateRules(over), NO_SUB).names.map(({ kind, addresses }) => [kind, addresses]));
  expect(about({ ...ALIASES, ...withAlias(...EVERY_ALIAS) })).toEqual({
    username: ["email", "phone_number"],
    email: ["email"],
    phone_number: ["phone_number"],
    preferred_username: [],
  });
  expect(about({ ...ALIASES, ...to("phone_number") })).toMatchObject({ username: ["phone_number"] });
  expect(about(ALIASES)).toMatchObject({ username: [] });
});

test("a way for one name is no reason to give up, whatever stops", () => {
  const pools = { ...ALIASES, ...to("email") };
  expect(outlook(pools)).toMatchObject({ email: "always", phone_number: "stops" });
  expect(isHopeless(outlookOf(fateRules(pools), NO_SUB))).toBe(false);
});

describe("an address that the destination requires", () => {
  const ADDRESSES = ["email", "email_verified", "phone_number", "phone_number_verified"];
  const required = (...names: readonly ("email" | "phone_number")[]) => ({
    destinationSchema: schema(ADDRESSES, Object.fromEntries(names.map((name) => [name, { required: true }]))),
  });

  test.each<[string, Partial<FateRules>, readonly string[]]>([
    ["must be verified to be a name", { ...to("email"), ...required("email") }, ["email"]],
    [
      "must be verified, each of two",
      { ...to("email", "phone_number"), ...required("email", "phone_number") },
      ["email", "phone_number"],
    ],
    [
      "is the one of two that must be verified",
      { ...to("email", "phone_number"), ...required("phone_number") },
      ["phone_number"],
    ],
    ["is proven where the source signs in with it", { ...from("email"), ...to("email"), ...required("email") }, []],
    ["travels unverified where it is no name", required("email", "phone_number"), []],
    ["travels unverified where it is an alias", { ...withAlias("email"), ...required("email") }, []],
    ["and another, which is no name", { ...to("email"), ...required("phone_number") }, []],
    ["is none", { ...to("email", "phone_number"), ...required() }, []],
    ["is not in the schema", { ...to("email"), destinationSchema: new Map() }, []],
  ])("%s", (_, over, expected) => expect(outlookOf(fateRules(over), NO_SUB).requiredProof).toEqual(expected));
});
