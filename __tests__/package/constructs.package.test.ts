import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PACKAGE } from "../support/installed";
import { ROOT, run } from "../support/program";
import { edited } from "../support/settings";
import { type Json, resources } from "../support/stacks";

/** Somebody's own app, which has the package from its tarball and the peers by itself. */
let app: string;
beforeAll(() => {
  app = mkdtempSync(join(tmpdir(), "cognito-migration-app-"));
  mkdirSync(join(app, "node_modules/@cdktf"), { recursive: true });
  // A copy: behind a link its peers would be looked for where it is.
  cpSync(PACKAGE, join(app, "node_modules/cognito-migration"), { recursive: true });
  for (const name of ["cdktf", "constructs", "@cdktf/provider-aws", "@types"])
    symlinkSync(join(ROOT, "node_modules", name), join(app, "node_modules", name));
  for (const name of ["package.json", "tsconfig.json"])
    cpSync(join(ROOT, "examples/constructs", name), join(app, name));
  writeFileSync(join(app, "main.ts"), edited(readFileSync(join(ROOT, "examples/constructs/main.ts"), "utf8")));
  writeFileSync(join(app, "cdktf.json"), "{}");
});
afterAll(() => {
  run(app, ["chmod", "-R", "u+w", app], {});
  rmSync(app, { recursive: true, force: true });
});

const tsc = (...options: readonly string[]) =>
  run(app, [process.execPath, join(ROOT, "node_modules/typescript/bin/tsc"), ...options], {});

describe("the example", () => {
  let stack: Json;
  beforeAll(() => {
    expect(tsc("-p", ".")).toEqual({ status: 0, stdout: "", stderr: "" });
    expect(run(app, [process.execPath, "build/main.js"], {})).toEqual({ status: 0, stdout: "", stderr: "" });
    stack = JSON.parse(readFileSync(join(app, "cdktf.out/stacks/identity/cdk.tf.json"), "utf8"));
  });

  test("asks for the versions that this project has", () => {
    const own = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    const { dependencies, devDependencies } = JSON.parse(readFileSync(join(app, "package.json"), "utf8"));
    // From a file: nobody has the name on npm, so a stranger could.
    const tarball = `file:${own.name}-${own.version}.tgz`;
    const versions: Record<string, string> = { ...own.dependencies, ...own.devDependencies, [own.name]: tarball };
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect([name, version]).toEqual([name, versions[name]]);
  });

  test("makes two migrations in one stack, each with its provider", () => {
    const made = resources(stack);
    const kinds = Object.keys(made).map((address) => address.split(".")[0]);
    const counts = Object.fromEntries(
      [...new Set(kinds)].sort().map((kind) => [kind, kinds.filter((one) => one === kind).length]),
    );
    expect(counts).toEqual({
      aws_cloudwatch_dashboard: 2,
      aws_cloudwatch_log_group: 2,
      aws_cloudwatch_metric_alarm: 14,
      aws_cognito_user_pool_client: 2,
      aws_iam_role: 4,
      aws_iam_role_policy: 4,
      aws_lambda_function: 2,
      aws_lambda_permission: 2,
      terraform_data: 6,
    });
    for (const [address, { provider }] of Object.entries<Json>(made))
      expect([address, provider]).toEqual([
        address,
        address.startsWith("terraform_data")
          ? undefined
          : `aws.${/_(customers|partners)-source_|-source_/.test(address) ? "source" : "destination"}`,
      ]);
  });

  test("deploys the zip of the package, as it is", () => {
    const assets = join(app, "cdktf.out/stacks/identity/assets");
    const zips = readdirSync(assets, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".zip"));
    expect(zips).toHaveLength(2);
    for (const zip of zips)
      expect(readFileSync(join(assets, zip))).toEqual(readFileSync(join(PACKAGE, "dist/handler.zip")));
  });

  test("keeps its state where it says, and needs nothing else of this project", () => {
    expect(Object.keys(stack.terraform.backend)).toEqual(["s3"]);
    expect(stack.data["terraform_remote_state"]).toBeUndefined();
    // What each construct is of, which guards it, has a name that cdktf makes.
    const [guards, outputs] = [true, false].map((is) =>
      Object.keys(stack.output)
        .filter((name) => /_migration_[0-9A-F]{8}$/.test(name) === is)
        .sort(),
    );
    expect(guards).toHaveLength(4);
    expect(outputs).toEqual([
      "customers-lambda-arn",
      "customers-source-outputs",
      "partners-lambda-arn",
      "partners-source-outputs",
    ]);
  });
});

describe("types", () => {
  const PROGRAM = `
    import { MigrationFunction, SourceAccess, TokenFunction, type MigrationSettings } from "cognito-migration/constructs";
    const settings: MigrationSettings = { USER_POOL_NAME: "a", SOURCE_USER_POOL_ID: "b" };
    export const make = (scope: ConstructorParameters<typeof SourceAccess>[0], provider: ConstructorParameters<typeof SourceAccess>[2]["provider"]): string[] => {
      const source = new SourceAccess(scope, "source", { provider, settings });
      const { lambdaArn, stampKeys } = new MigrationFunction(scope, "function", { provider, settings, source });
      return [lambdaArn, new TokenFunction(scope, "token", { provider, settings, stampKeys }).lambdaArn];
    };
  `;
  const OPTIONS = ["--noEmit", "--strict", "--target", "ES2022", "--types", "node"];

  test.each([
    ["node10", "commonjs", false],
    ["node10", "commonjs", true],
    ["node16", "node16", false],
    ["nodenext", "nodenext", false],
    ["bundler", "preserve", true],
  ])("are found with moduleResolution %s (module %s, skipLibCheck %p)", (moduleResolution, module, skip) => {
    writeFileSync(join(app, "types.ts"), PROGRAM);
    const options = ["--moduleResolution", moduleResolution, "--module", module, ...(skip ? ["--skipLibCheck"] : [])];
    expect(tsc(...OPTIONS, ...options, "types.ts")).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  test.each([
    ["a setting that there is not", `SOURCE_USER_POOL_ID: "b", MFA_POLICI: "sms"`, /MFA_POLICI/],
    ["a setting that is missing", "", /SOURCE_USER_POOL_ID/],
  ])("%s is an error of types", (_, other, message) => {
    const text = `import type { MigrationSettings } from "cognito-migration/constructs";\nexport const s: MigrationSettings = { USER_POOL_NAME: "a", ${other} };`;
    writeFileSync(join(app, "wrong.ts"), text);
    const { status, stdout } = tsc(
      ...OPTIONS,
      "--moduleResolution",
      "node10",
      "--module",
      "commonjs",
      "--skipLibCheck",
      "wrong.ts",
    );
    expect([status, stdout]).toEqual([2, expect.stringMatching(message)]);
  });
});

test.each([
  [
    `{ USER_POOL_NAME: "a b", SOURCE_USER_POOL_ID: "c" }`,
    /3 problems in the settings:\n {2}USER_POOL_NAME: .*\n {2}SOURCE_USER_POOL_ID: [\s\S]*Set them in the props of stack\/x\./,
  ],
  [
    `{ USER_POOL_NAME: "a", SOURCE_USER_POOL_ID: "eu-west-1_Source001", DESTINATION_ACCOUNT: "222222222222" }`,
    /DESTINATION_USER_POOL_ARN: found nothing/,
  ],
  [
    `{ USER_POOL_NAME: "a", SOURCE_USER_POOL_ID: "eu-west-1_Source001", DESTINATION_USER_POOL_ARN: "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001" }`,
    /source: found nothing, expected a SourceAccess, or SOURCE_ROLE_ARN/,
  ],
])("a function with the settings %s is refused with all that is wrong", (settings, message) => {
  const program = `
    const { App, TerraformStack } = require("cdktf");
    const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
    const { MigrationFunction } = require("cognito-migration/constructs");
    const stack = new TerraformStack(new App(), "stack");
    const provider = new AwsProvider(stack, "aws", { region: "eu-central-1" });
    new MigrationFunction(stack, "x", { provider, settings: ${settings} });
  `;
  writeFileSync(join(app, "wrong.cjs"), program);
  const { status, stderr } = run(app, [process.execPath, "wrong.cjs"], {});
  expect([status, stderr]).toEqual([1, expect.stringMatching(message)]);
});
