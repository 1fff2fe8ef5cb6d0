import { differencesBetween, differenceText, hasChanged, notSent } from "../../../cli/user-pool-update/compare";
import type { JsonObject } from "../../../cli/user-pool-update/json";

const differences = (expected: JsonObject, found: JsonObject): string[] =>
  differencesBetween(expected, found).map(differenceText);

describe("after an update", () => {
  test.each<[string, JsonObject, JsonObject]>([
    ["another order of names", { A: 1, B: { C: 1, D: 2 } }, { B: { D: 2, C: 1 }, A: 1 }],
    [
      "another order in a list",
      { AutoVerifiedAttributes: ["email", "phone_number"] },
      { AutoVerifiedAttributes: ["phone_number", "email"] },
    ],
    [
      "a later date and more users",
      { LastModifiedDate: 1, EstimatedNumberOfUsers: 1 },
      { LastModifiedDate: 2, EstimatedNumberOfUsers: 2 },
    ],
    ["nothing instead of empty", { LambdaConfig: {}, CallbackURLs: [] }, {}],
    [
      "the default flows, named",
      { ClientId: "a" },
      { ClientId: "a", ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_CUSTOM_AUTH"] },
    ],
  ])("%s is the same", (_, expected, found) => {
    expect(differences(expected, found)).toEqual([]);
  });

  test.each<[string, JsonObject, JsonObject, string]>([
    [
      "a reset setting",
      { Policies: { PasswordPolicy: { MinimumLength: 12 } } },
      { Policies: { PasswordPolicy: { MinimumLength: 8 } } },
      "Policies.PasswordPolicy.MinimumLength: expected 12, found 8",
    ],
    [
      "a lost setting",
      { SmsConfiguration: { SnsCallerArn: "arn" } },
      {},
      'SmsConfiguration: expected {"SnsCallerArn":"arn"}, found nothing',
    ],
    ["a new setting", {}, { Surprise: true }, "Surprise: expected nothing, found true"],
    [
      "attributes that were defaults and are none now",
      { ClientId: "a" },
      { ClientId: "a", ReadAttributes: [] },
      "ReadAttributes: expected nothing, found []",
    ],
    [
      "a lost flow",
      { ClientId: "a", ExplicitAuthFlows: ["ALLOW_USER_AUTH"] },
      { ClientId: "a" },
      'ExplicitAuthFlows: expected ["ALLOW_USER_AUTH"], found ["ALLOW_CUSTOM_AUTH","ALLOW_REFRESH_TOKEN_AUTH","ALLOW_USER_SRP_AUTH"]',
    ],
  ])("%s is told", (_, expected, found, told) => {
    expect(differences(expected, found)).toEqual([told]);
  });
});

describe("before an update", () => {
  test("any change by somebody else counts, its date too", () => {
    expect(hasChanged({ LastModifiedDate: 1, A: 1 }, { LastModifiedDate: 2, A: 1 })).toBe(true);
    expect(hasChanged({ LastModifiedDate: 1, A: 1 }, { LastModifiedDate: 1, A: 2 })).toBe(true);
  });

  test("another user does not", () => {
    expect(hasChanged({ EstimatedNumberOfUsers: 1, A: 1 }, { A: 1, EstimatedNumberOfUsers: 2 })).toBe(false);
  });
});

test("names what would not be sent, however deep", () => {
  const sent = { LambdaConfig: { PreSignUp: "arn" }, Recovery: [{ Name: "a" }], Days: 7 };
  expect(
    notSent(
      {
        LambdaConfig: { PreSignUp: "arn", PostMigration: "arn" },
        Recovery: [{ Name: "a", New: 1 }],
        Days: 8,
        Gone: {},
      },
      sent,
    ),
  ).toEqual(["LambdaConfig.PostMigration", "Recovery.0.New", "Days", "Gone"]);
  expect(notSent(sent, sent)).toEqual([]);
});
