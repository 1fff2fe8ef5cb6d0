import type { AliasAttributeType, UserType } from "@aws-sdk/client-cognito-identity-provider";
import { addClaims, rememberAliases, UserComparer } from "../../../cli/import/compare-users";
import type { ExportedUser } from "../../../cli/import/export-files";
import { rowRules } from "../../../cli/import/user-row";
import { KeyIndex } from "../../../cli/pools/key-index";
import { NameClaims } from "../../../cli/pools/name-claims";
import { knownUser, rememberDestinationUser } from "../../../cli/pools/user-matching";

const user = (username: string, sub: string, more: Partial<UserType> = {}): UserType => ({
  Username: username,
  Enabled: true,
  UserStatus: "CONFIRMED",
  Attributes: Object.entries({ sub, email: `${username}@example.com`, email_verified: "true" }).map(
    ([Name, Value]) => ({
      Name,
      Value,
    }),
  ),
  ...more,
});

function sort(
  source: readonly UserType[],
  {
    destination = [],
    caseSensitive = true,
    aliases = [],
  }: { destination?: readonly UserType[]; caseSensitive?: boolean; aliases?: AliasAttributeType[] } = {},
) {
  const pool = { AutoVerifiedAttributes: ["email" as const], AliasAttributes: aliases };
  const rules = rowRules(
    { AliasAttributes: aliases },
    { ...pool, UsernameConfiguration: { CaseSensitive: caseSensitive } },
    ["email", "email_verified", "phone_number", "phone_number_verified", "preferred_username", "cognito:username"],
    { attributeMap: new Map([["sub", "custom:source_sub"]]), attributeExclude: new Set() },
  );
  const index = new KeyIndex();
  for (const one of destination) {
    rememberDestinationUser(index, knownUser(one), rules, 0);
    rememberAliases(index, knownUser(one), rules);
  }
  const claims = new NameClaims(0, caseSensitive);
  for (const one of source) addClaims(claims, one, rules);
  const rows: ExportedUser[] = [];
  const left: string[] = [];
  const comparer = new UserComparer(index, claims, rules, {
    row: (one) => rows.push(one),
    leftOut: (username, { reason, detail }) => left.push([username, reason, detail].filter(Boolean).join(" ")),
  });
  for (const one of source) comparer.sort(one);
  return { imported: rows.map(({ username }) => username), left, counts: comparer.counts };
}

const carrying = (username: string, sourceSub: string): UserType => ({
  ...user(username, "new"),
  Attributes: [{ Name: "custom:source_sub", Value: sourceSub }],
});

test("imports who is not at the destination, and says nothing of who is", () => {
  const { imported, left, counts } = sort([user("alice", "1"), user("bob", "2")], {
    destination: [carrying("alice", "1")],
  });
  expect({ imported, left }).toEqual({ imported: ["bob"], left: [] });
  expect(counts).toMatchObject({ source: 2, alreadyThere: 1, toImport: 1, leftOut: {} });
});

test("never takes a name from somebody who is another", () => {
  const { imported, left } = sort([user("alice", "1")], { destination: [carrying("alice", "another")] });
  expect({ imported, left }).toEqual({ imported: [], left: ["alice name_taken"] });
});

test("of two users whose names become one, neither is imported and both are reported", () => {
  const two = [user("Alice", "1"), user("alice", "2")];
  expect(sort(two, { caseSensitive: false })).toMatchObject({
    imported: [],
    left: ["Alice same_name", "alice same_name"],
  });
  expect(sort(two)).toMatchObject({ imported: ["Alice", "alice"], left: [] });
  // As the handler does, which folds A to Z alone.
  const others = [user("Ärzte", "1"), user("ärzte", "2")];
  expect(sort(others, { caseSensitive: false })).toMatchObject({ imported: ["Ärzte", "ärzte"], left: [] });
});

test("a user whom ListUsers tells of twice is one user", () => {
  const { imported, left, counts } = sort([user("alice", "1"), user("alice", "1")]);
  expect({ imported, left }).toEqual({ imported: ["alice"], left: [] });
  expect(counts).toMatchObject({ source: 1, toImport: 1 });
});

test("nor is one who has changed the name in between", () => {
  const { imported, counts } = sort([user("alice", "1"), user("alicia", "1")]);
  expect({ imported, source: counts.source }).toEqual({ imported: ["alice"], source: 1 });
});

test("counts the users who are left out by reason, and those who leave an attribute behind", () => {
  const { counts } = sort([
    user("alice", "1", { Enabled: false }),
    user("bob", "2", { UserStatus: "UNCONFIRMED" }),
    user("carol", "3", { UserStatus: "UNCONFIRMED" }),
    user("dave", "4"),
  ]);
  expect(counts).toEqual({
    source: 4,
    alreadyThere: 0,
    toImport: 1,
    renamed: 0,
    leftOut: { disabled: 1, unconfirmed: 2 },
    dropped: { sub: 1 },
  });
});

describe("an alias", () => {
  const having = (username: string, sub: string, attributes: Record<string, string>): UserType => ({
    ...user(username, sub),
    Attributes: Object.entries({ sub, email: `${username}@example.com`, email_verified: "true", ...attributes }).map(
      ([Name, Value]) => ({ Name, Value }),
    ),
  });
  const aliases: AliasAttributeType[] = ["email", "phone_number", "preferred_username"];
  const JANE = { email: "jane@example.com", email_verified: "true" };
  const PHONE = { phone_number: "+15555550100", phone_number_verified: "true" };

  test.each<[string, Record<string, string>, Record<string, string>]>([
    ["address", JANE, JANE],
    ["number", PHONE, PHONE],
    ["username that is their preferred name", {}, { preferred_username: "jane" }],
  ])("is not taken from somebody at the destination: a %s", (_, source, destination) => {
    const { imported, left, counts } = sort([having("jane", "1", source)], {
      aliases,
      destination: [having("jane2", "2", destination)],
    });
    expect({ imported, left }).toEqual({ imported: [], left: ["jane alias_taken"] });
    expect(counts).toMatchObject({ toImport: 0, leftOut: { alias_taken: 1 } });
  });

  test.each<[string, Record<string, string>, Record<string, string>, AliasAttributeType[]]>([
    ["an address that nobody there has verified", JANE, { ...JANE, email_verified: "false" }, aliases],
    ["a number that the user has not verified", { ...PHONE, phone_number_verified: "false" }, PHONE, aliases],
    ["an address that is no alias", JANE, JANE, ["phone_number"]],
    [
      "a preferred name that nobody has signed in with",
      { preferred_username: "boss" },
      { preferred_username: "boss" },
      aliases,
    ],
    ["a preferred name that is another's username", { preferred_username: "jane2" }, {}, aliases],
    ["another address", JANE, { email: "jane2@example.com" }, aliases],
  ])("is in nobody's way: %s", (_, source, destination, aliasAttributes) => {
    const { imported } = sort([having("jane", "1", source)], {
      aliases: aliasAttributes,
      destination: [having("jane2", "2", destination)],
    });
    expect(imported).toEqual(["jane"]);
  });

  test("to which two users of the source have an equal right is nobody's, and both are reported", () => {
    const three = [having("jane", "1", JANE), having("jane2", "2", JANE), having("bob", "3", {})];
    expect(sort(three, { aliases })).toMatchObject({
      imported: ["bob"],
      left: ["jane same_alias email", "jane2 same_alias email"],
      counts: { leftOut: { same_alias: 2 } },
    });
    expect(sort(three)).toMatchObject({ imported: ["jane", "jane2", "bob"] });
  });

  test("is the verified one's, whoever is told of first", () => {
    const claim = having("mallory", "1", { ...JANE, email_verified: "false", ...PHONE });
    const owner = having("jane", "2", JANE);
    for (const two of [
      [claim, owner],
      [owner, claim],
    ])
      expect(sort(two, { aliases }).imported).toContain("jane");
  });

  test("counts although its user is left out: that user may come over later", () => {
    const two = [having("jane", "1", { ...JANE, ...PHONE }), having("j2", "2", JANE), having("j3", "3", PHONE)];
    const destination = [having("x", "4", JANE)];
    expect(sort(two, { aliases, destination })).toMatchObject({
      imported: [],
      left: ["jane alias_taken", "j2 alias_taken", "j3 same_alias phone_number"],
    });
  });

  test("tells no case where the pool tells none", () => {
    const two = [having("jane", "1", JANE), having("j2", "2", { ...JANE, email: "JANE@example.com" })];
    expect(sort(two, { aliases, caseSensitive: false })).toMatchObject({
      left: ["jane same_alias email", "j2 same_alias email"],
    });
    expect(sort(two, { aliases })).toMatchObject({ left: [] });
  });

  test("of a user whom ListUsers tells of twice is one user's", () => {
    const one = having("jane", "1", { ...JANE, preferred_username: "jane" });
    expect(sort([one, one], { aliases })).toMatchObject({ imported: ["jane"], left: [], counts: { source: 1 } });
  });
});
