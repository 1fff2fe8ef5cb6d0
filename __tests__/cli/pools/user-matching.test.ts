import fc from "fast-check";
import { arrivalOf } from "../../../cli/pools/arrival";
import { KeyIndex } from "../../../cli/pools/key-index";
import { NameClaims } from "../../../cli/pools/name-claims";
import type { PoolRules } from "../../../cli/pools/pool-rules";
import { knownUser, matchOf, rememberDestinationUser } from "../../../cli/pools/user-matching";
import type { NamedUser } from "../../../rules/names";
import { nameAtDestination, provenAttributes } from "../../../rules/own-name";
import { nameRules } from "../../support/name-rules";
import { schema } from "../../support/schema";

const SUB = "0a1b2c3d-0000-4000-8000-000000000001";
const OTHER_SUB = "0a1b2c3d-0000-4000-8000-000000000002";

const rulesWith = (over: Partial<PoolRules> = {}): PoolRules => ({
  ...nameRules(),
  sourceAliasAttributes: [],
  sourceCaseSensitive: true,
  destinationAliasAttributes: [],
  destinationSchema: schema(["email", "phone_number", "preferred_username"]),
  attributeMap: new Map(),
  attributeExclude: new Set(),
  subAttribute: undefined,
  ...over,
});
const user = (username: string, attributes: Record<string, string> = {}): NamedUser => ({ username, attributes });

function match(source: NamedUser, destination: readonly NamedUser[], rules: PoolRules): string {
  const index = new KeyIndex();
  for (const [at, one] of destination.entries()) rememberDestinationUser(index, one, rules, at);
  return matchOf(index, source, rules, undefined).kind;
}

describe("by the name that users of the destination sign in with", () => {
  const source = user("anna", { sub: SUB, email: "anna@example.com", email_verified: "true" });

  test("the username", () => {
    expect(match(source, [user("anna")], rulesWith())).toBe("migrated");
    expect(match(source, [user("bert", { email: "anna@example.com" })], rulesWith())).toBe("remaining");
  });

  test("the e-mail address, where it stands instead of a username", () => {
    const rules = rulesWith({ destinationUsernameAttributes: ["email"] });
    expect(match(source, [user("some-sub", { email: "anna@example.com", email_verified: "true" })], rules)).toBe(
      "migrated",
    );
    expect(match(source, [user("anna")], rules)).toBe("remaining");
  });

  test("whatever its letters' case, where the pool does not tell case", () => {
    expect(match(source, [user("ANNA")], rulesWith())).toBe("remaining");
    expect(match(source, [user("ANNA")], rulesWith({ destinationCaseSensitive: false }))).toBe("migrated");
    expect(match(user("ärzte"), [user("ÄRZTE")], rulesWith({ destinationCaseSensitive: false }))).toBe("remaining");
  });

  test("the address of a source without usernames", () => {
    const nameless = user(SUB, { sub: SUB, email: "anna@example.com" });
    const bySource = { sourceUsernameAttributes: ["email"] } as const;
    const there = user("x", { email: "anna@example.com" });
    expect(match(nameless, [user("anna@example.com")], rulesWith(bySource))).toBe("migrated");
    const rules = rulesWith({ ...bySource, destinationUsernameAttributes: ["email"] });
    expect(match(nameless, [there], rules)).toBe("migrated");
    // At a source of phone numbers an address is what anybody writes.
    expect(match(nameless, [there], { ...rules, sourceUsernameAttributes: ["phone_number"] })).toBe("name_taken");
  });

  test("an address that nobody has verified is no proof, but the name is taken", () => {
    const claims = user("mallory", { sub: SUB, email: "anna@example.com", email_verified: "false" });
    const rules = rulesWith({ destinationUsernameAttributes: ["email"] });
    expect(match(claims, [user("x", { email: "anna@example.com" })], rules)).toBe("name_taken");
    expect(match(claims, [], rules)).toBe("remaining");
    // It is in nobody's way who has a name of the own.
    const proven = user("mallory", {
      ...claims.attributes,
      phone_number: "+15555550100",
      phone_number_verified: "true",
    });
    const both = rulesWith({ destinationUsernameAttributes: ["email", "phone_number"] });
    expect(match(proven, [user("x", { email: "anna@example.com" })], both)).toBe("remaining");
  });
});

describe("by the sub that came along", () => {
  const rules = rulesWith({ subAttribute: "custom:source_sub" });
  const source = user("anna", { sub: SUB });

  test("also when the name has changed since", () => {
    expect(match(source, [user("anna-new", { "custom:source_sub": SUB })], rules)).toBe("migrated");
  });

  test("it is stronger than the name: the same name with another sub is another person", () => {
    expect(match(source, [user("anna", { "custom:source_sub": OTHER_SUB })], rules)).toBe("name_taken");
  });

  test("users who came before it was carried, or signed up there, are known by name", () => {
    expect(match(source, [user("anna")], rules)).toBe("migrated");
  });

  test("it counts only where ATTRIBUTE_MAP carries it", () => {
    expect(match(source, [user("bert", { "custom:source_sub": SUB })], rulesWith())).toBe("remaining");
  });
});

test("of two users of the destination who are the same person, the smaller number stays", () => {
  const index = new KeyIndex();
  const rules = rulesWith({ subAttribute: "custom:source_sub" });
  for (const [name, day] of [
    ["anna", 20],
    ["anna-new", 10],
    ["anna-newer", 30],
  ] as const)
    rememberDestinationUser(index, user(name, { "custom:source_sub": SUB }), rules, day);
  expect(matchOf(index, user("anna", { sub: SUB }), rules, undefined)).toEqual({ kind: "migrated", value: 10 });
});

test("whoever the handler carries over is found, under every configuration of the destination", () => {
  const NAMES = ["anna", "Anna", "anna@example.com", "Anna@Example.com", "+15555550100", SUB];
  const aliases = fc.subarray(["email", "phone_number", "preferred_username"] as const);
  const flag = fc.constantFrom("true", "false");
  const attributes = fc.record(
    {
      sub: fc.constant(SUB),
      email: fc.constantFrom("anna@example.com", "Anna@Example.com"),
      email_verified: flag,
      phone_number: fc.constant("+15555550100"),
      phone_number_verified: flag,
      preferred_username: fc.constantFrom("anna", "nickname"),
    },
    { requiredKeys: ["sub"] },
  );
  let carriedOver = 0;
  fc.assert(
    fc.property(
      fc.constantFrom(...NAMES, "nickname"),
      fc.constantFrom(...NAMES),
      attributes,
      fc.subarray(["email", "phone_number"] as const),
      aliases,
      fc.boolean(),
      (typed, username, has, usernameAttributes, aliasAttributes, caseSensitive) => {
        const source = user(username, has);
        const rules = rulesWith({
          sourceUsernameAttributes: username === SUB ? ["email", "phone_number"] : [],
          destinationUsernameAttributes: usernameAttributes,
          destinationAliasAttributes: aliasAttributes,
          destinationCaseSensitive: caseSensitive,
        });
        const named = nameAtDestination(typed, source, provenAttributes(has, source, rules, typed).attributes, rules);
        if (named === undefined) return;
        carriedOver += 1;
        const { username: told, ...added } = named;
        // With username attributes Cognito invents a username; else it is what the handler said, or what was typed.
        const made = user(usernameAttributes.length > 0 ? "invented" : (told ?? typed), { ...has, ...added });
        expect(match(source, [made], rules)).toBe("migrated");
      },
    ),
    { numRuns: 3000 },
  );
  expect(carriedOver).toBeGreaterThan(100);
});

test("whoever has the name without what the migration would have brought is another", () => {
  const rules = rulesWith({ destinationUsernameAttributes: ["email"] });
  const verified = { email: "anna@example.com", email_verified: "true" };
  const anna = user("anna", { sub: SUB, ...verified });
  const stranger = user("x", { ...verified, email_verified: "false" });
  expect(match(anna, [user("x", verified)], rules)).toBe("migrated");
  expect(match(anna, [stranger], rules)).toBe("name_taken");
  expect(match(anna, [{ ...user("x", verified), status: "UNCONFIRMED" } as NamedUser], rules)).toBe("name_taken");
  const bySource = { ...rules, sourceUsernameAttributes: ["email"] } as const;
  expect(match(user(SUB, { sub: SUB, email: "anna@example.com" }), [stranger], bySource)).toBe("migrated");
});

test("a name to which several have a right tells nothing, unless the sub tells", () => {
  const rules = rulesWith({ destinationUsernameAttributes: ["email"] });
  const office = { email: "office@example.com", email_verified: "true" };
  const [anna, bert] = [user("anna", { sub: SUB, ...office }), user("bert", { sub: OTHER_SUB, ...office })];
  const claims = new NameClaims(0, true);
  for (const one of [anna, bert]) claims.add(one, arrivalOf(one, rules).createdUnder);
  const index = new KeyIndex();
  rememberDestinationUser(index, user("x", office), rules, 0);
  for (const one of [anna, bert]) expect(matchOf(index, one, rules, claims).kind).toBe("name_taken");
});

test("a user of ListUsers becomes a name and a record of attributes", () => {
  expect(knownUser({ Username: "anna", Attributes: [{ Name: "email", Value: "anna@example.com" }] })).toEqual(
    user("anna", { email: "anna@example.com" }),
  );
});
