import type { AppClient } from "../../sandbox/aws/user-pool/app-clients";
import type { UserPool } from "../../sandbox/aws/user-pool/user-pool";

const ARN = "arn:aws:lambda:eu-central-1:222222222222:function:";

/** Every setting that UpdateUserPool takes, and none of them at its default. */
export const EVERY_SETTING = {
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "verified_email" }] },
  AcrConfiguration: { LOA1: { AcrValue: "urn:example:bronze" }, LOA2: { AcrValue: "urn:example:silver" } },
  AdminCreateUserConfig: {
    AllowAdminCreateUserOnly: true,
    InviteMessageTemplate: {
      EmailSubject: "Welcome",
      EmailMessage: "{username} {####}",
      SMSMessage: "{username} {####}",
    },
  },
  AutoVerifiedAttributes: ["email", "phone_number"],
  DcrConfiguration: { EnableStatus: "Enabled", OpenDcrEnabled: false },
  DeletionProtection: "ACTIVE",
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
  EmailConfiguration: {
    SourceArn: "arn:aws:ses:eu-central-1:222222222222:identity/example.com",
    EmailSendingAccount: "DEVELOPER",
    From: "Example <no-reply@example.com>",
    ReplyToEmailAddress: "help@example.com",
    ConfigurationSet: "cognito",
  },
  EmailVerificationMessage: "Code {####}",
  EmailVerificationSubject: "Your code",
  IssuerConfiguration: { Type: "UPDATED" },
  KeyConfiguration: { KeyType: "CUSTOMER_MANAGED_KEY", KmsKeyArn: "arn:aws:kms:eu-central-1:222222222222:key/mrk-1" },
  LambdaConfig: {
    PreSignUp: `${ARN}pre-sign-up`,
    PreTokenGeneration: `${ARN}tokens`,
    PreTokenGenerationConfig: { LambdaVersion: "V2_0", LambdaArn: `${ARN}tokens` },
    CustomEmailSender: { LambdaVersion: "V1_0", LambdaArn: `${ARN}e-mail` },
    KMSKeyID: "arn:aws:kms:eu-central-1:222222222222:key/mrk-1",
    InboundFederation: { LambdaVersion: "V1_0", LambdaArn: `${ARN}federation` },
  },
  MfaConfiguration: "ON",
  Policies: {
    PasswordPolicy: {
      MinimumLength: 14,
      RequireUppercase: true,
      RequireLowercase: true,
      RequireNumbers: false,
      RequireSymbols: false,
      PasswordHistorySize: 5,
      TemporaryPasswordValidityDays: 2,
    },
    SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD", "WEB_AUTHN"] },
  },
  SmsAuthenticationMessage: "Code {####}",
  SmsConfiguration: {
    SnsCallerArn: "arn:aws:iam::222222222222:role/sms",
    ExternalId: "sms",
    SnsRegion: "eu-central-1",
  },
  SmsVerificationMessage: "Code {####}",
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ["email"] },
  UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED", AdvancedSecurityAdditionalFlows: { CustomAuthMode: "AUDIT" } },
  UserPoolTags: { team: "identity", "cost-centre": "42" },
  UserPoolTier: "PLUS",
  VerificationMessageTemplate: {
    DefaultEmailOption: "CONFIRM_WITH_LINK",
    EmailMessageByLink: "{##Confirm##}",
    EmailSubjectByLink: "Confirm",
  },
} as const satisfies UserPool["settings"];

/** Every setting of an app client, with flows that do not call the trigger. */
export const EVERY_CLIENT_SETTING = {
  AccessTokenValidity: 30,
  AllowedOAuthFlows: ["code"],
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthScopes: ["openid", "email"],
  AnalyticsConfiguration: {
    ApplicationArn: "arn:aws:mobiletargeting:eu-central-1:222222222222:apps/1",
    UserDataShared: true,
  },
  AuthSessionValidity: 5,
  CallbackURLs: ["https://app.example.com/callback"],
  DefaultRedirectURI: "https://app.example.com/callback",
  EnablePropagateAdditionalUserContextData: true,
  EnableTokenRevocation: false,
  ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
  IdTokenValidity: 30,
  LogoutURLs: ["https://app.example.com/"],
  PreventUserExistenceErrors: "ENABLED",
  ReadAttributes: ["email", "name"],
  RefreshTokenRotation: { Feature: "ENABLED", RetryGracePeriodSeconds: 10 },
  RefreshTokenValidity: 12,
  SupportedIdentityProviders: ["COGNITO"],
  TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes", RefreshToken: "hours" },
  WriteAttributes: ["email"],
} as const;

/** Gives a pool these settings, and one app client, `web`, in place of all that it has. */
export function refill(
  userPool: UserPool,
  settings: UserPool["settings"],
  client: Readonly<Record<string, unknown>>,
): AppClient {
  userPool.settings = settings;
  for (const { ClientId } of userPool.clients.all) userPool.clients.delete(ClientId);
  return userPool.clients.create("web", client);
}
