import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, TerraformStack, TerraformVariable, Testing } from "cdktf";
import { MigrationFunction, MigrationWatch, SourceAccess, type SourceValues } from "../../library";
import { BOTH } from "../support/settings";
import { type Json, resources } from "../support/stacks";

const folder = mkdtempSync(join(tmpdir(), "cognito-migration-library-"));
writeFileSync(join(folder, "handler.zip"), "zip");
Object.assign(globalThis, { HANDLER_ZIP: join(folder, "handler.zip") });
afterAll(() => rmSync(folder, { recursive: true }));

interface Own {
  readonly stack: TerraformStack;
  readonly provider: AwsProvider;
}

/** A stack of somebody's own. */
function own(build: (own: Own) => void): Json {
  const stack = new TerraformStack(Testing.app({ outdir: mkdtempSync(join(folder, "out-")) }), "own");
  build({ stack, provider: new AwsProvider(stack, "aws", { region: "eu-west-1" }) });
  return JSON.parse(Testing.synth(stack, true));
}

const VALUES: SourceValues = {
  roleArn: "arn:aws:iam::111111111111:role/cognito_migration_customers",
  appClientId: "1example",
  mfaConfiguration: "OPTIONAL",
  usernameAttributes: "email",
};
const IN_SETTINGS = {
  SOURCE_ROLE_ARN: VALUES.roleArn,
  SOURCE_APP_CLIENT_ID: VALUES.appClientId,
  SOURCE_USERNAME_ATTRIBUTES: VALUES.usernameAttributes,
};
const functionOf = (source: SourceValues | undefined, more: object = {}): Json =>
  own(({ stack, provider }) => {
    const settings = { ...BOTH, ...more };
    new MigrationFunction(stack, "fn", { provider, settings, ...(source === undefined ? {} : { source }) });
  });
const environmentOf = (stack: Json): Json =>
  (Object.entries(resources(stack)).find(([address]) => address.startsWith("aws_lambda_function")) as Json)[1]
    .environment.variables;

describe("a provider is required", () => {
  const CONSTRUCTS = { SourceAccess, MigrationFunction, MigrationWatch };
  test.each(
    Object.keys(CONSTRUCTS).flatMap((name) =>
      ([undefined, null, "aws", {}] as const).map((provider) => [name as keyof typeof CONSTRUCTS, provider] as const),
    ),
  )("of %s: not %j", (name, provider) => {
    const make = (): unknown =>
      own(({ stack }) => {
        const props = { provider: provider as never, settings: BOTH, source: VALUES };
        new CONSTRUCTS[name](stack, "x", props);
      });
    expect(make).toThrow(/provider: found .*, expected an AwsProvider .*props of own\/x\./s);
  });
});

describe("the source is said once", () => {
  test("by the props or by the settings", () => {
    expect(environmentOf(functionOf(VALUES))).toMatchObject({ SOURCE_MFA_CONFIGURATION: "OPTIONAL" });
    expect(environmentOf(functionOf(undefined, IN_SETTINGS))).toMatchObject({ SOURCE_MFA_CONFIGURATION: "ON" });
  });

  test("not by both", () => {
    expect(() => functionOf(VALUES, IN_SETTINGS)).toThrow(
      /source: found it beside SOURCE_ROLE_ARN in the settings, expected one of the two/,
    );
  });
});

describe("values of the source", () => {
  test.each<[keyof SourceValues, unknown]>([
    ["roleArn", "cognito_migration_customers"],
    ["roleArn", "arn:aws:iam::1111:role/x"],
    ["roleArn", "arn:aws:iam::*:role/x"],
    ["roleArn", "*"],
    ["roleArn", ` ${VALUES.roleArn}`],
    ["roleArn", VALUES.roleArn.replace("aws", "aws-cn")],
    ["roleArn", undefined],
    ["appClientId", "a b"],
    ["appClientId", ""],
    ["appClientId", undefined],
    ["mfaConfiguration", "off"],
    ["mfaConfiguration", undefined],
    ["usernameAttributes", "name"],
    ["usernameAttributes", undefined],
  ])("%s is not %j", (member, value) => {
    expect(() => functionOf({ ...VALUES, [member]: value })).toThrow(
      new RegExp(`1 problem in the settings:\\n  source\\.${member}: found .*, expected .*props of own/fn\\.`, "s"),
    );
  });

  test("are in SOURCE_ACCOUNT where the settings say it", () => {
    expect(() => functionOf(VALUES, { SOURCE_ACCOUNT: "333333333333" })).toThrow(
      /source\.roleArn: found "arn.*", expected a role in account 333333333333/,
    );
    expect(() => functionOf(VALUES, { SOURCE_ACCOUNT: "111111111111" })).not.toThrow();
  });

  test("are all named at once", () => {
    expect(() => functionOf({ roleArn: "a", appClientId: "", mfaConfiguration: "x", usernameAttributes: "y" })).toThrow(
      /4 problems/,
    );
  });

  test("reach the function in one form", () => {
    expect(environmentOf(functionOf({ ...VALUES, usernameAttributes: "phone_number, email" }))).toMatchObject({
      SOURCE_USERNAME_ATTRIBUTES: "email,phone_number",
    });
  });

  test.each<[string, (stack: TerraformStack) => string]>([
    ["a variable", (stack) => new TerraformVariable(stack, "v", {}).stringValue],
    ["what Terraform computes", () => Fn.lower("X")],
    ["Terraform's own words", () => "$" + "{module.source.value}"],
  ])("are not known yet where they are %s", (_, reference) => {
    const made = own(({ stack, provider }) => {
      const value = reference(stack);
      const source = { roleArn: value, appClientId: value, mfaConfiguration: value, usernameAttributes: value };
      new MigrationFunction(stack, "fn", { provider, settings: { ...BOTH, SOURCE_ACCOUNT: "111111111111" }, source });
    });
    expect(environmentOf(made)).toMatchObject({ SOURCE_APP_CLIENT_ID: expect.stringMatching(/^\$\{.*\}$/) });
  });
});

describe("SOURCE_ACCOUNT", () => {
  const poolOf = (more: object): Json =>
    Object.values(
      resources(
        own(({ stack, provider }) => new SourceAccess(stack, "source", { provider, settings: { ...BOTH, ...more } })),
        "data",
      ),
    )[0];

  test("is held when Terraform plans, and nothing else where it is not set", () => {
    const check = "$" + '{split(":", self.arn)[4] == "111111111111"}';
    expect(poolOf({ SOURCE_ACCOUNT: "111111111111" }).lifecycle).toEqual({
      postcondition: [{ condition: check, error_message: expect.stringContaining("SOURCE_ACCOUNT is 111111111111") }],
    });
    expect(poolOf({})).not.toHaveProperty("lifecycle");
  });
});

describe("what a construct is of", () => {
  const made = own(({ stack, provider }) => {
    const source = new SourceAccess(stack, "a-source", { provider, settings: BOTH });
    new MigrationFunction(stack, "a-function", { provider, settings: BOTH, source });
  });

  test.each([
    ["a-source", BOTH.SOURCE_USER_POOL_ID],
    ["a-function", "eu-central-1_Dest0001"],
  ])("is kept in the state, and nothing else is planned over it: %s", (id, userPoolId) => {
    const [address, kept] = Object.entries<Json>(resources(made)).find(([one]) =>
      one.startsWith(`terraform_data.${id}_identity`),
    ) as [string, Json];
    expect(kept).toMatchObject({
      input: { migration: "customers", user_pool_id: userPoolId },
      lifecycle: { ignore_changes: ["input"] },
    });
    const { precondition } = Object.values<Json>(made.output).find(({ value }) => value.includes(address));
    expect(precondition).toEqual([
      {
        condition: `\${${address}.output.migration == "customers" && ${address}.output.user_pool_id == "${userPoolId}"}`,
        error_message: expect.stringMatching(
          new RegExp(`^own/${id} is of migration .* Give every migration a USER_POOL_NAME and a construct of its own;`),
        ),
      },
    ]);
  });
});
