import { lambdaTrustPolicy } from "../../rules/policies";
import { BOTH, DESTINATION_USER_POOL_ARN, SOURCE_USER_POOL_ID } from "../support/settings";
import { type Json, resources, synthesized } from "../support/stacks";

const FUNCTION = "aws_lambda_function.function";
const fromState = (name: string): string => `\${data.terraform_remote_state.source-state.outputs.${name}}`;
const EXTERNAL_ID = `cognito-migration/customers/${SOURCE_USER_POOL_ID}/222222222222`;
const LOG_GROUP_ARN = "arn:aws:logs:eu-central-1:222222222222:log-group:/aws/lambda/cognito_migration_customers";
const SCHEMA =
  '${jsonencode({for definition, names in {for a in coalesce(data.aws_cognito_user_pool.user-pool.schema_attributes, []) : join(" ", concat([a.attribute_data_type, try(regex("^-?[0-9]+$", a.attribute_data_type == "Number" ? a.number_attribute_constraints[0].min_value : a.string_attribute_constraints[0].min_length), "-"), try(regex("^-?[0-9]+$", a.attribute_data_type == "Number" ? a.number_attribute_constraints[0].max_value : a.string_attribute_constraints[0].max_length), "-")], coalesce(a.required, false) && a.name != "sub" ? ["required"] : [])) => a.name... if !coalesce(a.developer_only_attribute, false)} : definition => sort(names)})}';

const functionOf = (env: Record<string, string>): Json =>
  resources(synthesized({ ...BOTH, ...env }).destination)[FUNCTION];

test("makes a role with one policy, a log group, a function and a permission, a key, and what watches them", () => {
  const all = Object.entries(resources(synthesized(BOTH).destination));
  const watches = ([address]: [string, Json]): boolean => /^aws_cloudwatch_(metric_alarm|dashboard)\./.test(address);
  // Compared whole in alarms.test.ts and dashboard.test.ts.
  expect(all.filter(watches).map(([address]) => address)).toEqual([
    "aws_cloudwatch_dashboard.dashboard",
    "aws_cloudwatch_metric_alarm.alarm-failures",
    "aws_cloudwatch_metric_alarm.alarm-forgot-password",
    "aws_cloudwatch_metric_alarm.alarm-misconfigured",
    "aws_cloudwatch_metric_alarm.alarm-slow",
    "aws_cloudwatch_metric_alarm.alarm-source-quota",
    "aws_cloudwatch_metric_alarm.alarm-throttled",
    "aws_cloudwatch_metric_alarm.alarm-tried",
  ]);
  expect(Object.fromEntries(all.filter((entry) => !watches(entry)))).toEqual({
    "aws_cloudwatch_log_group.log-group": {
      provider: "aws.destination",
      name: "/aws/lambda/cognito_migration_customers",
      retention_in_days: 90,
    },
    "aws_iam_role.role": {
      provider: "aws.destination",
      name: "cognito_migration_lambda_customers",
      description: "Execution role of cognito_migration_customers",
      assume_role_policy: JSON.stringify(lambdaTrustPolicy()),
    },
    "aws_iam_role_policy.role-policy": {
      provider: "aws.destination",
      name: "assume-source-role-and-log",
      role: "${aws_iam_role.role.name}",
      policy: `\${jsonencode({"Version" = "2012-10-17", "Statement" = [{"Effect" = "Allow", "Action" = "sts:AssumeRole", "Resource" = data.terraform_remote_state.source-state.outputs.role_arn}, {"Effect" = "Allow", "Action" = ["logs:CreateLogStream", "logs:PutLogEvents"], "Resource" = "${LOG_GROUP_ARN}:*"}]})}`,
    },
    "aws_lambda_function.function": {
      provider: "aws.destination",
      function_name: "cognito_migration_customers",
      description: `User migration trigger of eu-central-1_Dest0001: moves users from ${SOURCE_USER_POOL_ID} at sign-in`,
      role: "${aws_iam_role.role.arn}",
      filename: "assets/handler/4a70fe9aa6436e02c2dea340fbd1e352/handler.zip",
      source_code_hash: "SnD+mqZDbgLC3qNA+9HjUuTvLYzmylKtJdS5VHH8i/I=",
      handler: "index.handler",
      runtime: "nodejs24.x",
      architectures: ["arm64"],
      memory_size: 512,
      timeout: 5,
      logging_config: {
        log_format: "JSON",
        log_group: "${aws_cloudwatch_log_group.log-group.name}",
        application_log_level: "INFO",
        system_log_level: "INFO",
      },
      environment: {
        variables: {
          SOURCE_ROLE_ARN: fromState("role_arn"),
          SOURCE_APP_CLIENT_ID: fromState("app_client_id"),
          SOURCE_USER_POOL_ID,
          SOURCE_REGION: "eu-west-1",
          SOURCE_MFA_CONFIGURATION: fromState("mfa_configuration"),
          SOURCE_USERNAME_ATTRIBUTES: fromState("username_attributes"),
          EXTERNAL_ID,
          DESTINATION_USER_POOL_ID: "eu-central-1_Dest0001",
          DESTINATION_SCHEMA: SCHEMA,
          DESTINATION_USERNAME_ATTRIBUTES:
            '${coalesce(join(",", sort(coalesce(data.aws_cognito_user_pool.user-pool.username_attributes, []))), "none")}',
          DESTINATION_CASE_SENSITIVE: "true",
          FORGOT_PASSWORD: "migrate",
          UNPROVEN_PASSWORD: "migrate",
          MFA_POLICY: "reject",
          LOG_USER_KEY: "${sensitive(terraform_data.log-user-key.triggers_replace.key)}",
        },
      },
      depends_on: ["aws_iam_role_policy.role-policy"],
      lifecycle: {
        precondition: [
          {
            condition: `\${data.aws_cognito_user_pool.user-pool.arn == "${DESTINATION_USER_POOL_ARN}"}`,
            error_message:
              "DESTINATION_USER_POOL_ARN is not the ARN of user pool eu-central-1_Dest0001 in this account and Region.",
          },
          {
            condition: "${local.function-environment-bytes <= 4096}",
            error_message: expect.stringContaining("Shorten EXTERNAL_ID (60 bytes)."),
          },
        ],
      },
    },
    "terraform_data.identity": {
      input: { migration: "customers", user_pool_id: "eu-central-1_Dest0001" },
      lifecycle: { ignore_changes: ["input"] },
    },
    "terraform_data.log-user-key": {
      triggers_replace: { key: "${sensitive(uuid())}" },
      lifecycle: { ignore_changes: ["triggers_replace"] },
    },
    "aws_lambda_permission.permission": {
      provider: "aws.destination",
      statement_id: "user-migration-trigger",
      function_name: "${aws_lambda_function.function.function_name}",
      action: "lambda:InvokeFunction",
      principal: "cognito-idp.amazonaws.com",
      source_arn: DESTINATION_USER_POOL_ARN,
      source_account: "222222222222",
    },
  });
});

test("reads its user pool and the source's outputs, and nothing else", () => {
  expect(resources(synthesized(BOTH).destination, "data")).toEqual({
    "aws_cognito_user_pool.user-pool": { provider: "aws.destination", user_pool_id: "eu-central-1_Dest0001" },
    "terraform_remote_state.source-state": {
      backend: "local",
      config: { path: "../../../terraform.customers.source.tfstate" },
      lifecycle: expect.anything(),
    },
  });
});

test("outputs the function's ARN and where to look", () => {
  expect(synthesized(BOTH).destination.output).toEqual({
    dashboard_url: {
      description: "CloudWatch dashboard of this migration",
      value:
        "https://eu-central-1.console.aws.amazon.com/cloudwatch/home?region=eu-central-1#dashboards/dashboard/cognito_migration_customers",
    },
    lambda_arn: {
      description: "User migration trigger for the destination user pool",
      value: "${aws_lambda_function.function.arn}",
    },
    migration: {
      description: "USER_POOL_NAME of this migration",
      value: "${terraform_data.identity.output.migration}",
      precondition: [
        {
          condition:
            '${terraform_data.identity.output.migration == "customers" && terraform_data.identity.output.user_pool_id == "eu-central-1_Dest0001"}',
          error_message: expect.stringMatching(
            /^This state is of migration .*; the settings say customers and eu-central-1_Dest0001\./,
          ),
        },
      ],
    },
  });
});

test("the provider refuses every account but the user pool's", () => {
  const { destination } = synthesized({ ...BOTH, DESTINATION_PROFILE: "identity", TAGS: "team=identity" });
  expect(destination.provider).toEqual({
    aws: [
      {
        alias: "destination",
        region: "eu-central-1",
        allowed_account_ids: ["222222222222"],
        profile: "identity",
        default_tags: [{ tags: { team: "identity" } }],
      },
    ],
  });
});

test("role and app client given by the operator replace the state", () => {
  const { destination } = synthesized({
    ...BOTH,
    SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/given",
    SOURCE_APP_CLIENT_ID: "given",
    SOURCE_USERNAME_ATTRIBUTES: "none",
  });
  expect(resources(destination, "data")).not.toHaveProperty(["terraform_remote_state.source-state"]);
  expect(resources(destination)[FUNCTION].environment.variables).toMatchObject({
    SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/given",
    SOURCE_APP_CLIENT_ID: "given",
    SOURCE_USER_POOL_ID,
    SOURCE_REGION: "eu-west-1",
    SOURCE_MFA_CONFIGURATION: "ON",
    SOURCE_USERNAME_ATTRIBUTES: "none",
    EXTERNAL_ID,
  });
  expect(JSON.stringify(destination)).not.toContain("terraform_remote_state");
});

test("where passwords go, the source's state does not say", () => {
  const { variables } = functionOf({ SOURCE_REGION: "eu-west-2" }).environment;
  expect(variables).toMatchObject({ SOURCE_USER_POOL_ID, SOURCE_REGION: "eu-west-2" });
});

test("the function takes its settings", () => {
  const fn = functionOf({ LAMBDA_RUNTIME: "nodejs22.x", LAMBDA_MEMORY_MB: "1024", LAMBDA_RESERVED_CONCURRENCY: "50" });
  expect(fn).toMatchObject({ runtime: "nodejs22.x", memory_size: 1024, reserved_concurrent_executions: 50 });
});

test("that the pool has no aliases reaches the handler as said", () => {
  const { variables } = functionOf({ DESTINATION_ALIAS_ATTRIBUTES: "none" }).environment;
  expect(variables.DESTINATION_ALIAS_ATTRIBUTES).toBe("none");
});

test("the handler gets the rules of the migration", () => {
  const { variables } = functionOf({
    MFA_POLICY: "allow",
    FORGOT_PASSWORD: "refuse",
    UNPROVEN_PASSWORD: "refuse",
    DESTINATION_CASE_SENSITIVE: "false",
    ATTRIBUTE_EXCLUDE: "nickname,custom:legacy",
    ATTRIBUTE_MAP: "sub=custom:source_sub,custom:tier=custom:plan",
    DESTINATION_ALIAS_ATTRIBUTES: "email",
  }).environment;
  expect(variables).toMatchObject({
    MFA_POLICY: "allow",
    FORGOT_PASSWORD: "refuse",
    UNPROVEN_PASSWORD: "refuse",
    DESTINATION_CASE_SENSITIVE: "false",
    ATTRIBUTE_EXCLUDE: "nickname,custom:legacy",
    ATTRIBUTE_MAP: "sub=custom:source_sub,custom:tier=custom:plan",
    DESTINATION_ALIAS_ATTRIBUTES: "email",
  });
});

test.each<[string, Record<string, string>, string]>([
  [
    "a mapped attribute that the schema lacks",
    { ATTRIBUTE_MAP: "sub=custom:source_sub" },
    'a.name], "custom:source_sub")}',
  ],
  ["an exclusion that excludes nothing", { ATTRIBUTE_EXCLUDE: "custom:legacy" }, 'a.name], "custom:legacy")}'],
  ["SMS MFA where MFA is off", { MFA_POLICY: "sms" }, 'mfa_configuration, "OFF") != "OFF"}'],
  [
    "aliases where a pool has username attributes",
    { DESTINATION_ALIAS_ATTRIBUTES: "email" },
    "username_attributes, [])) == 0}",
  ],
])("Terraform's plan refuses %s", (_, env, condition) => {
  const { precondition } = functionOf(env).lifecycle;
  // The pool's own and the size of the environment stand around it.
  expect(precondition).toHaveLength(3);
  expect(precondition[1].condition).toContain(condition);
  expect(precondition[1].error_message).toContain(Object.keys(env)[0]);
});
