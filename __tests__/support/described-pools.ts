import type { SchemaAttributeType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";

/** As the AWS CLI prints a user pool that the console made, with these members over it; one that is undefined is not printed. */
export function describedPool(
  { account = "333333333333", id }: { readonly account?: string; readonly id: string },
  over: Partial<UserPoolType> = {},
): object {
  const region = id.split("_")[0] ?? "";
  const partition = region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
  return {
    UserPool: {
      Id: id,
      Name: "customers",
      Arn: `arn:${partition}:cognito-idp:${region}:${account}:userpool/${id}`,
      Policies: {
        PasswordPolicy: {
          MinimumLength: 8,
          RequireUppercase: true,
          RequireLowercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 7,
        },
        SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] },
      },
      DeletionProtection: "ACTIVE",
      LambdaConfig: {},
      LastModifiedDate: "2025-03-01T10:00:00.000000+01:00",
      CreationDate: "2021-03-01T10:00:00.000000+01:00",
      AutoVerifiedAttributes: ["email"],
      VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
      MfaConfiguration: "OFF",
      EstimatedNumberOfUsers: 0,
      EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
      UsernameConfiguration: { CaseSensitive: false },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "verified_email" }] },
      UserPoolTier: "ESSENTIALS",
      ...over,
      SchemaAttributes: [SUB, ...(over.SchemaAttributes ?? [])],
    },
  };
}

/** Text of 0 to `max` characters, as Cognito describes it. */
export const text = (Name: string, max: number, more: Partial<SchemaAttributeType> = {}): SchemaAttributeType => ({
  Name,
  AttributeDataType: "String",
  DeveloperOnlyAttribute: false,
  Mutable: true,
  Required: false,
  StringAttributeConstraints: { MinLength: "0", MaxLength: String(max) },
  ...more,
});

export const required = (Name: string, max = 2048): SchemaAttributeType => text(Name, max, { Required: true });

const SUB = text("sub", 2048, {
  Mutable: false,
  Required: true,
  StringAttributeConstraints: { MinLength: "1", MaxLength: "2048" },
});

export const SMS = { SnsCallerArn: "arn:aws:iam::333333333333:role/sms", ExternalId: "sms" };
