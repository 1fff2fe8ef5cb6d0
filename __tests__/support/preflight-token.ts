import type { FactValues } from "../../cli/preflight/facts";
import type { DestinationSettings } from "../../config/deployment";
import type { Environment } from "../../config/settings";
import { STANDARD_ATTRIBUTES } from "../../rules/attribute-names";
import { lambdaTrustPolicy, tokenPermissions } from "../../rules/policies";
import { attribute, goodFacts, invokePolicy, schema, settingsOf } from "./preflight";

const BUS = "arn:aws:events:eu-central-1:222222222222:event-bus/default";
export const KEY = "arn:aws:kms:eu-central-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab";
export const TOKEN_ARN = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_token_customers";
const NAME = "cognito_migration_token_customers";

export const STAMPED_SETTINGS: Environment = {
  MIGRATION_STAMP: "on",
  LAMBDA_KMS_KEY_ARN: KEY,
  GROUPS_MODE: "token+member",
  GROUPS: "*,admins",
  GROUPS_MAP: "admins=administrators",
  MIGRATED_EVENT_BUS_ARN: BUS,
};

export const stampedSettings = (more: Environment = {}): DestinationSettings =>
  settingsOf({ ...STAMPED_SETTINGS, ...more });

/** The two accounts of goodFacts, with stamps and groups, in which nothing is wrong either. */
export function stampedFacts(settings: DestinationSettings = stampedSettings()): FactValues {
  const good = goodFacts(settings);
  const { destination, function: fn, functionRole } = good;
  if (fn === undefined || functionRole === undefined) throw new Error("no function");
  const { configuration } = fn;
  const Variables = {
    ...configuration.Environment?.Variables,
    DESTINATION_SCHEMA: JSON.stringify({
      "String - -": [
        ...STANDARD_ATTRIBUTES.filter((name) => name !== "email"),
        "custom:plan",
        "custom:source_sub",
        "custom:migration",
      ],
      "String - - required": ["email"],
    }),
    STAMP_ATTRIBUTE: "custom:migration",
    STAMP_KEY: tokenVariables["STAMP_KEY"] ?? "",
    GROUPS: "*,admins",
    GROUPS_MAP: "admins=administrators",
    DESTINATION_GROUPS: "staff,administrators",
  };
  return {
    ...good,
    destination: {
      ...destination,
      SchemaAttributes: schema(attribute("custom:plan"), attribute("custom:source_sub"), attribute("custom:migration")),
      LambdaConfig: {
        ...destination.LambdaConfig,
        PreTokenGeneration: TOKEN_ARN,
        PreTokenGenerationConfig: { LambdaArn: TOKEN_ARN, LambdaVersion: "V1_0" },
      },
    },
    destinationClients: good.destinationClients.map((client) => ({ ...client, ReadAttributes: ["name"] })),
    function: { ...fn, configuration: { ...configuration, KMSKeyArn: KEY, Environment: { Variables } } },
    tokenFunction: {
      configuration: {
        ...configuration,
        KMSKeyArn: KEY,
        Role: `arn:aws:iam::222222222222:role/${NAME}`,
        LoggingConfig: { ...configuration.LoggingConfig, LogGroup: `/aws/lambda/${NAME}`, SystemLogLevel: "WARN" },
        CodeSha256: "dG9rZW4td3JpdHRlbi1ieS1ub2JvZHk=",
        Environment: { Variables: tokenVariables },
      },
      reservedConcurrency: undefined,
    },
    tokenFunctionRole: {
      ...functionRole,
      arn: `arn:aws:iam::222222222222:role/${NAME}`,
      trustPolicy: lambdaTrustPolicy(),
      permissions: [
        tokenPermissions({
          logGroupArn: `arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/${NAME}`,
          userPoolArn: settings.userPool.arn,
          eventBusArn: BUS,
        }),
      ],
    },
    tokenInvokePolicy: JSON.parse(
      JSON.stringify(invokePolicy()).replaceAll("_migration_customers", "_migration_token_customers"),
    ),
    tokenLogGroup: { logGroupName: `/aws/lambda/${NAME}`, retentionInDays: 90 },
    sourceGroups: [
      { GroupName: "staff" },
      { GroupName: "admins", RoleArn: "arn:aws:iam::111111111111:role/x" },
      { GroupName: "eu-west-1_Source001_Google" },
    ],
    destinationGroups: [
      { GroupName: "staff" },
      { GroupName: "administrators", RoleArn: "arn:aws:iam::222222222222:role/x" },
    ],
  };
}

export const tokenVariables: Record<string, string> = {
  STAMP_ATTRIBUTE: "custom:migration",
  STAMP_KEY: "3f0e0b6a-4d6f-4c53-9d3c-0d5f7e9a1b2c3f0e0b6a-4d6f-4c53-9d3c-0d5f7e9a1b2c",
  DESTINATION_USER_POOL_ID: "eu-central-1_Dest0001",
  DESTINATION_USERNAME_ATTRIBUTES: "email",
  DESTINATION_CASE_SENSITIVE: "true",
  GROUPS_MODE: "token+member",
  GROUPS_WINDOW: "86400",
  MIGRATED_EVENT_BUS_ARN: BUS,
};
