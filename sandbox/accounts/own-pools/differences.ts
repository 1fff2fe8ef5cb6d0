import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { isTriggerOfOurs } from "../triggers";
import type { DescribedPool } from "./described-pool";

type SideName = "source" | "destination";
type Judge = "as described" | "no difference" | ((pool: DescribedPool, side: SideName) => string | undefined);

const when = (isSo: boolean | undefined, text: string): string | undefined => (isSo === true ? text : undefined);

/**
 * What the sandbox makes of each member of a description. `as described`: the pool here has it, or at least tells of it as AWS
 * does and nothing more hangs on it. Otherwise: what is not imitated, where this pool has it.
 */
const MEMBERS: Readonly<Record<keyof UserPoolType, Judge>> = {
  Id: "as described",
  Arn: "as described",
  Name: "as described",
  AccountRecoverySetting: "as described",
  AdminCreateUserConfig: "as described",
  AliasAttributes: "as described",
  AutoVerifiedAttributes: "as described",
  DeletionProtection: "as described",
  EmailVerificationMessage: "as described",
  EmailVerificationSubject: "as described",
  SchemaAttributes: "as described",
  SmsAuthenticationMessage: "as described",
  SmsVerificationMessage: "as described",
  UsernameAttributes: "as described",
  UsernameConfiguration: "as described",
  UserPoolTags: "as described",
  UserPoolTier: "as described",
  CreationDate: "no difference",
  LastModifiedDate: "no difference",
  Status: "no difference",
  AcrConfiguration: (pool) =>
    when(pool.AcrConfiguration !== undefined, "AcrConfiguration: no levels of authentication"),
  CustomDomain: (pool) => when(pool.CustomDomain !== undefined, "CustomDomain: no managed login"),
  DcrConfiguration: (pool) =>
    when(pool.DcrConfiguration !== undefined, "DcrConfiguration: no app client registers itself"),
  DeviceConfiguration: (pool) =>
    when(
      pool.DeviceConfiguration !== undefined,
      "DeviceConfiguration: no device is remembered, so each sign-in asks for the second factor",
    ),
  Domain: (pool) => when(pool.Domain !== undefined, "Domain: no managed login"),
  EmailConfiguration: (pool) =>
    when(
      pool.EmailConfiguration?.EmailSendingAccount === "DEVELOPER",
      "EmailConfiguration: no e-mail is sent; codes are shown here",
    ),
  EmailConfigurationFailure: (pool) =>
    when(
      pool.EmailConfigurationFailure !== undefined,
      "EmailConfigurationFailure: codes are shown here although e-mail fails",
    ),
  EstimatedNumberOfUsers: (pool) =>
    when(
      (pool.EstimatedNumberOfUsers ?? 0) > 0,
      `EstimatedNumberOfUsers: ${pool.EstimatedNumberOfUsers} users are not here, only samples`,
    ),
  IssuerConfiguration: (pool) =>
    when(pool.IssuerConfiguration !== undefined, "IssuerConfiguration: tokens have another issuer"),
  KeyConfiguration: (pool) => when(pool.KeyConfiguration !== undefined, "KeyConfiguration: nothing is encrypted"),
  LambdaConfig: ({ LambdaConfig = {} }, side) => {
    const names = Object.keys(LambdaConfig).filter((name) => name !== "KMSKeyID");
    const others = names.filter((name) => !isTriggerOfOurs(name));
    const instead = side === "source" ? "finds nobody here" : "gives way to this migration's";
    const parts = [
      ...(others.length > 0 ? [`${others.join(", ")} ${others.length === 1 ? "does" : "do"} not run`] : []),
      ...names.filter(isTriggerOfOurs).map((name) => `${name} ${instead}`),
    ];
    return when(parts.length > 0, `LambdaConfig: ${parts.join("; ")}`);
  },
  MfaConfiguration: ({ MfaConfiguration = "OFF" }) =>
    when(
      MfaConfiguration !== "OFF",
      "MfaConfiguration: describe-user-pool does not tell which second factors there are. Here text messages where SmsConfiguration is there, and authenticator apps, whose codes nobody can answer",
    ),
  Policies: ({ Policies: { PasswordPolicy = {}, SignInPolicy } = {} }) => {
    const first = (SignInPolicy?.AllowedFirstAuthFactors ?? []).filter((one) => one !== "PASSWORD");
    const parts = [
      when(first.length > 0, `no sign-in by ${first.join(", ")}`),
      when((PasswordPolicy.PasswordHistorySize ?? 0) > 0, "old passwords are not remembered"),
      "temporary passwords do not expire",
    ].filter((one) => one !== undefined);
    return `Policies: ${parts.join("; ")}`;
  },
  SmsConfiguration: (pool) =>
    when(pool.SmsConfiguration !== undefined, "SmsConfiguration: no text message is sent; codes are shown here"),
  SmsConfigurationFailure: (pool) =>
    when(
      pool.SmsConfigurationFailure !== undefined,
      "SmsConfigurationFailure: codes are shown here although text messages fail",
    ),
  UserAttributeUpdateSettings: ({
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate = [] } = {},
  }) =>
    when(
      AttributesRequireVerificationBeforeUpdate.length > 0,
      "UserAttributeUpdateSettings: a changed address counts at once",
    ),
  UserPoolAddOns: ({ UserPoolAddOns }) =>
    when(
      ["AUDIT", "ENFORCED"].includes(UserPoolAddOns?.AdvancedSecurityMode ?? "OFF"),
      "UserPoolAddOns: no threat protection",
    ),
  VerificationMessageTemplate: (pool) =>
    when(
      pool.VerificationMessageTemplate?.DefaultEmailOption === "CONFIRM_WITH_LINK",
      "VerificationMessageTemplate: codes in the place of links",
    ),
};

/** Of one described pool: everything in it that the sandbox does not imitate. */
export function notImitated(side: SideName, pool: DescribedPool): readonly string[] {
  const known = Object.entries(MEMBERS).flatMap(([name, judge]) => {
    const text = typeof judge === "string" || !(name in pool) ? undefined : judge(pool, side);
    return text === undefined ? [] : [text];
  });
  const unknown = Object.keys(pool).filter((name) => !(name in MEMBERS));
  return [...known, ...unknown.map((name) => `${name}: the sandbox does not know what it is`)];
}

/** What else is not in a description of a pool, and matters. @param hasUsers Whether there are sample users, and so groups for them. */
export function notDescribed(side: SideName, hasUsers: boolean): readonly string[] {
  if (side === "destination")
    return ["its app clients and identity providers: the one here takes passwords and hides who exists"];
  return [
    "its app clients and identity providers: the only app client here is the migration's",
    `its groups: ${hasUsers ? "the sandbox adds three of its own" : "there are none here"}`,
  ];
}
