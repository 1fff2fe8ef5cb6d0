import { lambdaTrustPolicy } from "../../rules/policies";
import { BOTH, DESTINATION_USER_POOL_ARN } from "../support/settings";
import { type Json, resources, synthesized } from "../support/stacks";

const BUS = "arn:aws:events:eu-central-1:222222222222:event-bus/customers";
const KMS = "arn:aws:kms:eu-central-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const STAMP = { ...BOTH, MIGRATION_STAMP: "on", STAMP_KEY_READABLE: "accept" };
const MEMBERS = { ...STAMP, GROUPS_MODE: "token+member", GROUPS: "editors" };
const destinationOf = (env: Record<string, string>): Json => synthesized(env).destination;
const ofToken = (env: Record<string, string>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(resources(destinationOf(env))).filter(([address]) => /\.(alarm-)?token/.test(address)),
  );

test("watches memberships that were not made where somebody is refused for want of one", () => {
  const LEFT = "aws_cloudwatch_metric_alarm.alarm-token-memberships-left";
  expect(ofToken(MEMBERS)[LEFT]).toBeUndefined();
  expect(ofToken({ ...MEMBERS, GROUPS_OR_REFUSE: "editors" })[LEFT]).toMatchObject({
    namespace: "CognitoMigration",
    metric_name: "MembershipsLeft",
    statistic: "Sum",
    threshold: 1,
    dimensions: { FunctionName: "cognito_migration_token_customers" },
  });
});

test("makes a role with one policy, a log group, a function, a permission and alarms", () => {
  const all = ofToken({ ...MEMBERS, MIGRATED_EVENT_BUS_ARN: BUS, STAMP_KEY_NUMBER: "2", LAMBDA_KMS_KEY_ARN: KMS });
  expect(Object.keys(all).filter((address) => address.includes("alarm"))).toEqual([
    "aws_cloudwatch_metric_alarm.alarm-token-errors",
    "aws_cloudwatch_metric_alarm.alarm-token-failed",
    "aws_cloudwatch_metric_alarm.alarm-token-slow",
    "aws_cloudwatch_metric_alarm.alarm-token-throttles",
  ]);
  expect(Object.fromEntries(Object.entries(all).filter(([address]) => !address.includes("alarm")))).toEqual({
    "aws_cloudwatch_log_group.token-log-group": {
      provider: "aws.destination",
      name: "/aws/lambda/cognito_migration_token_customers",
      retention_in_days: 90,
    },
    "aws_iam_role.token-role": {
      provider: "aws.destination",
      name: "cognito_migration_token_customers",
      description: "Execution role of cognito_migration_token_customers",
      assume_role_policy: JSON.stringify(lambdaTrustPolicy()),
    },
    "aws_iam_role_policy.token-role-policy": {
      provider: "aws.destination",
      name: "log-and-send",
      role: "${aws_iam_role.token-role.name}",
      policy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [
          {
            Effect: "Allow",
            Action: ["logs:CreateLogStream", "logs:PutLogEvents"],
            Resource:
              "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/cognito_migration_token_customers:*",
          },
          { Effect: "Allow", Action: "cognito-idp:AdminAddUserToGroup", Resource: DESTINATION_USER_POOL_ARN },
          {
            Effect: "Allow",
            Action: "events:PutEvents",
            Resource: BUS,
            Condition: {
              "ForAllValues:StringEquals": {
                "events:source": "cognito-migration",
                "events:detail-type": "UserMigrated",
              },
            },
          },
        ],
      }),
    },
    "aws_lambda_function.token-function": {
      provider: "aws.destination",
      function_name: "cognito_migration_token_customers",
      description: "Pre token generation trigger of eu-central-1_Dest0001: what tokens carry of a migration",
      role: "${aws_iam_role.token-role.arn}",
      filename: expect.stringMatching(/^assets\/token\/[0-9a-f]{32}\/token\.zip$/),
      source_code_hash: "SnD+mqZDbgLC3qNA+9HjUuTvLYzmylKtJdS5VHH8i/I=",
      handler: "index.handler",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      memory_size: 512,
      timeout: 5,
      kms_key_arn: KMS,
      logging_config: {
        log_format: "JSON",
        log_group: "${aws_cloudwatch_log_group.token-log-group.name}",
        application_log_level: "INFO",
        system_log_level: "WARN",
      },
      environment: {
        variables: {
          STAMP_ATTRIBUTE: "custom:migration",
          STAMP_KEY: "${sensitive(terraform_data.stamp-key-2.triggers_replace.key)}",
          STAMP_KEY_BEFORE: "${sensitive(terraform_data.stamp-key-1.triggers_replace.key)}",
          DESTINATION_USER_POOL_ID: "eu-central-1_Dest0001",
          DESTINATION_USERNAME_ATTRIBUTES:
            '${coalesce(join(",", sort(coalesce(data.aws_cognito_user_pool.token-user-pool.username_attributes, []))), "none")}',
          DESTINATION_CASE_SENSITIVE: "true",
          GROUPS_MODE: "token+member",
          GROUPS_WINDOW: "86400",
          MIGRATED_EVENT_BUS_ARN: BUS,
        },
      },
      depends_on: ["aws_iam_role_policy.token-role-policy"],
    },
    "aws_lambda_permission.token-permission": {
      provider: "aws.destination",
      statement_id: "pre-token-generation-trigger",
      function_name: "${aws_lambda_function.token-function.function_name}",
      action: "lambda:InvokeFunction",
      principal: "cognito-idp.amazonaws.com",
      source_arn: DESTINATION_USER_POOL_ARN,
      source_account: "222222222222",
    },
  });
});

test.each<[string, Record<string, string>, readonly string[]]>([
  ["tokens alone", { ...STAMP, GROUPS_MODE: "token", GROUPS: "editors" }, []],
  ["memberships", MEMBERS, ["cognito-idp:AdminAddUserToGroup"]],
  ["events", { ...STAMP, MIGRATED_EVENT_BUS_ARN: BUS }, ["events:PutEvents"]],
])("for %s it has the rights for that", (_, env, actions) => {
  const { policy } = ofToken(env)["aws_iam_role_policy.token-role-policy"];
  const all = (JSON.parse(policy) as { Statement: { Action: string | string[] }[] }).Statement.flatMap(
    ({ Action }) => Action,
  );
  expect(all).toEqual(["logs:CreateLogStream", "logs:PutLogEvents", ...actions]);
});

test.each<[string, Record<string, string>]>([
  ["nothing is set", BOTH],
  ["there is a stamp and nothing that reads it", STAMP],
])("there is none, and no output, when %s", (_, env) => {
  expect(ofToken(env)).toEqual({});
  expect(destinationOf(env).output).not.toHaveProperty("token_lambda_arn");
});

test("its ARN is an output, and its alarms are on the dashboard and tell the topic", () => {
  const topic = "arn:aws:sns:eu-central-1:222222222222:alarms";
  const destination = destinationOf({ ...MEMBERS, ALARM_TOPIC_ARN: topic });
  expect(destination.output.token_lambda_arn.value).toBe("${aws_lambda_function.token-function.arn}");
  const all = resources(destination);
  expect(all["aws_cloudwatch_metric_alarm.alarm-token-errors"]).toMatchObject({
    alarm_name: "cognito_migration_customers-token-errors",
    namespace: "AWS/Lambda",
    metric_name: "Errors",
    dimensions: { FunctionName: "cognito_migration_token_customers" },
    threshold: 1,
    alarm_actions: [topic],
  });
  expect(all["aws_cloudwatch_dashboard.dashboard"].dashboard_body).toContain("cognito_migration_customers-token-slow");
});
