import { BOTH } from "../support/settings";
import { type Json, resources, synthesized } from "../support/stacks";

const KMS_KEY = "arn:aws:kms:eu-central-1:222222222222:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const STAMP = { ...BOTH, MIGRATION_STAMP: "on", STAMP_KEY_READABLE: "accept" };
const GROUPS = { ...STAMP, GROUPS_MODE: "token", GROUPS: "staff,old,a${b", GROUPS_MAP: "old=new" };

const destination = (env: Record<string, string>): Json => synthesized(env).destination;
const functionOf = (env: Record<string, string>): Json => resources(destination(env))["aws_lambda_function.function"];
const addressesOf = (env: Record<string, string>): string[] =>
  [resources(destination(env)), resources(destination(env), "data")].flatMap(Object.keys);

const KEY = {
  triggers_replace: { key: '${sensitive(join("", [uuid(), uuid()]))}' },
  lifecycle: { ignore_changes: ["triggers_replace"] },
};

test("without the settings nothing is there, and with their defaults written out it is the same", () => {
  const text = JSON.stringify(destination(BOTH));
  expect(text).not.toMatch(/stamp|STAMP|GROUPS|user_groups|kms_key/);
  expect(JSON.stringify(destination({ ...BOTH, MIGRATION_STAMP: "off", GROUPS_MODE: "off" }))).toBe(text);
});

test("a customer-managed key encrypts the environment, and the role may do no more than before", () => {
  const [before, after] = [BOTH, { ...BOTH, LAMBDA_KMS_KEY_ARN: KMS_KEY }].map((env) => resources(destination(env)));
  const fn = "aws_lambda_function.function";
  expect(after).toEqual({ ...before, [fn]: { ...before?.[fn], kms_key_arn: KMS_KEY } });
});

test("a stamp adds a key, and reads no groups", () => {
  expect(addressesOf(STAMP).filter((address) => !addressesOf(BOTH).includes(address))).toEqual([
    "terraform_data.stamp-key-1",
  ]);
  expect(resources(destination(STAMP))["terraform_data.stamp-key-1"]).toEqual(KEY);
  const { variables } = functionOf(STAMP).environment;
  expect(variables).toEqual({
    ...functionOf(BOTH).environment.variables,
    STAMP_ATTRIBUTE: "custom:migration",
    STAMP_KEY: "${sensitive(terraform_data.stamp-key-1.triggers_replace.key)}",
  });
});

test("rotation makes a key, and keeps the one before", () => {
  const stack = { ...STAMP, STAMP_KEY_NUMBER: "3" };
  expect(addressesOf(stack).filter((address) => address.includes("stamp-key"))).toEqual([
    "terraform_data.stamp-key-2",
    "terraform_data.stamp-key-3",
  ]);
  expect(resources(destination(stack))["terraform_data.stamp-key-2"]).toEqual(KEY);
  expect(functionOf(stack).environment.variables.STAMP_KEY).toContain("stamp-key-3");
});

test("groups are read from the pool when Terraform plans", () => {
  expect(resources(destination(GROUPS), "data")["aws_cognito_user_groups.user-groups"]).toEqual({
    provider: "aws.destination",
    user_pool_id: "eu-central-1_Dest0001",
  });
  expect(functionOf(GROUPS).environment.variables).toMatchObject({
    GROUPS: "staff,old,a$${b",
    GROUPS_MAP: "old=new",
    DESTINATION_GROUPS:
      '${jsonencode(sort([for g in coalesce(data.aws_cognito_user_groups.user-groups.groups, []) : g.group_name if contains(["staff", "new", "a$${b"], g.group_name)]))}',
  });
});

test("with * a group with a role is filled only where it is named", () => {
  const { variables } = functionOf({ ...STAMP, GROUPS_MODE: "token", GROUPS: "*,admins" }).environment;
  expect(variables.DESTINATION_GROUPS).toContain(
    'if (g.role_arn == null ? "" : g.role_arn) == "" || contains(["admins"], g.group_name)]',
  );
});

test("Terraform's plan refuses a pool without a place for the stamp", () => {
  const conditions: Json[] = functionOf({ ...STAMP, STAMP_ATTRIBUTE: "custom:other" }).lifecycle.precondition;
  expect(conditions).toHaveLength(3);
  expect(conditions[1].condition).toContain('a.name == "custom:other" && a.attribute_data_type == "String"');
  expect(conditions[1].condition).toContain("max_length) >= 2048");
  expect(conditions[1].condition).toContain(
    "try(tonumber(a.string_attribute_constraints[0].min_length) <= 128, true) &&",
  );
  expect(conditions[1].error_message).toMatch(
    /^STAMP_ATTRIBUTE is custom:other, and eu-central-1_Dest0001 has no such/,
  );
});

test("the environment is measured with as long a key as there will be, and Terraform sees none", () => {
  const { locals } = destination(GROUPS);
  expect(locals["function-environment"]).toMatchObject({ LOG_USER_KEY: "0".repeat(36), STAMP_KEY: "0".repeat(72) });
  expect(functionOf(GROUPS).lifecycle.precondition.at(-1).error_message).toContain("instead of *.");
});
