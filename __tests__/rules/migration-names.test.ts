import fc from "fast-check";
import { isUserPoolName, migrationNames, USER_POOL_NAME_MAX_LENGTH } from "../../rules/migration-names";

test("derives every name from the user pool's", () => {
  expect(migrationNames("customers")).toEqual({
    appClient: "migration",
    sourceRole: "cognito_migration_customers",
    lambdaRole: "cognito_migration_lambda_customers",
    function: "cognito_migration_customers",
    logGroup: "/aws/lambda/cognito_migration_customers",
    dashboard: "cognito_migration_customers",
    token: {
      function: "cognito_migration_token_customers",
      role: "cognito_migration_token_customers",
      logGroup: "/aws/lambda/cognito_migration_token_customers",
    },
  });
});

test("the longest user pool name fills a role name of 64 characters", () => {
  const { lambdaRole, sourceRole, function: fn, token } = migrationNames("x".repeat(USER_POOL_NAME_MAX_LENGTH));
  expect(lambdaRole).toHaveLength(64);
  for (const name of [sourceRole, fn, token.function, token.role]) expect(name.length).toBeLessThanOrEqual(64);
});

/** As IAM compares them: https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateRole.html */
const rolesOf = (name: string): string[] => {
  const { sourceRole, lambdaRole, token } = migrationNames(name);
  return [sourceRole, lambdaRole, token.role].map((role) => role.toLowerCase());
};
/** Unique in an account and Region, and with regard to case. */
const functionsOf = (name: string): string[] => {
  const { function: fn, token } = migrationNames(name);
  return [fn, token.function];
};

test("in one account no two migrations want one role or one function", () => {
  const word = fc.constantFrom("lambda", "Lambda", "LAMBDA", "token", "Token", "a", "B", "_", "-", "x1");
  const name = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(""));
  const taken = name.filter(isUserPoolName);
  fc.assert(
    fc.property(taken, taken, (one, other) => {
      fc.pre(one.toLowerCase() !== other.toLowerCase());
      expect(rolesOf(one).filter((role) => rolesOf(other).includes(role))).toEqual([]);
      expect(functionsOf(one).filter((fn) => functionsOf(other).includes(fn))).toEqual([]);
    }),
    {
      numRuns: 2_000,
      examples: [
        ["a", "lambda"],
        ["a", "token"],
      ],
    },
  );
});

test.each([
  "lambda_x",
  "Lambda_x",
  "lambda_",
  "token_x",
  "Token_",
  "",
  "a b",
  "a.b",
  "x".repeat(USER_POOL_NAME_MAX_LENGTH + 1),
])("%p is no name for a migration", (name) => expect(isUserPoolName(name)).toBe(false));

test.each(["lambda", "lambdas_x", "x_lambda_y", "token", "tokens_x", "-", "x".repeat(USER_POOL_NAME_MAX_LENGTH)])(
  "%p is one",
  (name) => expect(isUserPoolName(name)).toBe(true),
);
