import { parseDeployment } from "../../config/deployment";
import { type HandlerEnvironment, rulesEnvironment } from "../../rules/function-environment";
import { USER_MIGRATION } from "../../rules/triggers";
import { migrationEvent } from "../../sandbox/aws/user-pool/migration";

/** The user who signs in, as the source knows her. */
export const USER = { username: "jane", password: "Correct-Horse-1", email: "jane@example.com" } as const;

/** A profile of usual size, in the form of AdminGetUser's answer. */
export const USER_ATTRIBUTES = [
  { Name: "sub", Value: "0a1b2c3d-0000-4000-8000-000000000001" },
  { Name: "email", Value: USER.email },
  { Name: "email_verified", Value: "true" },
  { Name: "given_name", Value: "Jane" },
  { Name: "family_name", Value: "Doe" },
  { Name: "phone_number", Value: "+15555550100" },
  { Name: "phone_number_verified", Value: "false" },
  { Name: "locale", Value: "en" },
  { Name: "custom:tenant", Value: "t-42" },
  { Name: "custom:plan", Value: "gold" },
] as const;

const { destination } = parseDeployment({
  USER_POOL_NAME: "bench",
  SOURCE_USER_POOL_ID: "eu-west-1_Source001",
  DESTINATION_USER_POOL_ARN: "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001",
});

/** Groups of the user at the source, as her access token has them. */
export const GROUPS = ["editors", "staff", "eu-west-1_Source001_Google", "on-call"] as const;

/** What the destination stack puts into the function's environment. */
export const FUNCTION_ENVIRONMENT: HandlerEnvironment = {
  ...(destination && rulesEnvironment(destination)),
  SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/cognito_migration_bench",
  SOURCE_APP_CLIENT_ID: "1example23456789abcdefghij",
  SOURCE_MFA_CONFIGURATION: "OPTIONAL",
  SOURCE_USERNAME_ATTRIBUTES: "none",
  DESTINATION_SCHEMA: JSON.stringify({ "String 0 2048": USER_ATTRIBUTES.map(({ Name }) => Name) }),
  DESTINATION_USERNAME_ATTRIBUTES: "none",
  LOG_USER_KEY: "01234567-89ab-4def-8123-456789abcdef",
};

/** What Lambda itself sets. https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html */
export const LAMBDA_ENVIRONMENT = {
  AWS_REGION: "eu-central-1",
  AWS_DEFAULT_REGION: "eu-central-1",
  AWS_LAMBDA_FUNCTION_NAME: "cognito_migration_bench",
  AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
  AWS_EXECUTION_ENV: "AWS_Lambda_nodejs24.x",
  TZ: ":UTC",
  LANG: "en_US.UTF-8",
} as const;

/**
 * How Lambda starts Node.js, from copies of /var/runtime/bootstrap that were made inside functions. A tenth of the memory is new
 * space, of which a semi-space is half. https://dev.to/wonderfulsoap/deep-dive-into-aws-lambda-3-official-nodejs-runtime-analysis-43je
 */
export function lambdaFlags(memoryMb: number): string[] {
  const newSpaceMb = Math.floor(memoryMb / 10);
  const [semiSpaceMb, oldSpaceMb] = [Math.floor(newSpaceMb / 2), memoryMb - newSpaceMb];
  return [
    "--expose-gc",
    "--max-http-header-size=81920",
    `--max-semi-space-size=${semiSpaceMb}`,
    `--max-old-space-size=${oldSpaceMb}`,
  ];
}

/** As Cognito sends it. */
export const EVENT = migrationEvent({
  triggerSource: USER_MIGRATION.sources.signIn,
  region: LAMBDA_ENVIRONMENT.AWS_REGION,
  userPoolId: FUNCTION_ENVIRONMENT.DESTINATION_USER_POOL_ID ?? "",
  clientId: "1destination23456789abcdef",
  userName: USER.username,
  password: USER.password,
});

/** Whether an answer carries this user, and as one whose password was proven. */
export function isMigrated(answer: unknown): boolean {
  const { response } = (answer ?? {}) as {
    response?: { finalUserStatus?: unknown; userAttributes?: { email?: unknown } | null };
  };
  return response?.finalUserStatus === "CONFIRMED" && response.userAttributes?.email === USER.email;
}
