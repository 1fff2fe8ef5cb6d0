import { hasStatementsOf, isSamePolicy } from "../../rules/policy-comparison";

const statement = {
  Effect: "Allow",
  Principal: { AWS: "arn:aws:iam::222222222222:root" },
  Action: ["a:One", "a:Two"],
  Condition: { StringEquals: { "sts:ExternalId": "x" }, ArnEquals: { "aws:PrincipalArn": "y" } },
};
const other = { ...statement, Action: "b:Three" };
const policy = (...Statement: unknown[]) => ({ Version: "2012-10-17", Statement });

test.each<[string, unknown]>([
  ["members in another order", policy(Object.fromEntries(Object.entries(statement).reverse()))],
  ["actions in another order", policy({ ...statement, Action: ["a:Two", "a:One"] })],
  ["a list of one", policy({ ...statement, Principal: { AWS: ["arn:aws:iam::222222222222:root"] } })],
  ["one statement without a list", { Version: "2012-10-17", Statement: statement }],
  ["a name for the statement and the policy", { ...policy({ ...statement, Sid: "x" }), Id: "default" }],
  [
    "condition keys in another case",
    policy({
      ...statement,
      Condition: { ArnEquals: { "AWS:PrincipalARN": "y" }, StringEquals: { "STS:externalid": ["x"] } },
    }),
  ],
])("%s makes no difference", (_, other) => {
  expect(isSamePolicy(other, policy(statement))).toBe(true);
});

test.each<[string, unknown]>([
  [
    "another value",
    policy({ ...statement, Condition: { ...statement.Condition, StringEquals: { "sts:ExternalId": "X" } } }),
  ],
  [
    "another operator",
    policy({
      ...statement,
      Condition: { ArnLike: statement.Condition.ArnEquals, StringEquals: { "sts:ExternalId": "x" } },
    }),
  ],
  ["no condition", policy({ ...statement, Condition: undefined })],
  ["one condition less", policy({ ...statement, Condition: { ArnEquals: statement.Condition.ArnEquals } })],
  ["one value more", policy({ ...statement, Principal: { AWS: ["arn:aws:iam::222222222222:root", "*"] } })],
  ["everybody", policy({ ...statement, Principal: "*" })],
  ["NotAction", policy({ ...statement, NotAction: "a:Three" })],
  ["Deny", policy({ ...statement, Effect: "Deny" })],
  ["a second statement", policy(statement, { ...statement, Action: "a:Three" })],
  ["no statement", policy()],
  ["another language version", { ...policy(statement), Version: "2008-10-17" }],
  ["no document", undefined],
])("%s is another policy", (_, other) => {
  expect(isSamePolicy(other, policy(statement))).toBe(false);
});

test.each([
  ["two", [statement, other]],
  ["three", [statement, other, { Effect: "Deny", Action: "*" }]],
])("%s statements in another order make no difference", (_, statements) => {
  expect(isSamePolicy(policy(...statements), policy(...[...statements].reverse()))).toBe(true);
  expect(isSamePolicy(policy(...[...statements].reverse()), policy(...statements))).toBe(true);
});

test.each<[string, unknown, unknown]>([
  ["one statement fewer", policy(statement), policy(statement, other)],
  ["one statement twice", policy(statement, statement), policy(statement, other)],
  ["a statement that is none", policy("Allow"), policy({})],
  ["another text for a statement", policy("Allow"), policy("Deny")],
  ["null for a statement", policy(null), policy({})],
  ["no statement", {}, policy(statement)],
  ["a text for conditions", policy({ ...statement, Condition: "x" }), policy({ ...statement, Condition: "y" })],
  [
    "a text for an operator's keys",
    policy({ ...statement, Condition: { StringEquals: "x" } }),
    policy({ ...statement, Condition: { StringEquals: "y" } }),
  ],
])("%s is another policy", (_, one, another) => {
  expect(isSamePolicy(one, another)).toBe(false);
  expect(isSamePolicy(another, one)).toBe(false);
});

describe("a policy has every statement of another", () => {
  const more = { ...statement, Action: "a:Three", Sid: "more" };
  const renamed = { ...statement, Sid: "by another name", Action: ["a:Two", "a:One"] };

  test.each<[string, unknown, unknown]>([
    ["the same", policy(statement), policy(statement)],
    ["more than the other", policy(more, renamed), policy(statement)],
    ["one that is not in a list", { Statement: statement }, policy(statement)],
    ["anything, where the other has none", policy(statement), policy()],
  ])("%s", (_, document, other) => {
    expect(hasStatementsOf(document, other)).toBe(true);
  });

  test.each<[string, unknown, unknown]>([
    ["not the one", policy(more), policy(statement)],
    ["only one of two", policy(statement), policy(statement, more)],
    ["one that denies beside it", policy(statement, { ...more, Effect: "Deny" }), policy(statement)],
    ["one without an effect beside it", policy(statement, { ...more, Effect: undefined }), policy(statement)],
    ["one that is no statement beside it", { Statement: [statement, "Allow"] }, policy(statement)],
    ["none", policy(), policy(statement)],
    ["none, not being a policy", undefined, policy(statement)],
    ["none, without a list", {}, policy(statement)],
  ])("no: it has %s", (_, document, other) => {
    expect(hasStatementsOf(document, other)).toBe(false);
  });
});
