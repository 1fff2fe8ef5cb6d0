import type { SynthesizedStack } from "../../../sandbox/accounts/applied-stack";
import { deploy, type Facts } from "../../../sandbox/accounts/deployed";
import { schemaWith } from "../../../sandbox/aws/user-pool/schema";
import { BOTH, DESTINATION_USER_POOL_ARN, SOURCE_USER_POOL_ID } from "../../support/settings";
import { synthesized } from "../../support/stacks";

const FACTS: Facts = {
  source: {
    account: "111111111111",
    userPoolId: SOURCE_USER_POOL_ID,
    userPoolArn: `arn:aws:cognito-idp:eu-west-1:111111111111:userpool/${SOURCE_USER_POOL_ID}`,
    mfaConfiguration: "OPTIONAL",
    usernameAttributes: "email",
    appClientId: "1example",
    schema: schemaWith(["email"], []),
  },
  destination: {
    account: "222222222222",
    region: "eu-central-1",
    userPoolArn: DESTINATION_USER_POOL_ARN,
    schema: schemaWith(["email"], []),
    usernameAttributes: "email",
  },
};
const allow = (Action: string) =>
  JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", Action, Resource: "*" }] });
const KEY = "sensitive(terraform_data.second-key.triggers_replace.key)";

/** What a second function in the destination's stack looks like. */
const SECOND: SynthesizedStack["resource"] = {
  aws_lambda_function: {
    second: {
      function_name: "second",
      role: "${aws_iam_role.second-role.arn}",
      filename: "second.zip",
      handler: "index.handler",
      source_code_hash: "hash",
      timeout: 3,
      memory_size: 128,
      runtime: "nodejs24.x",
      kms_key_arn: "arn:aws:kms:eu-central-1:222222222222:key/1",
      logging_config: { log_group: "${aws_cloudwatch_log_group.second-log.name}" },
      environment: { variables: { KEY: `\${${KEY}}`, POOL: "${data.aws_cognito_user_pool.second-pool.arn}" } },
    },
  },
  aws_iam_role: { "second-role": { name: "second-role-name", assume_role_policy: allow("sts:AssumeRole") } },
  aws_iam_role_policy: {
    "second-policy": { role: "${aws_iam_role.second-role.name}", policy: allow("events:PutEvents") },
  },
  aws_cloudwatch_log_group: { "second-log": { name: "/aws/lambda/second", retention_in_days: 7 } },
  aws_lambda_permission: {
    "second-permission": {
      statement_id: "token",
      function_name: "${aws_lambda_function.second.function_name}",
      principal: "cognito-idp.amazonaws.com",
      action: "lambda:InvokeFunction",
      source_arn: DESTINATION_USER_POOL_ARN,
      source_account: "222222222222",
    },
  },
  terraform_data: { "second-key": { triggers_replace: { key: '${sensitive(join("", [uuid(), uuid()]))}' } } },
};

const { source, destination } = synthesized(BOTH);
const with2 = (more: SynthesizedStack["resource"]) => {
  const types = [...new Set([...Object.keys(destination.resource), ...Object.keys(more)])];
  const resource = Object.fromEntries(types.map((type) => [type, { ...destination.resource[type], ...more[type] }]));
  const data = {
    ...destination.data,
    aws_cognito_user_pool: { ...destination.data.aws_cognito_user_pool, "second-pool": {} },
  };
  return deploy(
    { ...source, directory: "source" },
    { ...destination, resource, data, directory: "destination" },
    FACTS,
  );
};

test("a stack's second function has its own zip, environment, role and callers, and the first has nothing of them", () => {
  const { functions, ...deployed } = with2(SECOND);
  const alone = with2({});
  const [first, second, ...others] = functions;
  expect(others).toEqual([]);
  expect(first?.configuration).toBe(deployed.function);
  expect([deployed.lambdaRole, deployed.invokePolicy]).toEqual([alone.lambdaRole, alone.invokePolicy]);
  expect(second).toMatchObject({
    logRetentionDays: 7,
    sourceCodeHash: "hash",
    role: {
      arn: "arn:aws:iam::222222222222:role/second-role-name",
      permissions: [JSON.parse(allow("events:PutEvents"))],
    },
    configuration: {
      arn: "arn:aws:lambda:eu-central-1:222222222222:function:second",
      zip: "destination/second.zip",
      kmsKeyArn: "arn:aws:kms:eu-central-1:222222222222:key/1",
      environment: { POOL: DESTINATION_USER_POOL_ARN, KEY: expect.stringMatching(/^[0-9a-f-]{72}$/) },
    },
    invokePolicy: {
      Statement: [
        {
          Resource: "arn:aws:lambda:eu-central-1:222222222222:function:second",
          Condition: {
            StringEquals: { "AWS:SourceAccount": "222222222222" },
            ArnLike: { "AWS:SourceArn": DESTINATION_USER_POOL_ARN },
          },
        },
      ],
    },
  });
});

test("a key is the same wherever it stands", () => {
  const two = structuredClone(SECOND) as Record<string, Record<string, Record<string, unknown>>>;
  Object.assign(two["aws_lambda_function"]?.["second"] ?? {}, {
    environment: { variables: { A: `\${${KEY}}`, B: `\${${KEY}}` } },
  });
  const { A, B } = with2(two).functions[1]?.configuration.environment ?? {};
  expect(A).toBe(B);
});

test("one policy more on a role shows, and so does one caller more", () => {
  const more: SynthesizedStack["resource"] = {
    aws_iam_role_policy: { broad: { role: "${aws_iam_role.role.name}", policy: allow("*") } },
    aws_lambda_permission: {
      broad: {
        ...SECOND["aws_lambda_permission"]?.["second-permission"],
        function_name: "${aws_lambda_function.function.function_name}",
      },
    },
  };
  const { lambdaRole, invokePolicy } = with2(more);
  expect(lambdaRole.permissions).toHaveLength(2);
  expect(invokePolicy).toMatchObject({ Statement: [{}, {}] });
});

test("a function that nobody may call has no resource policy", () => {
  const { aws_lambda_permission: _, ...without } = SECOND;
  expect(with2(without).functions[1]?.invokePolicy).toBeUndefined();
});
