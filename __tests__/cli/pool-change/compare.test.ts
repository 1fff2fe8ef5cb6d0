import type { JsonObject } from "../../../cli/aws/json";
import { differencesBetween, differenceText, hasChanged, notSent } from "../../../cli/pool-change/compare";

const differences = (expected: JsonObject, found: JsonObject): string[] =>
  differencesBetween(expected, found).map(differenceText);

const TEMPORARY = { PasswordPolicy: { TemporaryPasswordValidityDays: 7 } };

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
    [
      "the default flows of an app client that rotates refresh tokens, named",
      { ClientId: "a", RefreshTokenRotation: { Feature: "ENABLED" } },
      {
        ClientId: "a",
        RefreshTokenRotation: { Feature: "ENABLED" },
        ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_CUSTOM_AUTH"],
      },
    ],
    [
      "an app client's defaults, named",
      { ClientId: "a" },
      {
        ClientId: "a",
        AllowedOAuthFlowsUserPoolClient: false,
        AuthSessionValidity: 3,
        EnablePropagateAdditionalUserContextData: false,
        PreventUserExistenceErrors: "LEGACY",
      },
    ],
    [
      "a user pool's defaults, named",
      { Policies: { PasswordPolicy: { MinimumLength: 8 } } },
      {
        AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
        DeletionProtection: "INACTIVE",
        EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
        MfaConfiguration: "OFF",
        Policies: {
          PasswordPolicy: { MinimumLength: 8 },
          SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
        },
        VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
      },
    ],
    [
      "what was sent and what was not",
      { SmsConfigurationFailure: "SNSSandbox", EmailConfigurationFailure: "a text", Status: "Enabled" },
      {},
    ],
    [
      "the older validity of a temporary password beside the newer",
      { AdminCreateUserConfig: { UnusedAccountValidityDays: 30 }, Policies: TEMPORARY },
      { AdminCreateUserConfig: { UnusedAccountValidityDays: 7 }, Policies: TEMPORARY },
    ],
    [
      "a token trigger by its older name, and by both",
      { LambdaConfig: { PreTokenGeneration: "arn:a" } },
      {
        LambdaConfig: {
          PreTokenGeneration: "arn:a",
          PreTokenGenerationConfig: { LambdaArn: "arn:a", LambdaVersion: "V1_0" },
        },
      },
    ],
    [
      "a token trigger by its newer name, and by both",
      { LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: "arn:a", LambdaVersion: "V2_0" } } },
      {
        LambdaConfig: {
          PreTokenGeneration: "arn:a",
          PreTokenGenerationConfig: { LambdaArn: "arn:a", LambdaVersion: "V2_0" },
        },
      },
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
      "another feature plan than the one that was not told",
      {},
      { UserPoolTier: "ESSENTIALS" },
      'UserPoolTier: expected nothing, found "ESSENTIALS"',
    ],
    [
      "token revocation that comes on",
      { ClientId: "a" },
      { ClientId: "a", EnableTokenRevocation: true },
      "EnableTokenRevocation: expected nothing, found true",
    ],
    [
      "a setting that falls back to what is in force where nothing is told",
      { MfaConfiguration: "ON" },
      {},
      'MfaConfiguration: expected "ON", found "OFF"',
    ],
    [
      "a validity of temporary passwords that is the only one",
      { AdminCreateUserConfig: { UnusedAccountValidityDays: 30 } },
      { AdminCreateUserConfig: { UnusedAccountValidityDays: 7 } },
      "AdminCreateUserConfig.UnusedAccountValidityDays: expected 30, found 7",
    ],
    [
      "a token trigger with another version of its event",
      { LambdaConfig: { PreTokenGeneration: "arn:a" } },
      { LambdaConfig: { PreTokenGenerationConfig: { LambdaArn: "arn:a", LambdaVersion: "V2_0" } } },
      'LambdaConfig.PreTokenGenerationConfig.LambdaVersion: expected "V1_0", found "V2_0"',
    ],
    [
      "a token trigger that is another function",
      { LambdaConfig: { PreTokenGeneration: "arn:a" } },
      { LambdaConfig: { PreTokenGeneration: "arn:b" } },
      'LambdaConfig.PreTokenGenerationConfig.LambdaArn: expected "arn:a", found "arn:b"',
    ],
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

  test.each(["EstimatedNumberOfUsers", "SmsConfigurationFailure", "EmailConfigurationFailure", "Status"])(
    "%s, which changes by itself, does not",
    (name) => {
      expect(hasChanged({ [name]: 1, A: 1 }, { A: 1, [name]: 2 })).toBe(false);
      expect(hasChanged({ [name]: 1, A: 1 }, { A: 1 })).toBe(false);
    },
  );
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
