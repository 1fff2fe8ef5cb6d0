import { migrationNames, USER_POOL_NAME_MAX_LENGTH } from "../../config/names";

test("derives every name from the user pool's", () => {
  expect(migrationNames("customers")).toEqual({
    appClient: "migration",
    sourceRole: "cognito_migration_customers",
    lambdaRole: "cognito_migration_lambda_customers",
    function: "cognito_migration_customers",
    logGroup: "/aws/lambda/cognito_migration_customers",
    dashboard: "cognito_migration_customers",
  });
});

test("the longest user pool name fills a role name of 64 characters", () => {
  const { lambdaRole, sourceRole, function: fn } = migrationNames("x".repeat(USER_POOL_NAME_MAX_LENGTH));
  expect(lambdaRole).toHaveLength(64);
  expect(Math.max(sourceRole.length, fn.length)).toBeLessThanOrEqual(64);
});
