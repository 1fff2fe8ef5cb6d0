import "../support/quiet-sdk";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { cognitoUserPoolLambdaConfigToTerraform } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { MIGRATION_TRIGGERS, PRE_TOKEN_GENERATION, TRIGGERS } from "../../rules/triggers";
import { ROOT } from "../support/program";

test("each function answers one trigger, and AWS calls it so", () => {
  expect(TRIGGERS).toEqual([
    expect.objectContaining({
      function: "migration",
      name: "user migration",
      lambdaConfigKey: "UserMigration",
      terraformKey: "user_migration",
      sources: { signIn: "UserMigration_Authentication", forgotPassword: "UserMigration_ForgotPassword" },
      check: expect.objectContaining({ id: "migration-trigger" }),
    }),
    expect.objectContaining({
      function: "token",
      name: "pre token generation",
      lambdaConfigKey: "PreTokenGeneration",
      terraformKey: "pre_token_generation",
      sources: {
        hostedAuth: "TokenGeneration_HostedAuth",
        authentication: "TokenGeneration_Authentication",
        newPasswordChallenge: "TokenGeneration_NewPasswordChallenge",
        authenticateDevice: "TokenGeneration_AuthenticateDevice",
        refreshTokens: "TokenGeneration_RefreshTokens",
      },
      versioned: expect.objectContaining({ lambdaConfigKey: "PreTokenGenerationConfig", lambdaVersion: "V1_0" }),
      check: expect.objectContaining({ id: "token-trigger" }),
    }),
  ]);
});

test("no two rows share a name", () => {
  for (const nameOf of [
    ...(["name", "lambdaConfigKey", "terraformKey"] as const).map((key) => (row: Row) => [row[key]]),
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

test("the provider takes the version of an event under the table's names", () => {
  const { versioned } = PRE_TOKEN_GENERATION;
  const config = { preTokenGenerationConfig: { lambdaArn: "arn", lambdaVersion: versioned.lambdaVersion } };
  expect(cognitoUserPoolLambdaConfigToTerraform(config)).toMatchObject({
    [versioned.terraformKey]: { lambda_arn: "arn", lambda_version: "V1_0" },
  });
});

test("the migrating function's rows are those of the table, the first first", () => {
  expect(MIGRATION_TRIGGERS).toEqual(TRIGGERS.filter((row) => row.function === "migration"));
});

// Loaded before any test: what a mutant does while a file loads is no test's business.
const FILES = readdirSync(join(ROOT, "handler/triggers"))
  .filter((name) => name.endsWith(".ts"))
  .map((file) => ({ file, exported: jest.requireActual(join(ROOT, "handler/triggers", file)) }));

test("each row of the migrating function has its file in handler/triggers, and no file is without a row", () => {
  const files = FILES.map(({ file }) => file);
  expect(files.sort()).toEqual(MIGRATION_TRIGGERS.map(({ entry }) => `${entry}.ts`).sort());
  for (const { exported } of FILES) expect(exported).toEqual({ createFunction: expect.any(Function) });
});
