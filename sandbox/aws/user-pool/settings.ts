import type { UpdateUserPoolRequest } from "@aws-sdk/client-cognito-identity-provider";
import { invalidParameter } from "./exception";
import type { Body } from "./input";

type SettingName = Exclude<keyof UpdateUserPoolRequest, "UserPoolId" | "PoolName">;

/** What DescribeUserPool tells of them, whatever type each has. */
export type Settings = Readonly<Partial<Record<SettingName, unknown>>>;

const PASSWORD_POLICY = {
  MinimumLength: 8,
  RequireUppercase: true,
  RequireLowercase: true,
  RequireNumbers: true,
  RequireSymbols: true,
  TemporaryPasswordValidityDays: 7,
};

/**
 * Every setting that UpdateUserPool takes, and what it becomes when it is not given; undefined is "not there".
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-updating.html
 */
const DEFAULTS = {
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
  Policies: { PasswordPolicy: PASSWORD_POLICY, SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] } },
  SmsAuthenticationMessage: undefined,
  SmsConfiguration: undefined,
  SmsVerificationMessage: undefined,
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  UserPoolAddOns: undefined,
  UserPoolTags: {},
  UserPoolTier: "ESSENTIALS",
  VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
} as const satisfies Record<SettingName, unknown>;

/** Names of all that UpdateUserPool could set. */
export const POOL_SETTINGS = Object.keys(DEFAULTS) as readonly SettingName[];

/** @returns all settings: those given, and for every other one its default. */
export function settingsFrom(given: Body): Settings {
  const entries = Object.entries(DEFAULTS).map(([name, value]) => [name, given[name] ?? value] as const);
  const { Policies: policies, ...rest } = Object.fromEntries(entries.filter(([, value]) => value !== undefined));
  return { ...rest, Policies: { ...DEFAULTS.Policies, ...(policies as object) } };
}

/**
 * What an UpdateUserPool request makes of the settings.
 *
 * @throws InvalidParameterException for a member that it does not take (AWS documents no answer; whoever sends what
 *   DescribeUserPool returned must learn of it here), and for settings that exclude each other.
 */
export function updatedSettings(request: Body, before: Settings): Settings {
  const foreign = Object.keys(request).filter(
    (name) => !(name in DEFAULTS || name === "UserPoolId" || name === "PoolName"),
  );
  if (foreign.length > 0) throw invalidParameter(`UpdateUserPool takes no ${foreign.join(", ")}`);
  const admin = request["AdminCreateUserConfig"] as { UnusedAccountValidityDays?: number } | undefined;
  const policies = request["Policies"] as { PasswordPolicy?: typeof PASSWORD_POLICY } | undefined;
  // https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AdminCreateUserConfigType.html
  if (
    admin?.UnusedAccountValidityDays !== undefined &&
    policies?.PasswordPolicy?.TemporaryPasswordValidityDays !== undefined
  )
    throw invalidParameter(
      "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays",
    );
  checkTriggers(request["LambdaConfig"] as Record<string, unknown> | undefined);
  const UserPoolTags = { ...tagsOfAws(before), ...ownTags(request) };
  // The only one of which AWS says that it stays when it is left out.
  return settingsFrom({ DcrConfiguration: before.DcrConfiguration, ...request, UserPoolTags });
}

const isOfAws = (key: string): boolean => key.toLowerCase().startsWith("aws:");

/** Nobody can change or remove them. https://docs.aws.amazon.com/tag-editor/latest/userguide/tagging.html */
function tagsOfAws({ UserPoolTags = {} }: Settings): object {
  return Object.fromEntries(Object.entries(UserPoolTags as object).filter(([key]) => isOfAws(key)));
}

function ownTags({ UserPoolTags = {} }: Body): object {
  if (Object.keys(UserPoolTags as object).some(isOfAws))
    throw invalidParameter("aws: prefixed tag key names are not allowed for external use");
  return UserPoolTags as object;
}

const FUNCTION_ARN = /^arn:[\w-]+:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/;

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_LambdaConfigType.html */
function checkTriggers(triggers: Record<string, unknown> | undefined): void {
  for (const [name, value] of Object.entries(triggers ?? {}))
    if (typeof value === "string" && name !== "KMSKeyID" && !FUNCTION_ARN.test(value))
      throw invalidParameter(
        `1 validation error detected: Value '${value}' at 'lambdaConfig.${name}' failed to satisfy constraint`,
      );
  const { PreTokenGeneration: legacy, PreTokenGenerationConfig: config } = triggers ?? {};
  const arn = (config as { LambdaArn?: string } | undefined)?.LambdaArn;
  if (legacy !== undefined && arn !== undefined && legacy !== arn)
    throw invalidParameter("PreTokenGeneration and PreTokenGenerationConfig.LambdaArn must be the same");
}

/** DescribeUserPool repeats the days of a temporary password in the place where they used to be, which UpdateUserPool refuses. */
export function describedSettings(settings: Settings): Settings {
  const { PasswordPolicy } = (settings.Policies ?? {}) as {
    PasswordPolicy?: { TemporaryPasswordValidityDays?: number };
  };
  const UnusedAccountValidityDays = PasswordPolicy?.TemporaryPasswordValidityDays ?? 7;
  return {
    ...settings,
    AdminCreateUserConfig: { UnusedAccountValidityDays, ...(settings.AdminCreateUserConfig as object) },
  };
}
