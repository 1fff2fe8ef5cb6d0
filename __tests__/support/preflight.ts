import type { SchemaAttributeType, UserPoolType } from "@aws-sdk/client-cognito-identity-provider";
import type { Given } from "../../cli/preflight/check";
import type { Fact, Facts, FactValues } from "../../cli/preflight/facts";
import { commandLines } from "../../config/command-lines";
import { type DestinationSettings, parseDeployment } from "../../config/deployment";
import type { Environment } from "../../config/settings";
import { alarmsOf } from "../../rules/alarms";
import { STANDARD_ATTRIBUTES } from "../../rules/attribute-names";
import { lambdaPermissions, lambdaTrustPolicy, sourcePermissions, sourceTrustPolicy } from "../../rules/policies";
import { attachedTo } from "../../sandbox/accounts/triggers";
import { BOTH, DESTINATION_USER_POOL_ARN } from "./settings";

const TOPIC = "arn:aws:sns:eu-central-1:222222222222:operators";
const SOURCE_ARN = "arn:aws:cognito-idp:eu-west-1:111111111111:userpool/eu-west-1_Source001";
export const FUNCTION_ARN = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";
const SOURCE_ROLE_ARN = "arn:aws:iam::111111111111:role/cognito_migration_customers";

const CODE_SHA256 = "1jYdGVzd3JpdHRlbi1ieS1ub2JvZHk=";
const TOKEN_CODE_SHA256 = "dG9rZW4td3JpdHRlbi1ieS1ub2JvZHk=";

export const GOOD_SETTINGS: Environment = {
  ...BOTH,
  SOURCE_ACCOUNT: "111111111111",
  ALARM_TOPIC_ARN: TOPIC,
  LAMBDA_RESERVED_CONCURRENCY: "10",
  ATTRIBUTE_MAP: "sub=custom:source_sub,custom:tier=custom:plan",
};

export function settingsOf(environment: Environment = {}): DestinationSettings {
  const { destination } = parseDeployment({ ...GOOD_SETTINGS, ...environment });
  if (destination === undefined) throw new Error("no destination");
  return destination;
}

export const attribute = (Name: string, more: Partial<SchemaAttributeType> = {}): SchemaAttributeType => ({
  Name,
  AttributeDataType: "String",
  DeveloperOnlyAttribute: false,
  Mutable: Name !== "sub",
  Required: Name === "sub" || Name === "email",
  ...more,
});

/** The standard attributes, and these; the last of a name counts. */
export function schema(...more: readonly SchemaAttributeType[]): SchemaAttributeType[] {
  const all = [...STANDARD_ATTRIBUTES.map((name) => attribute(name)), ...more];
  return [...new Map(all.map((one) => [one.Name, one])).values()];
}

const pool = (more: Partial<UserPoolType>): UserPoolType => ({
  UsernameAttributes: ["email"],
  UsernameConfiguration: { CaseSensitive: true },
  MfaConfiguration: "OFF",
  DeletionProtection: "ACTIVE",
  Policies: { PasswordPolicy: { MinimumLength: 8, RequireNumbers: true } },
  AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
  AutoVerifiedAttributes: ["email"],
  EmailConfiguration: { EmailSendingAccount: "DEVELOPER" },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: "verified_email", Priority: 1 }] },
  ...more,
});

/** Two accounts in which nothing is wrong, as AWS tells of them. */
export function goodFacts(settings: DestinationSettings = settingsOf()): FactValues {
  const { names, externalId, userPool } = settings;
  const logGroupArn = `arn:aws:logs:eu-central-1:222222222222:log-group:${names.logGroup}`;
  return {
    source: pool({ Arn: SOURCE_ARN, SchemaAttributes: schema(attribute("custom:tier")) }),
    destination: pool({
      Arn: DESTINATION_USER_POOL_ARN,
      SchemaAttributes: schema(attribute("custom:plan"), attribute("custom:source_sub")),
      LambdaConfig: attachedTo({ migration: FUNCTION_ARN }),
    }),
    sourceClients: [
      { ClientName: "old application", ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"], WriteAttributes: ["name"] },
      {
        ClientId: "1example",
        ClientName: "migration",
        ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
        WriteAttributes: ["email"],
      },
    ],
    destinationClients: [
      {
        ClientName: "application",
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        PreventUserExistenceErrors: "ENABLED",
        WriteAttributes: ["name"],
      },
    ],
    destinationReplicas: [{ RegionName: "eu-central-1", Role: "PRIMARY", Status: "ACTIVE" }],
    destinationMfa: { MfaConfiguration: "OFF" },
    migrationClient: {
      ClientName: "migration",
      ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      PreventUserExistenceErrors: "ENABLED",
      AccessTokenValidity: 5,
      IdTokenValidity: 5,
      RefreshTokenValidity: 60,
      TokenValidityUnits: { AccessToken: "minutes", IdToken: "minutes", RefreshToken: "minutes" },
      EnableTokenRevocation: true,
      ReadAttributes: ["locale"],
      WriteAttributes: ["email", "locale"],
      AllowedOAuthFlowsUserPoolClient: false,
    },
    sourceRole: {
      arn: SOURCE_ROLE_ARN,
      trustPolicy: sourceTrustPolicy({
        partition: "aws",
        destinationAccount: userPool.account,
        lambdaRoleName: names.lambdaRole,
        externalId,
      }),
      permissions: [sourcePermissions(SOURCE_ARN)],
      attached: [],
      permissionsBoundary: undefined,
    },
    functionRole: {
      arn: "arn:aws:iam::222222222222:role/cognito_migration_lambda_customers",
      trustPolicy: lambdaTrustPolicy(),
      permissions: [lambdaPermissions({ sourceRoleArn: SOURCE_ROLE_ARN, logGroupArn })],
      attached: [],
      permissionsBoundary: undefined,
    },
    operatorAssumes: { withExternalId: "refused", withoutExternalId: "refused", withAnotherExternalId: "refused" },
    functionAssumes: { withExternalId: "assumed", withoutExternalId: "refused", withAnotherExternalId: "refused" },
    function: {
      configuration: {
        State: "Active",
        LastUpdateStatus: "Successful",
        Runtime: "nodejs24.x",
        Timeout: 5,
        MemorySize: 512,
        Handler: "index.handler",
        Role: "arn:aws:iam::222222222222:role/cognito_migration_lambda_customers",
        Architectures: ["arm64"],
        // Of a function that was never in a VPC, as Lambda tells it.
        VpcConfig: { SubnetIds: [], SecurityGroupIds: [], VpcId: "" },
        LoggingConfig: {
          LogFormat: "JSON",
          LogGroup: names.logGroup,
          ApplicationLogLevel: "INFO",
          SystemLogLevel: "INFO",
        },
        CodeSha256: CODE_SHA256,
        Environment: { Variables: variables(settings) },
      },
      reservedConcurrency: settings.lambdaReservedConcurrency,
    },
    accountConcurrency: { limit: 1000, unreserved: 990 },
    invokePolicy: invokePolicy(),
    logGroup: { logGroupName: names.logGroup, retentionInDays: 90 },
    alarms: Object.values(alarmsOf(settings)).map(({ alarmName }) => ({
      AlarmName: alarmName,
      ActionsEnabled: true,
      AlarmActions: [TOPIC],
    })),
    sourceQuota: 120,
    tokenFunction: undefined,
    tokenFunctionRole: undefined,
    tokenInvokePolicy: undefined,
    tokenLogGroup: undefined,
    sourceGroups: [],
    destinationGroups: [],
  };
}

/** As Lambda writes it. */
export const invokePolicy = (more: object[] = [], condition: object = {}): object => ({
  Version: "2012-10-17",
  Id: "default",
  Statement: [
    {
      Sid: "user-migration-trigger",
      Effect: "Allow",
      Principal: { Service: "cognito-idp.amazonaws.com" },
      Action: "lambda:InvokeFunction",
      Resource: FUNCTION_ARN,
      Condition: {
        StringEquals: { "AWS:SourceAccount": "222222222222" },
        ArnLike: { "AWS:SourceArn": DESTINATION_USER_POOL_ARN },
        ...condition,
      },
    },
    ...more,
  ],
});

export const variables = (settings: DestinationSettings): Record<string, string> => ({
  SOURCE_USER_POOL_ID: settings.sourceUserPoolId,
  SOURCE_REGION: settings.sourceRegion,
  SOURCE_MFA_CONFIGURATION: "OFF",
  SOURCE_USERNAME_ATTRIBUTES: "email",
  SOURCE_ROLE_ARN,
  SOURCE_APP_CLIENT_ID: "1example",
  EXTERNAL_ID: settings.externalId,
  DESTINATION_USER_POOL_ID: settings.userPool.id,
  DESTINATION_SCHEMA: JSON.stringify({
    "String - -": [...STANDARD_ATTRIBUTES.filter((name) => name !== "email"), "custom:plan", "custom:source_sub"],
    "String - - required": ["email"],
  }),
  DESTINATION_USERNAME_ATTRIBUTES: "email",
  DESTINATION_CASE_SENSITIVE: "true",
  FORGOT_PASSWORD: "migrate",
  UNPROVEN_PASSWORD: "migrate",
  MFA_POLICY: "reject",
  LOG_USER_KEY: "3f0e0b6a-4d6f-4c53-9d3c-0d5f7e9a1b2c",
  ATTRIBUTE_MAP: "sub=custom:source_sub,custom:tier=custom:plan",
});

export const givenWith = (more: Partial<Given> = {}): Given => ({
  settings: settingsOf(),
  commands: commandLines(),
  today: new Date("2026-11-25T00:00:00Z"),
  reach: {
    source: { account: "111111111111", expectedAccount: "111111111111", problem: undefined },
    destination: { account: "222222222222", expectedAccount: "222222222222", problem: undefined },
  },
  outputs: {
    roleArn: SOURCE_ROLE_ARN,
    appClientId: "1example",
    mfaConfiguration: undefined,
    usernameAttributes: undefined,
  },
  codeSha256: CODE_SHA256,
  tokenCodeSha256: TOKEN_CODE_SHA256,
  scan: undefined,
  expectSignInsPerSecond: 20,
  ...more,
});

export function known(values: FactValues): Facts {
  const facts = Object.entries(values).map(([name, value]): [string, Fact<unknown>] => [name, { known: true, value }]);
  return Object.fromEntries(facts) as unknown as Facts;
}
