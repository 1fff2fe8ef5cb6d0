import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Fn, TerraformStack, TerraformVariable, Testing } from "cdktf";
import {
  MigrationFunction,
  MigrationWatch,
  SourceAccess,
  type SourceValues,
  type StampKeys,
  TokenFunction,
} from "../../library";
import { BOTH } from "../support/settings";
import { type Json, resources, synthesized } from "../support/stacks";

const folder = mkdtempSync(join(tmpdir(), "cognito-migration-library-"));
for (const name of ["handler.zip", "token.zip"]) writeFileSync(join(folder, name), "zip");
Object.assign(globalThis, { HANDLER_ZIP: join(folder, "handler.zip"), TOKEN_ZIP: join(folder, "token.zip") });
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
  const CONSTRUCTS = { SourceAccess, MigrationFunction, TokenFunction, MigrationWatch };
  test.each(
    Object.keys(CONSTRUCTS).flatMap((name) =>
      ([undefined, null, "aws", {}] as const).map((provider) => [name as keyof typeof CONSTRUCTS, provider] as const),
    ),
  )("of %s: not %j", (name, provider) => {
    const make = (): unknown =>
      own(({ stack }) => {
        const props = { provider: provider as never, settings: BOTH, source: VALUES, stampKeys: undefined };
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

const STAMPS = { MIGRATION_STAMP: "on", STAMP_KEY_READABLE: "accept" };
const GROUPS = {
  ...STAMPS,
  GROUPS_MODE: "token+member",
  GROUPS: "*,root",
  GROUPS_MAP: "root=admins",
  GROUPS_OR_REFUSE: "suspended",
};

describe("with stamps", () => {
  const CASES: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["alone", STAMPS],
    ["groups", GROUPS],
    [
      "groups, an event, a KMS key and a rotated key",
      {
        ...GROUPS,
        STAMP_KEY_NUMBER: "2",
        LAMBDA_KMS_KEY_ARN: "arn:aws:kms:eu-central-1:222222222222:key/mrk-0123456789abcdef0123456789abcdef",
        MIGRATED_EVENT_BUS_ARN: "arn:aws:events:eu-central-1:222222222222:event-bus/default",
      },
    ],
  ];

  /** The kind of each resource; what a construct is of it keeps by itself. */
  const kindsOf = (stack: Json): readonly string[] =>
    Object.keys({ ...resources(stack), ...resources(stack, "data") })
      .filter((address) => !address.includes("identity"))
      .map((address) => address.split(".")[0] ?? "")
      .sort();

  /** Values, with the ids of constructs out of every reference. */
  const functionsOf = (stack: Json): Readonly<Record<string, Json>> =>
    Object.fromEntries(
      Object.entries<Json>(resources(stack))
        .filter(([address]) => address.startsWith("aws_lambda_function."))
        .map(([, { function_name, kms_key_arn, logging_config, environment }]) => [
          function_name,
          JSON.parse(
            JSON.stringify({ kms_key_arn, logging_config, environment }).replaceAll(/\b[dt]_|_[0-9A-F]{8}\b/g, ""),
          ),
        ]),
    );

  test.each(CASES)("%s, the constructs make what the stack makes", (_, more) => {
    const settings = { ...BOTH, ...IN_SETTINGS, ...more };
    const made = own(({ stack, provider }) => {
      const fn = new MigrationFunction(stack, "d", { provider, settings });
      if ("GROUPS" in more) new TokenFunction(stack, "t", { provider, settings, stampKeys: fn.stampKeys });
      new MigrationWatch(stack, "w", { provider, settings });
    });
    expect(kindsOf(made)).toEqual(kindsOf(synthesized(settings).destination));
    const functions = functionsOf(made);
    for (const [name, fn] of Object.entries(functionsOf(synthesized(settings).destination)))
      expect(functions[name]).toEqual(fn);
  });

  test("the token function signs with no keys of its own", () => {
    const make = (settings: object, stampKeys: StampKeys | undefined) => () =>
      own(({ stack, provider }) => {
        new TokenFunction(stack, "t", { provider, settings: { ...BOTH, ...IN_SETTINGS, ...settings }, stampKeys });
      });
    expect(make(GROUPS, undefined)).toThrow(/stampKeys: found nothing, expected those of the MigrationFunction/);
    expect(make(STAMPS, { current: "x" })).toThrow(/GROUPS_MODE: found "?off"?, expected token or token\+member/);
  });

  test("there are keys to give where there are stamps, and only there", () => {
    const keysWith = (more: object): (keyof StampKeys)[] => {
      const found: (keyof StampKeys)[] = [];
      own(({ stack, provider }) => {
        const { stampKeys } = new MigrationFunction(stack, "d", {
          provider,
          settings: { ...BOTH, ...IN_SETTINGS, ...more },
        });
        found.push(...(Object.keys(stampKeys ?? {}) as (keyof StampKeys)[]));
      });
      return found;
    };
    expect(keysWith({})).toEqual([]);
    expect(keysWith(STAMPS)).toEqual(["current"]);
    expect(keysWith({ ...STAMPS, STAMP_KEY_NUMBER: "2" })).toEqual(["current", "before"]);
  });
});
