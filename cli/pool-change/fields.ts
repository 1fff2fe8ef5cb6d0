/**
 * What becomes of a field that a describe operation returned when it is sent back with an update:
 * - `resend`: it goes back as it came, for what an update leaves out is reset to its default.
 * - `readOnly`: the update does not take it, and it cannot be changed by it.
 * - `state`: likewise, and no setting: it changes by itself.
 * - `untouched`: the update takes it and leaves it alone when it is not there.
 * - otherwise the name under which the update takes it.
 *
 * A field that is in no table is refused: whoever leaves it out resets it, and whoever sends it guesses.
 */
export type Fate = "resend" | "readOnly" | "state" | "untouched" | { readonly as: string };
export type Fields = Readonly<Record<string, Fate>>;

/**
 * From UserPoolType to UpdateUserPool. AliasAttributes, UsernameAttributes and UsernameConfiguration are missing in the guide's
 * list of what has to go, but UpdateUserPool has no such members.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-updating.html
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html
 */
export const USER_POOL_FIELDS: Fields = {
  AccountRecoverySetting: "resend",
  AcrConfiguration: "resend",
  AdminCreateUserConfig: "resend",
  AutoVerifiedAttributes: "resend",
  DeletionProtection: "resend",
  DeviceConfiguration: "resend",
  EmailConfiguration: "resend",
  EmailVerificationMessage: "resend",
  EmailVerificationSubject: "resend",
  IssuerConfiguration: "resend",
  KeyConfiguration: "resend",
  LambdaConfig: "resend",
  MfaConfiguration: "resend",
  Policies: "resend",
  SmsAuthenticationMessage: "resend",
  SmsConfiguration: "resend",
  SmsVerificationMessage: "resend",
  UserAttributeUpdateSettings: "resend",
  UserPoolAddOns: "resend",
  UserPoolTags: "resend",
  UserPoolTier: "resend",
  VerificationMessageTemplate: "resend",

  DcrConfiguration: "untouched",

  Id: { as: "UserPoolId" },
  Name: { as: "PoolName" },

  AliasAttributes: "readOnly",
  Arn: "readOnly",
  CreationDate: "readOnly",
  CustomDomain: "readOnly",
  Domain: "readOnly",
  EmailConfigurationFailure: "state",
  EstimatedNumberOfUsers: "state",
  LastModifiedDate: "readOnly",
  SchemaAttributes: "readOnly",
  SmsConfigurationFailure: "state",
  Status: "state",
  UsernameAttributes: "readOnly",
  UsernameConfiguration: "readOnly",
};

/**
 * From UserPoolClientType to UpdateUserPoolClient. The secret is taken out where the answer is read, so it is in no table.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
 */
export const APP_CLIENT_FIELDS: Fields = {
  AccessTokenValidity: "resend",
  AllowedOAuthFlows: "resend",
  AllowedOAuthFlowsUserPoolClient: "resend",
  AllowedOAuthScopes: "resend",
  AnalyticsConfiguration: "resend",
  AuthSessionValidity: "resend",
  CallbackURLs: "resend",
  ClientId: "resend",
  ClientName: "resend",
  DefaultRedirectURI: "resend",
  EnablePropagateAdditionalUserContextData: "resend",
  EnableTokenRevocation: "resend",
  ExplicitAuthFlows: "resend",
  IdTokenValidity: "resend",
  LogoutURLs: "resend",
  PreventUserExistenceErrors: "resend",
  ReadAttributes: "resend",
  RefreshTokenRotation: "resend",
  RefreshTokenValidity: "resend",
  SupportedIdentityProviders: "resend",
  TokenValidityUnits: "resend",
  UserPoolId: "resend",
  WriteAttributes: "resend",

  ClientType: "readOnly",
  CreationDate: "readOnly",
  LastModifiedDate: "readOnly",
};

/** Changes by itself, such as that Cognito could not send a text message. No app client has such a field. */
export const isState = (name: string): boolean => USER_POOL_FIELDS[name] === "state";
