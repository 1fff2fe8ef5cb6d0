import { sourceTrustPolicy } from "../../rules/policies";
import { BOTH, SOURCE_ONLY, SOURCE_USER_POOL_ID } from "../support/settings";
import { resources, synthesized } from "../support/stacks";

const EXTERNAL_ID = `cognito-migration/customers/${SOURCE_USER_POOL_ID}/222222222222`;

test("makes an app client and a role with one policy, and nothing else", () => {
  const { source } = synthesized(BOTH);
  expect(resources(source)).toEqual({
    "aws_cognito_user_pool_client.app-client": {
      provider: "aws.source",
      name: "migration",
      user_pool_id: "${data.aws_cognito_user_pool.user-pool.user_pool_id}",
      generate_secret: false,
      explicit_auth_flows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
      prevent_user_existence_errors: "ENABLED",
      enable_token_revocation: true,
      enable_propagate_additional_user_context_data: false,
      access_token_validity: 5,
      id_token_validity: 5,
      refresh_token_validity: 60,
      token_validity_units: [{ access_token: "minutes", id_token: "minutes", refresh_token: "minutes" }],
      auth_session_validity: 3,
      allowed_oauth_flows_user_pool_client: false,
      allowed_oauth_flows: [],
      allowed_oauth_scopes: [],
      supported_identity_providers: [],
      callback_urls: [],
      logout_urls: [],
      read_attributes: ["locale"],
      write_attributes:
        '${sort(distinct(concat(["locale"], [for a in coalesce(data.aws_cognito_user_pool.user-pool.schema_attributes, []) : a.name if coalesce(a.required, false) && a.name != "sub"])))}',
    },
    "aws_iam_role.role": {
      provider: "aws.source",
      name: "cognito_migration_customers",
      description:
        "Lets cognito_migration_lambda_customers in account 222222222222 prove passwords for the user migration",
      max_session_duration: 3600,
      assume_role_policy: JSON.stringify(
        sourceTrustPolicy({
          partition: "aws",
          destinationAccount: "222222222222",
          lambdaRoleName: "cognito_migration_lambda_customers",
          externalId: EXTERNAL_ID,
        }),
      ),
    },
    "terraform_data.identity": {
      input: { migration: "customers", user_pool_id: SOURCE_USER_POOL_ID },
      lifecycle: { ignore_changes: ["input"] },
    },
    "aws_iam_role_policy.role-policy": {
      provider: "aws.source",
      name: "prove-passwords",
      role: "${aws_iam_role.role.name}",
      policy:
        '${jsonencode({"Version" = "2012-10-17", "Statement" = [{"Effect" = "Allow", "Action" = ["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser"], "Resource" = data.aws_cognito_user_pool.user-pool.arn}]})}',
    },
  });
});

test("reads the user pool, so that a wrong id fails when Terraform plans", () => {
  expect(resources(synthesized(BOTH).source, "data")).toEqual({
    "aws_cognito_user_pool.user-pool": { provider: "aws.source", user_pool_id: SOURCE_USER_POOL_ID },
  });
});

test("outputs what the destination needs", () => {
  const { output } = synthesized(BOTH).source;
  expect(
    Object.fromEntries(Object.entries<{ value: string }>(output).map(([name, { value }]) => [name, value])),
  ).toEqual({
    role_arn: "${aws_iam_role.role.arn}",
    app_client_id: "${aws_cognito_user_pool_client.app-client.id}",
    user_pool_id: "${data.aws_cognito_user_pool.user-pool.user_pool_id}",
    region: "eu-west-1",
    // Where AWS did not say, the source is taken to demand a second factor.
    mfa_configuration: '${coalesce(data.aws_cognito_user_pool.user-pool.mfa_configuration, "ON")}',
    username_attributes:
      '${coalesce(join(",", sort(coalesce(data.aws_cognito_user_pool.user-pool.username_attributes, []))), "none")}',
    external_id: EXTERNAL_ID,
    migration: "${terraform_data.identity.output.migration}",
  });
});

test("is the same whether or not the destination is synthesized beside it", () => {
  expect(synthesized(SOURCE_ONLY).source).toEqual(synthesized(BOTH).source);
});

test("one aliased provider, without a check of the account unless it is known", () => {
  expect(synthesized(BOTH).source.provider).toEqual({ aws: [{ alias: "source", region: "eu-west-1" }] });
});

test("the provider takes account, profile, Region and tags", () => {
  const { source } = synthesized({
    ...BOTH,
    SOURCE_ACCOUNT: "111111111111",
    SOURCE_PROFILE: "legacy",
    SOURCE_REGION: "eu-west-2",
    TAGS: "team=identity",
  });
  expect(source.provider).toEqual({
    aws: [
      {
        alias: "source",
        region: "eu-west-2",
        allowed_account_ids: ["111111111111"],
        profile: "legacy",
        default_tags: [{ tags: { team: "identity" } }],
      },
    ],
  });
});

test("Terraform's plan refuses a rule for an attribute that the source does not have", () => {
  const { source } = synthesized({
    ...BOTH,
    ATTRIBUTE_EXCLUDE: "custom:legacy",
    ATTRIBUTE_MAP: "sub=custom:source_sub,custom:tier=custom:plan",
  });
  const { precondition } = resources(source)["aws_cognito_user_pool_client.app-client"].lifecycle;
  expect(precondition.map(({ condition }: { condition: string }) => condition)).toEqual(
    ["custom:legacy", "custom:tier"].map(
      (name) =>
        `\${contains([for a in coalesce(data.aws_cognito_user_pool.user-pool.schema_attributes, []) : a.name], "${name}")}`,
    ),
  );
  expect(precondition[0].error_message).toContain(
    "custom:legacy, which the schema of eu-west-1_Source001 does not have",
  );
});
