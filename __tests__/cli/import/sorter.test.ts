import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import type { ExportedUser } from "../../../cli/import/export-files";
import { Sorter } from "../../../cli/import/survey";
import { rowRules } from "../../../cli/import/user-row";
import { KeyIndex } from "../../../cli/key-index";
import { knownUser, type MatchingRules, rememberDestinationUser } from "../../../cli/user-matching";

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
  { destination = [], caseSensitive = true }: { destination?: readonly UserType[]; caseSensitive?: boolean } = {},
) {
  const matching: MatchingRules = {
    usernameAttributes: [],
    aliasAttributes: [],
    caseSensitive,
    subAttribute: "custom:source_sub",
  };
  const index = new KeyIndex();
  for (const one of destination) rememberDestinationUser(index, knownUser(one), matching, 0);
  const rules = rowRules({}, { AutoVerifiedAttributes: ["email"] }, ["email", "email_verified", "cognito:username"], {
    attributeMap: new Map([["sub", "custom:source_sub"]]),
    attributeExclude: new Set(),
  });
  const rows: ExportedUser[] = [];
  const left: string[] = [];
  const sorter = new Sorter(index, matching, rules, {
    row: (one) => rows.push(one),
    leftOut: (username, { reason }) => left.push(`${username} ${reason}`),
  });
  for (const one of source) sorter.sort(one);
  return { imported: rows.map(({ username }) => username), left, counts: sorter.counts() };
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

test("of two users whose names become one, one is imported and the other is reported", () => {
  const two = [user("Alice", "1"), user("alice", "2")];
  expect(sort(two, { caseSensitive: false })).toMatchObject({ imported: ["Alice"], left: ["alice same_name"] });
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
    leftOut: { disabled: 1, unconfirmed: 2 },
    dropped: { sub: 1 },
  });
});
