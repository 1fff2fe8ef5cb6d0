import type { JsonObject } from "../../../cli/aws/json";
import { EVERY_CLIENT_SETTING, EVERY_SETTING } from "../../support/full-pool";
import { FUNCTION_ARN, POOL_ARN, POOL_ID } from "../../support/in-process";
import type { Habits } from "../../support/raw-pool";

const ARN = "arn:aws:lambda:eu-central-1:222222222222:function:";
const POLICY = { MinimumLength: 8, RequireUppercase: true, RequireNumbers: true, TemporaryPasswordValidityDays: 7 };
const SMS = { SnsCallerArn: "arn:aws:iam::222222222222:role/sms", ExternalId: "sms", SnsRegion: "eu-central-1" };
const TOTP = { SoftwareTokenMfaConfiguration: { Enabled: true } };

/** As the console makes a pool. */
const POOL: JsonObject = {
  Id: POOL_ID,
  Name: "customers",
  Arn: POOL_ARN,
  CreationDate: 1_746_000_000.5,
  LastModifiedDate: 1_746_000_000.5,
  EstimatedNumberOfUsers: 3,
  AccountRecoverySetting: { RecoveryMechanisms: [{ Priority: 1, Name: "verified_email" }] },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
  AutoVerifiedAttributes: ["email"],
  DeletionProtection: "ACTIVE",
  EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
  LambdaConfig: {},
  MfaConfiguration: "OFF",
  Policies: { PasswordPolicy: POLICY, SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] } },
  SchemaAttributes: [{ Name: "email", AttributeDataType: "String", Mutable: true, Required: true }],
  UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: [] },
  UserPoolTags: {},
  UserPoolTier: "ESSENTIALS",
  UsernameAttributes: ["email"],
  UsernameConfiguration: { CaseSensitive: false },
  VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
};

const CLIENT: JsonObject = {
  UserPoolId: POOL_ID,
  ClientId: "4kq7example",
  ClientName: "web",
  CreationDate: 1_746_000_000.5,
  LastModifiedDate: 1_746_000_000.5,
  AllowedOAuthFlowsUserPoolClient: false,
  AuthSessionValidity: 3,
  EnablePropagateAdditionalUserContextData: false,
  EnableTokenRevocation: true,
  ExplicitAuthFlows: ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"],
  PreventUserExistenceErrors: "ENABLED",
  RefreshTokenValidity: 30,
};

export interface Shape {
  readonly pool: JsonObject;
  readonly clients: readonly JsonObject[];
  readonly mfa: JsonObject;
  readonly habits: Habits;
  /** What each command that would update is refused for; undefined: nothing. */
  readonly refused?: RegExp;
  /** What is told after an update that changed more than it should; undefined: nothing. */
  readonly harmed?: RegExp;
}

/** Members over those of a pool or app client as most are; undefined takes one away. */
type Over = Readonly<Record<string, unknown>>;

const over = (base: JsonObject, members: Over): JsonObject =>
  JSON.parse(JSON.stringify({ ...base, ...members })) as JsonObject;

const inPool = (pool: Over, more: Partial<Shape> = {}): Shape => ({
  pool: over(POOL, pool),
  clients: [CLIENT],
  mfa: { MfaConfiguration: String(pool["MfaConfiguration"] ?? "OFF") },
  habits: {},
  ...more,
});
const inClient = (client: Over, more: Partial<Shape> = {}): Shape =>
  inPool({}, { clients: [over(CLIENT, client)], ...more });

const withDays = (UnusedAccountValidityDays: number | undefined) => ({
  AllowAdminCreateUserOnly: false,
  UnusedAccountValidityDays,
});
/** Has AWS tell this of a pool from its next update on. */
const telling = (...members: Over[]): Habits => ({ retells: (updated) => members.reduce(over, updated) });
const triggers = (config: Over): Over => ({ LambdaConfig: config });
const TOKENS = { LambdaVersion: "V1_0", LambdaArn: `${ARN}tokens` };
/** Both names of the token trigger, as soon as one was sent. */
const TWINS: Habits = {
  retells: (updated) =>
    over(updated, {
      LambdaConfig: {
        PreTokenGeneration: `${ARN}tokens`,
        PreTokenGenerationConfig: TOKENS,
        ...(updated["LambdaConfig"] as JsonObject),
      },
    }),
};
const ACR = { LOA1: { AcrValue: "urn:cognito:loa:1" }, LOA2: { AcrValue: "urn:cognito:loa:2" } };

const NULLS: Over = { SmsConfiguration: null, AdminCreateUserConfig: { ...withDays(7), InviteMessageTemplate: null } };

/** Nothing is told that came after 2017, and nothing that is at its default. */
const NOTHING: Over = Object.fromEntries(
  Object.keys(POOL)
    .filter(
      (name) =>
        !/^(Id|Name|Arn|CreationDate|LastModifiedDate|EstimatedNumberOfUsers|UserPoolTier|Policies)$/.test(name),
    )
    .map((name) => [name, undefined]),
);
const OLD_POOL: Over = {
  ...NOTHING,
  Policies: { PasswordPolicy: { MinimumLength: 6 } },
  EmailVerificationMessage: "Cödé 🚀 <b>{####}</b>",
};
const OLD_CLIENT: Over = {
  AllowedOAuthFlowsUserPoolClient: undefined,
  AuthSessionValidity: undefined,
  EnablePropagateAdditionalUserContextData: undefined,
  EnableTokenRevocation: undefined,
  ExplicitAuthFlows: undefined,
  PreventUserExistenceErrors: undefined,
};
const NEW_CLIENT_DEFAULTS: Over = {
  AllowedOAuthFlowsUserPoolClient: false,
  AuthSessionValidity: 3,
  EnablePropagateAdditionalUserContextData: false,
  PreventUserExistenceErrors: "LEGACY",
};
const NEW_POOL_DEFAULTS: Over = {
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: false },
  DeletionProtection: "INACTIVE",
  EmailConfiguration: { EmailSendingAccount: "COGNITO_DEFAULT" },
  MfaConfiguration: "OFF",
  Policies: { PasswordPolicy: { MinimumLength: 6 }, SignInPolicy: { AllowedFirstAuthFactors: ["PASSWORD"] } },
  VerificationMessageTemplate: { DefaultEmailOption: "CONFIRM_WITH_CODE" },
};
/** An app client that names no flows tells the default ones after an update. */
const NAMES_FLOWS: Habits = {
  retellsClient: (updated, sent) =>
    "ExplicitAuthFlows" in sent
      ? updated
      : over(updated, { ExplicitAuthFlows: ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_SRP_AUTH"] }),
};

/** User pools and app clients as real ones look. */
export const SHAPES: Readonly<Record<string, Shape>> = {
  "as the console makes them": inPool({}),
  "by link, from an own sender, with devices and threat protection": inPool({
    DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
    Domain: "customers",
    CustomDomain: "login.example.com",
    EmailConfiguration: EVERY_SETTING.EmailConfiguration,
    SmsConfiguration: SMS,
    UserPoolAddOns: { AdvancedSecurityMode: "ENFORCED", AdvancedSecurityAdditionalFlows: {} },
    UserPoolTier: "PLUS",
    VerificationMessageTemplate: EVERY_SETTING.VerificationMessageTemplate,
  }),
  "with everything": inPool(
    {
      ...EVERY_SETTING,
      UserPoolTags: { "aws:cloudformation:stack-name": "pools", empty: "" },
      AdminCreateUserConfig: { ...EVERY_SETTING.AdminCreateUserConfig, UnusedAccountValidityDays: 2 },
    },
    {
      clients: [over(CLIENT, { ...EVERY_CLIENT_SETTING, ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] })],
      mfa: {
        MfaConfiguration: "ON",
        ...TOTP,
        EmailMfaConfiguration: { Message: "{####}" },
        WebAuthnConfiguration: { RelyingPartyId: "example.com" },
      },
    },
  ),
  "from before 2018": inPool(OLD_POOL, { clients: [over(CLIENT, OLD_CLIENT)] }),
  "from before 2018, and new defaults told from then on": inPool(OLD_POOL, {
    clients: [over(CLIENT, OLD_CLIENT)],
    habits: { ...telling(NEW_POOL_DEFAULTS), retellsClient: (updated) => over(updated, NEW_CLIENT_DEFAULTS) },
  }),
  "with old flows, from 2019": inPool(
    { ...NOTHING, EmailConfiguration: {} },
    { clients: [over(CLIENT, { ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH", "USER_PASSWORD_AUTH"] })] },
  ),
  "on the plan Lite": inPool({ UserPoolTier: "LITE" }),
  "without a plan": inPool(
    { UserPoolTier: undefined },
    { refused: /AWS does not report which feature plan the user pool has/ },
  ),
  "with default names of levels": inPool({ AcrConfiguration: ACR }, { habits: telling({ AcrConfiguration: ACR }) }),
  "with own names of levels": inPool({ AcrConfiguration: { LOA1: { AcrValue: "urn:example:bronze" } } }),
  "whose clients may not register": inPool({ DcrConfiguration: { EnableStatus: "Disabled" } }),
  "with MFA by authenticator alone": inPool({ MfaConfiguration: "ON" }, { mfa: { MfaConfiguration: "ON", ...TOTP } }),
  "with MFA by e-mail alone": inPool(
    { MfaConfiguration: "OPTIONAL" },
    { mfa: { MfaConfiguration: "OPTIONAL", EmailMfaConfiguration: { Subject: "Code" } } },
  ),
  "with a sender of text messages for recovery": inPool(
    { MfaConfiguration: "ON", SmsConfiguration: SMS },
    { mfa: { MfaConfiguration: "ON", ...TOTP } },
  ),
  "with a role for text messages that is gone": inPool(
    { SmsConfiguration: SMS },
    {
      habits: { refuses: "InvalidSmsRoleTrustRelationshipException" },
      refused:
        /SmsConfiguration\.SnsCallerArn is arn:aws:iam::222222222222:role\/sms: .*trust policy[\s\S]*Nothing was changed by this run/,
    },
  ),
  "whose failure to send text messages is over": inPool(
    { SmsConfiguration: SMS, SmsConfigurationFailure: "SNSSandbox" },
    { habits: telling({ SmsConfigurationFailure: undefined }) },
  ),
  "that begins to fail at sending e-mail": inPool({}, { habits: telling({ EmailConfigurationFailure: "a text" }) }),
  "with End User Messaging": inPool({ SmsConfiguration: { ...SMS, SnsRegion: undefined, ExternalId: "eums" } }),
  "with a message of 20,000 characters": inPool({ EmailVerificationMessage: "<p>{####}</p>".repeat(1600) }),
  "with the old validity of temporary passwords alone": inPool({
    AdminCreateUserConfig: withDays(30),
    Policies: { PasswordPolicy: { MinimumLength: 8 } },
  }),
  "with both validities, and the old one follows the new one": inPool({ AdminCreateUserConfig: withDays(30) }),
  "with both validities, and the old one is told no more": inPool(
    { AdminCreateUserConfig: withDays(30) },
    { habits: telling({ AdminCreateUserConfig: withDays(undefined) }) },
  ),
  "with all other triggers": inPool({ LambdaConfig: EVERY_SETTING.LambdaConfig }),
  "with the token trigger by its old name": inPool(triggers({ PreTokenGeneration: `${ARN}tokens` })),
  "with the token trigger by its new name": inPool(triggers({ PreTokenGenerationConfig: TOKENS })),
  "with the token trigger by its old name, and AWS adds the new one": inPool(
    triggers({ PreTokenGeneration: `${ARN}tokens` }),
    { habits: TWINS },
  ),
  "with the token trigger by its new name, and AWS adds the old one": inPool(
    triggers({ PreTokenGenerationConfig: TOKENS }),
    { habits: TWINS },
  ),
  "with two token triggers": inPool(triggers({ PreTokenGeneration: `${ARN}other`, PreTokenGenerationConfig: TOKENS }), {
    refused: /until both are the same/,
  }),
  "with an alias of this function": inPool(triggers({ UserMigration: `${FUNCTION_ARN}:live` })),
  "with a client that rotates refresh tokens": inClient({
    RefreshTokenRotation: { Feature: "ENABLED" },
    ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"],
  }),
  "with a client that rotates refresh tokens and names no flows": inClient({
    RefreshTokenRotation: { Feature: "ENABLED" },
    ExplicitAuthFlows: undefined,
  }),
  "with a client that rotates no refresh tokens": inClient({ RefreshTokenRotation: { Feature: "DISABLED" } }),
  "with analytics by id and role": inClient({
    AnalyticsConfiguration: {
      ApplicationId: "1",
      ExternalId: "2",
      RoleArn: "arn:aws:iam::222222222222:role/analytics",
      UserDataShared: true,
    },
  }),
  "with analytics by ARN": inClient({
    AnalyticsConfiguration: { ApplicationArn: "arn:aws:mobiletargeting:eu-central-1:222222222222:apps/1" },
  }),
  "with a client that names no flows": inClient({ ExplicitAuthFlows: undefined }),
  "with a client of an empty list of flows": inClient({ ExplicitAuthFlows: [] }),
  "with a client whose flows are named after an update": inClient(
    { ExplicitAuthFlows: undefined },
    { habits: NAMES_FLOWS },
  ),
  "with a client for servers, by its old name": inClient({ ExplicitAuthFlows: ["ADMIN_NO_SRP_AUTH"] }),
  "with a client for passwords, by their old name": inClient({ ExplicitAuthFlows: ["USER_PASSWORD_AUTH"] }),
  "with a client for custom authentication alone": inClient(
    { ExplicitAuthFlows: ["CUSTOM_AUTH_FLOW_ONLY"] },
    { refused: /has CUSTOM_AUTH_FLOW_ONLY/ },
  ),
  "with a client of some units": inClient({ TokenValidityUnits: { AccessToken: "minutes" }, AccessTokenValidity: 30 }),
  "with a client of no units and no validities": inClient({ TokenValidityUnits: {}, RefreshTokenValidity: undefined }),
  "with a client that tells who exists": inClient({ PreventUserExistenceErrors: "LEGACY" }),
  "with a client that revokes nothing": inClient({
    EnableTokenRevocation: false,
    AuthSessionValidity: 15,
    RefreshTokenValidity: 0,
  }),
  "with a client that reads and writes nothing": inClient({ ReadAttributes: [], WriteAttributes: [] }),
  "with a client that hands context on": inClient({ EnablePropagateAdditionalUserContextData: true }),
  "with a client of OAuth alone": inClient({
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ["code"],
    AllowedOAuthScopes: ["openid"],
    CallbackURLs: ["https://app.example.com/"],
    SupportedIdentityProviders: ["COGNITO"],
  }),
  "with a client from before 2021": inClient(
    { ...OLD_CLIENT, ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] },
    { habits: { retellsClient: (updated) => over(updated, NEW_CLIENT_DEFAULTS) } },
  ),
  "with two clients": inPool(
    {},
    {
      clients: [
        CLIENT,
        over(CLIENT, { ClientId: "5mobile", ClientName: "mobile", ExplicitAuthFlows: ["ALLOW_USER_AUTH"] }),
      ],
    },
  ),
  "with a setting of tomorrow": inPool(
    { PostQuantumConfig: { Mode: "ON" } },
    { refused: /does not know PostQuantumConfig\./ },
  ),
  "with a trigger of tomorrow": inPool(triggers({ PostMigration: `${ARN}after` }), {
    refused: /does not know LambdaConfig\.PostMigration\./,
  }),
  "with a rule of tomorrow": inPool(
    { Policies: { PasswordPolicy: { ...POLICY, MaximumLength: 99 } } },
    { refused: /does not know Policies\.PasswordPolicy\.MaximumLength\./ },
  ),
  "with a client's setting of tomorrow": inClient(
    { PasskeyPolicy: "ON" },
    { refused: /does not know PasskeyPolicy\./ },
  ),
  "with null where nothing is": inPool(NULLS, { habits: telling(NULLS) }),
  "that is put on another plan": inPool(
    {},
    { habits: telling({ UserPoolTier: "PLUS" }), harmed: /UserPoolTier: expected "ESSENTIALS", found "PLUS"/ },
  ),
  "that forgets a message": inPool(
    { SmsVerificationMessage: "Code {####}" },
    {
      habits: telling({ SmsVerificationMessage: undefined }),
      harmed: /SmsVerificationMessage: expected "Code {####}", found nothing/,
    },
  ),
  "whose token trigger is given another event": inPool(triggers({ PreTokenGeneration: `${ARN}tokens` }), {
    habits: telling({
      LambdaConfig: { UserMigration: FUNCTION_ARN, PreTokenGenerationConfig: { ...TOKENS, LambdaVersion: "V2_0" } },
    }),
    harmed: /LambdaVersion: expected "V1_0", found "V2_0"/,
  }),
  "with a client that begins to revoke tokens": inClient(
    { EnableTokenRevocation: undefined },
    {
      habits: { retellsClient: (updated) => over(updated, { EnableTokenRevocation: true }) },
      harmed: /EnableTokenRevocation: expected nothing, found true/,
    },
  ),
};
