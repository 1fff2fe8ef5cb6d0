import type { LambdaConfigType, UpdateUserPoolRequest } from "@aws-sdk/client-cognito-identity-provider";
import { AwsException, invalidParameter } from "./exception";
import { type Body, refuseForeign, withDefaults } from "./input";

/** What DescribeUserPool tells of them. */
export type Settings = Readonly<Partial<Omit<UpdateUserPoolRequest, "UserPoolId" | "PoolName">>>;
type SettingName = keyof Settings;

/**
 * Every setting that UpdateUserPool takes, and what it becomes when it is not given; undefined is "not there".
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-updating.html
 */
const DEFAULTS: { readonly [Name in SettingName]: Settings[Name] } = {
  AccountRecoverySetting: undefined,
  AcrConfiguration: undefined,
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
  AutoVerifiedAttributes: undefined,
  DcrConfiguration: undefined,
  DeletionProtection: "INACTIVE",
  DeviceConfiguration: undefined,
  EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
  EmailVerificationMessage: undefined,
  EmailVerificationSubject: undefined,
  IssuerConfiguration: undefined,
  KeyConfiguration: undefined,
  LambdaConfig: {},
  MfaConfiguration: "OFF",
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
  SmsAuthenticationMessage: undefined,
  SmsConfiguration: undefined,
  SmsVerificationMessage: undefined,
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  UserPoolAddOns: undefined,
  UserPoolTags: {},
  UserPoolTier: "ESSENTIALS",
  VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
};

/** Names of all that UpdateUserPool could set. */
export const POOL_SETTINGS = Object.keys(DEFAULTS) as readonly SettingName[];

/** @returns all settings: those given, and for every other one its default. */
export function settingsFrom(given: Body): Settings {
  const settings: Settings = withDefaults(DEFAULTS, given);
  return {
    ...settings,
    Policies: { ...DEFAULTS.Policies, ...settings.Policies },
    LambdaConfig: bothWays(settings.LambdaConfig),
  };
}

/**
 * What an UpdateUserPool request makes of the settings.
 *
 * @throws InvalidParameterException for a member that it does not take (AWS documents no answer; whoever sends what
 *   DescribeUserPool returned must learn of it here), and for settings that exclude each other.
 */
export function updatedSettings(request: Body, before: Settings): Settings {
  refuseForeign("UpdateUserPool", request, [...POOL_SETTINGS, "UserPoolId", "PoolName"]);
  const { AdminCreateUserConfig: admin, Policies: policies, LambdaConfig }: Settings = request;
  // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUserConfigType.html
  if (
    admin?.UnusedAccountValidityDays !== undefined &&
    policies?.PasswordPolicy?.TemporaryPasswordValidityDays !== undefined
  )
    throw invalidParameter(
      "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
    );
  checkTriggers(LambdaConfig, request["UserPoolTier"]);
  const UserPoolTags = { ...tagsOfAws(before), ...ownTags(request) };
  // The only one of which AWS says that it stays when it is left out.
  return settingsFrom({ DcrConfiguration: before.DcrConfiguration, ...request, UserPoolTags });
}

const isOfAws = (key: string): boolean => key.toLowerCase().startsWith("aws:");

/** Nobody can change or remove them. https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
function tagsOfAws({ UserPoolTags = {} }: Settings): object {
  return Object.fromEntries(Object.entries(UserPoolTags).filter(([key]) => isOfAws(key)));
}

function ownTags({ UserPoolTags = {} }: Settings): object {
  if (Object.keys(UserPoolTags).some(isOfAws))
    throw invalidParameter("aws: prefixed tag key names are not allowed for external use");
  return UserPoolTags;
}

/**
 * The pre token generation trigger stands in two members, which say the same. Whoever sets the older one alone has version one.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html
 */
function bothWays(triggers: LambdaConfigType = {}): LambdaConfigType {
  const { PreTokenGeneration: legacy, PreTokenGenerationConfig: config } = triggers;
  const LambdaArn = legacy ?? config?.LambdaArn;
  if (LambdaArn === undefined) return triggers;
  const PreTokenGenerationConfig = config ?? { LambdaVersion: "V1_0", LambdaArn };
  return { ...triggers, PreTokenGeneration: LambdaArn, PreTokenGenerationConfig };
}

const FUNCTION_ARN = /^arn:[\w-]+:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html */
function checkTriggers(triggers: LambdaConfigType = {}, tier: unknown = undefined): void {
  for (const [name, value] of Object.entries(triggers))
    if (typeof value === "string" && name !== "KMSKeyID" && !FUNCTION_ARN.test(value))
      throw invalidParameter(
        `1 validation error detected: Value '${value}' at 'lambdaConfig.${name}' failed to satisfy constraint`,
      );
  const { PreTokenGeneration: legacy, PreTokenGenerationConfig: config } = triggers;
  if (config === undefined) return;
  const { LambdaArn: arn, LambdaVersion: version } = config;
  if (legacy !== undefined && legacy !== arn)
    throw invalidParameter("PreTokenGeneration and PreTokenGenerationConfig.LambdaArn must be the same");
  if (arn === undefined || !FUNCTION_ARN.test(arn) || version === undefined)
    throw invalidParameter("PreTokenGenerationConfig needs a LambdaArn and a LambdaVersion");
  // https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
  if (tier === "LITE" && version !== "V1_0")
    throw new AwsException(
      "FeatureUnavailableInTierException",
      `The ${version} event of the pre token generation trigger is not in this feature plan`,
    );
}

/** DescribeUserPool repeats the days of a temporary password in the place where they used to be, which UpdateUserPool refuses. */
export function describedSettings(settings: Settings): Settings {
  const UnusedAccountValidityDays = settings.Policies?.PasswordPolicy?.TemporaryPasswordValidityDays ?? 7;
  return { ...settings, AdminCreateUserConfig: { UnusedAccountValidityDays, ...settings.AdminCreateUserConfig } };
}
