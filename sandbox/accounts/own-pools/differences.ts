import type { UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import { isTriggerOfOurs } from "../triggers";
import type { DescribedPool } from "./described-pool";

type SideName = "source" | "destination";
type Judge = "as described" | "no difference" | ((pool: DescribedPool, side: SideName) => string | false);

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
  AcrConfiguration: () => "no levels of authentication",
  CustomDomain: () => "no managed login",
  DcrConfiguration: () => "no app client registers itself",
  DeviceConfiguration: () => "no device is remembered, so each sign-in asks for the second factor",
  Domain: () => "no managed login",
  EmailConfiguration: ({ EmailConfiguration }) =>
    EmailConfiguration?.EmailSendingAccount === "DEVELOPER" && "no e-mail is sent; codes are shown here",
  EmailConfigurationFailure: () => "codes are shown here although e-mail fails",
  EstimatedNumberOfUsers: ({ EstimatedNumberOfUsers: users = 0 }) =>
    users > 0 && `${users} users are not here, only samples`,
  IssuerConfiguration: () => "tokens have another issuer",
  KeyConfiguration: () => "nothing is encrypted",
  LambdaConfig: ({ LambdaConfig = {} }, side) => {
    const names = Object.keys(LambdaConfig).filter((name) => name !== "KMSKeyID");
    const others = names.filter((name) => !isTriggerOfOurs(name));
    const instead = side === "source" ? "finds nobody here" : "gives way to this migration's";
    const parts = [
      ...(others.length > 0 ? [`${others.join(", ")} ${others.length === 1 ? "does" : "do"} not run`] : []),
      ...names.filter(isTriggerOfOurs).map((name) => `${name} ${instead}`),
    ];
    return parts.join("; ");
  },
  MfaConfiguration: ({ MfaConfiguration = "OFF" }) =>
    MfaConfiguration !== "OFF" &&
    "describe-user-pool does not tell which second factors there are. Here text messages where SmsConfiguration is there, and authenticator apps, whose codes nobody can answer",
  Policies: ({ Policies: { PasswordPolicy = {}, SignInPolicy } = {} }) => {
    const first = (SignInPolicy?.AllowedFirstAuthFactors ?? []).filter((one) => one !== "PASSWORD");
    const parts = [
      first.length > 0 && `no sign-in by ${first.join(", ")}`,
      (PasswordPolicy.PasswordHistorySize ?? 0) > 0 && "old passwords are not remembered",
      "temporary passwords do not expire",
    ];
    return parts.filter(Boolean).join("; ");
  },
  SmsConfiguration: () => "no text message is sent; codes are shown here",
  SmsConfigurationFailure: () => "codes are shown here although text messages fail",
  UserAttributeUpdateSettings: ({ UserAttributeUpdateSettings: settings }) =>
    (settings?.AttributesRequireVerificationBeforeUpdate ?? []).length > 0 && "a changed address counts at once",
  UserPoolAddOns: ({ UserPoolAddOns }) =>
    ["AUDIT", "ENFORCED"].includes(UserPoolAddOns?.AdvancedSecurityMode ?? "OFF") && "no threat protection",
  VerificationMessageTemplate: ({ VerificationMessageTemplate: template }) =>
    template?.DefaultEmailOption === "CONFIRM_WITH_LINK" && "codes in the place of links",
};

/** Of one described pool: everything in it that the sandbox does not imitate. */
export function notImitated(side: SideName, pool: DescribedPool): readonly string[] {
  const known = Object.entries(MEMBERS).flatMap(([name, judge]) => {
    const text = typeof judge === "function" && name in pool && judge(pool, side);
    return text ? [`${name}: ${text}`] : [];
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
