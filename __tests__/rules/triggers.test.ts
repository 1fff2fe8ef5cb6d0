import "../support/quiet-sdk";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { cognitoUserPoolLambdaConfigToTerraform } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { TRIGGERS } from "../../rules/triggers";
import { ROOT } from "../support/program";

test("the function answers one trigger, and AWS calls it so", () => {
  expect(TRIGGERS).toEqual([
    expect.objectContaining({
      name: "user migration",
      lambdaConfigKey: "UserMigration",
      terraformKey: "user_migration",
      sources: { signIn: "UserMigration_Authentication", forgotPassword: "UserMigration_ForgotPassword" },
      check: expect.objectContaining({ id: "migration-trigger" }),
    }),
  ]);
});

test("no two rows share a name", () => {
  for (const nameOf of [
    ...(["name", "lambdaConfigKey", "terraformKey", "entry"] as const).map((key) => (row: Row) => [row[key]]),
    (row: Row) => [row.check.id],
    (row: Row) => Object.values(row.sources),
  ]) {
    const names = TRIGGERS.flatMap(nameOf);
    expect(names).toEqual([...new Set(names)]);
  }
});
type Row = (typeof TRIGGERS)[number];

test.each(TRIGGERS)(
  "the provider takes the $name trigger under the table's name",
  ({ lambdaConfigKey, terraformKey }) => {
    const argument = lambdaConfigKey.charAt(0).toLowerCase() + lambdaConfigKey.slice(1);
    expect(cognitoUserPoolLambdaConfigToTerraform({ [argument]: "arn" })).toMatchObject({ [terraformKey]: "arn" });
  },
);

test("each row has its file in handler/triggers, and no file is without a row", () => {
  const files = readdirSync(join(ROOT, "handler/triggers")).filter((name) => name.endsWith(".ts"));
  expect(files.sort()).toEqual(TRIGGERS.map(({ entry }) => `${entry}.ts`).sort());
  for (const file of files)
    expect(jest.requireActual(join(ROOT, "handler/triggers", file))).toEqual({ createFunction: expect.any(Function) });
});
