import type { SettingsFile } from "../../config/settings-file";

export const SOURCE_USER_POOL_ID = "eu-west-1_Source001";
export const DESTINATION_USER_POOL_ARN = "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001";

/** An example's text with pools that could be somebody's, as an operator edits it. */
export const edited = (text: string): string =>
  text.replaceAll(/_(Source|Old)Pool\b/g, "_Source001").replaceAll(/_NewPool\b/g, "_Dest0001");

/** The least that makes both stacks. */
export const BOTH = {
  USER_POOL_NAME: "customers",
  SOURCE_USER_POOL_ID,
  DESTINATION_USER_POOL_ARN,
} as const;

/** The least that makes the source stack. */
export const SOURCE_ONLY = {
  USER_POOL_NAME: "customers",
  SOURCE_USER_POOL_ID,
  DESTINATION_ACCOUNT: "222222222222",
} as const;

export const S3 = { STATE_BACKEND: "s3", STATE_BUCKET: "example-state", STATE_REGION: "eu-central-1" } as const;
export const CLOUD = { STATE_BACKEND: "cloud", TF_CLOUD_ORGANIZATION: "example-org" } as const;

/** What the destination stack writes into the function's environment, for a pool with e-mail addresses as usernames. */
export const FUNCTION_ENVIRONMENT = {
  SOURCE_USER_POOL_ID,
  SOURCE_REGION: "eu-west-1",
  SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/cognito_migration_customers",
  SOURCE_APP_CLIENT_ID: "1example",
  SOURCE_MFA_CONFIGURATION: "OPTIONAL",
  SOURCE_USERNAME_ATTRIBUTES: "email",
  EXTERNAL_ID: "an-external-id",
  DESTINATION_USER_POOL_ID: "eu-central-1_Dest0001",
  DESTINATION_SCHEMA: '{"String 0 2048":["email","phone_number","given_name","custom:plan"]}',
  DESTINATION_USERNAME_ATTRIBUTES: "email",
  DESTINATION_CASE_SENSITIVE: "true",
  FORGOT_PASSWORD: "migrate",
  UNPROVEN_PASSWORD: "migrate",
  MFA_POLICY: "reject",
  LOG_USER_KEY: "a-key-of-thirty-two-characters-00",
} as const;

/** A settings file with this in it. @param text Undefined: there is no file. */
export const settingsFile = (text: string | Uint8Array | undefined, name = ".env"): SettingsFile => ({
  name,
  bytes: typeof text === "string" ? new TextEncoder().encode(text) : text,
});
