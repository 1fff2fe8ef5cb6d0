import type { UserType } from "@aws-sdk/client-cognito-identity-provider";
import { addClaims, UserComparer } from "../../../cli/import/compare-users";
import { rowRules } from "../../../cli/import/user-row";
import * as arrival from "../../../cli/pools/arrival";
import { KeyIndex } from "../../../cli/pools/key-index";
import { NameClaims } from "../../../cli/pools/name-claims";

jest.mock("../../../cli/pools/arrival", () => {
  const actual = jest.requireActual<typeof arrival>("../../../cli/pools/arrival");
  return { ...actual, arrivalOf: jest.fn(actual.arrivalOf) };
});

const USERS: readonly UserType[] = ["ann", "ben", "cem"].map((Username) => ({
  Username,
  Enabled: Username !== "cem",
  UserStatus: "CONFIRMED",
  Attributes: [
    { Name: "sub", Value: `sub-${Username}` },
    { Name: "email", Value: `${Username}@example.com` },
    { Name: "email_verified", Value: "true" },
  ],
}));

test("what becomes of a user's names is worked out once for each time that the user is read", () => {
  const rules = rowRules({}, { AutoVerifiedAttributes: ["email"] }, ["cognito:username", "email", "email_verified"], {
    attributeMap: new Map(),
    attributeExclude: new Set(),
  });
  const claims = new NameClaims(0, true);
  for (const user of USERS) addClaims(claims, user, rules);
  const rows: string[] = [];
  const comparer = new UserComparer(new KeyIndex(), claims, rules, {
    row: ({ username }) => rows.push(username),
    leftOut: () => undefined,
  });
  for (const user of USERS) comparer.sort(user);
  expect(rows).toEqual(["ann", "ben"]);
  expect(jest.mocked(arrival.arrivalOf).mock.calls.map(([{ username }]) => username)).toEqual([
    ...["ann", "ben", "cem"],
    ...["ann", "ben", "cem"],
  ]);
});
