import type { HandlerEnvironment } from "../config/handler";

/** The user who signs in, as the source knows her. */
export const USER = { username: "jane", password: "Correct-Horse-1", email: "jane@example.com" } as const;

export const SOURCE_REGION = "eu-west-1";

/** A profile of usual size. */
export const USER_ATTRIBUTES = [
  ["sub", "0a1b2c3d-0000-4000-8000-000000000001"],
  ["email", USER.email],
  ["email_verified", "true"],
  ["given_name", "Jane"],
  ["family_name", "Doe"],
  ["phone_number", "+15555550100"],
  ["phone_number_verified", "false"],
  ["locale", "en"],
  ["custom:tenant", "t-42"],
  ["custom:plan", "gold"],
].map(([Name = "", Value = ""]) => ({ Name, Value }));

/** The function's environment as the destination stack writes it. */
export const FUNCTION_ENVIRONMENT: HandlerEnvironment = {
  SOURCE_USER_POOL_ID: "eu-west-1_Source001",
  SOURCE_REGION,
  SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/cognito_migration_bench",
  SOURCE_APP_CLIENT_ID: "1example23456789abcdefghij",
  EXTERNAL_ID: "cognito-migration/bench/eu-west-1_Source001/222222222222",
  DESTINATION_USER_POOL_ID: "eu-central-1_Dest0001",
  DESTINATION_ATTRIBUTES: USER_ATTRIBUTES.map(({ Name }) => Name).join(","),
  DESTINATION_USERNAME_ATTRIBUTES: "none",
  DESTINATION_CASE_SENSITIVE: "true",
  FORGOT_PASSWORD: "migrate",
  MFA_POLICY: "reject",
  LOG_USER_KEY: "01234567-89ab-4def-8123-456789abcdef",
};

/** As Cognito sends it. https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-migrate-user.html */
export const EVENT = {
  version: "1",
  triggerSource: "UserMigration_Authentication",
  region: "eu-central-1",
  userPoolId: FUNCTION_ENVIRONMENT.DESTINATION_USER_POOL_ID,
  userName: USER.username,
  callerContext: { awsSdkVersion: "aws-sdk-unknown-unknown", clientId: "1destination23456789abcdef" },
  request: { password: USER.password, validationData: null, userAttributes: null },
  response: {
    userAttributes: null,
    forceAliasCreation: null,
    enableSMSMFA: null,
    finalUserStatus: null,
    messageAction: null,
    desiredDeliveryMediums: null,
  },
} as const;
