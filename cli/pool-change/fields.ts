/**
 * What becomes of a field that a describe operation returned when it is sent back with an update:
 * - `keep`: it goes back as it came, for what an update leaves out is reset to its default.
 * - `told`: the update does not take it, and it cannot be changed by it.
 * - `state`: likewise, and no setting: it changes by itself.
 * - `kept`: the update takes it and leaves it alone when it is not there.
 * - otherwise the name under which the update takes it.
 *
 * A field that is in no table is refused: whoever leaves it out resets it, and whoever sends it guesses.
 */
export type Fate = "keep" | "told" | "state" | "kept" | { readonly as: string };
export type Fields = Readonly<Record<string, Fate>>;

/**
 * From UserPoolType to UpdateUserPool. AliasAttributes, UsernameAttributes and UsernameConfiguration are missing in the guide's
 * list of what has to go, but UpdateUserPool has no such members.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-updating.html
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPool.html
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolType.html
 */
export const USER_POOL_FIELDS: Fields = {
  AccountRecoverySetting: "keep",
  AcrConfiguration: "keep",
  AdminCreateUserConfig: "keep",
  AutoVerifiedAttributes: "keep",
  DeletionProtection: "keep",
  DeviceConfiguration: "keep",
  EmailConfiguration: "keep",
  EmailVerificationMessage: "keep",
  EmailVerificationSubject: "keep",
  IssuerConfiguration: "keep",
  KeyConfiguration: "keep",
  LambdaConfig: "keep",
  MfaConfiguration: "keep",
  Policies: "keep",
  SmsAuthenticationMessage: "keep",
  SmsConfiguration: "keep",
  SmsVerificationMessage: "keep",
  UserAttributeUpdateSettings: "keep",
  UserPoolAddOns: "keep",
  UserPoolTags: "keep",
  UserPoolTier: "keep",
  VerificationMessageTemplate: "keep",

  DcrConfiguration: "kept",

  Id: { as: "UserPoolId" },
  Name: { as: "PoolName" },

  AliasAttributes: "told",
  Arn: "told",
  CreationDate: "told",
  CustomDomain: "told",
  Domain: "told",
  EmailConfigurationFailure: "state",
  EstimatedNumberOfUsers: "state",
  LastModifiedDate: "told",
  SchemaAttributes: "told",
  SmsConfigurationFailure: "state",
  Status: "state",
  UsernameAttributes: "told",
  UsernameConfiguration: "told",
};

/**
 * From UserPoolClientType to UpdateUserPoolClient. The secret is taken out where the answer is read, so it is in no table.
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UpdateUserPoolClient.html
 * https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_UserPoolClientType.html
 */
export const APP_CLIENT_FIELDS: Fields = {
  AccessTokenValidity: "keep",
  AllowedOAuthFlows: "keep",
  AllowedOAuthFlowsUserPoolClient: "keep",
  AllowedOAuthScopes: "keep",
  AnalyticsConfiguration: "keep",
  AuthSessionValidity: "keep",
  CallbackURLs: "keep",
  ClientId: "keep",
  ClientName: "keep",
  DefaultRedirectURI: "keep",
  EnablePropagateAdditionalUserContextData: "keep",
  EnableTokenRevocation: "keep",
  ExplicitAuthFlows: "keep",
  IdTokenValidity: "keep",
  LogoutURLs: "keep",
  PreventUserExistenceErrors: "keep",
  ReadAttributes: "keep",
  RefreshTokenRotation: "keep",
  RefreshTokenValidity: "keep",
  SupportedIdentityProviders: "keep",
  TokenValidityUnits: "keep",
  UserPoolId: "keep",
  WriteAttributes: "keep",

  ClientType: "told",
  CreationDate: "told",
  LastModifiedDate: "told",
};

/** Changes by itself, such as that Cognito could not send a text message. No app client has such a field. */
export const isState = (name: string): boolean => USER_POOL_FIELDS[name] === "state";
