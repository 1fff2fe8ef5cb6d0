import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parse as parseHcl } from "@cdktf/hcl2json";
import { App as CdkApp } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { Testing } from "cdktf";
import { parse as parseDotenv } from "dotenv";
import { parseDeployment } from "../config/deployment";
import { DestinationUserPool as CdkDestination } from "../examples/destination-user-pool/cdk/destination-user-pool";
import { DestinationUserPool as CdktfDestination } from "../examples/destination-user-pool/cdktf/destination-user-pool";
import { edited } from "./support/settings";
import { synthesized } from "./support/stacks";

const EXAMPLES = resolve(__dirname, "../examples");
const LAMBDA_ARN = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";

const settingsFiles = readdirSync(EXAMPLES, { recursive: true, encoding: "utf8" }).filter((path) =>
  path.endsWith("settings.env"),
);

test.each(settingsFiles)("%s synthesizes both stacks, when its pools are replaced", (path) => {
  const text = readFileSync(join(EXAMPLES, path), "utf8");
  expect(() => parseDeployment(parseDotenv(text))).toThrow(/^2 problems(.*\n.*this is the one of the examples){2}/);
  const { source, destination } = synthesized(parseDotenv(edited(text)));
  expect(Object.keys(source.resource)).toContain("aws_cognito_user_pool_client");
  expect(Object.keys(destination.resource)).toContain("aws_lambda_function");
});

/** Custom attributes that the settings need at the destination. */
const mapped = settingsFiles.flatMap((path) =>
  (parseDotenv(readFileSync(join(EXAMPLES, path)))["ATTRIBUTE_MAP"] ?? "")
    .split(",")
    .map((pair) => pair.split("=")[1] ?? "")
    .filter((name) => name.startsWith("custom:"))
    .map((name) => name.slice("custom:".length)),
);

describe("attaching the trigger", () => {
  const outdir = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
  afterAll(() => rmSync(outdir, { recursive: true, force: true }));

  const FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];

  test("in Terraform", async () => {
    const file = "destination-user-pool/terraform/main.tf";
    const { resource } = await parseHcl(file, readFileSync(join(EXAMPLES, file), "utf8"));
    expect(resource.aws_cognito_user_pool.destination[0].lambda_config).toEqual([
      { user_migration: "${var.lambda_arn}" },
    ]);
    const names = resource.aws_cognito_user_pool.destination[0].schema.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(mapped));
    expect(resource.aws_cognito_user_pool_client.application[0].explicit_auth_flows).toEqual(FLOWS);
  });

  test("in CDKTF", () => {
    const stack = new CdktfDestination(Testing.app({ outdir }), "pool", {
      region: "eu-central-1",
      lambdaArn: LAMBDA_ARN,
    });
    const { resource } = JSON.parse(Testing.synth(stack, true));
    expect(resource.aws_cognito_user_pool["user-pool"].lambda_config).toEqual({ user_migration: LAMBDA_ARN });
    const names = resource.aws_cognito_user_pool["user-pool"].schema.map(({ name }: { name: string }) => name);
    expect(names).toEqual(expect.arrayContaining(mapped));
    expect(resource.aws_cognito_user_pool_client.application.explicit_auth_flows).toEqual(FLOWS);
  });

  test("in the AWS CDK, without a second permission for the function", () => {
    const stack = new CdkDestination(new CdkApp({ outdir }), "Pool", { lambdaArn: LAMBDA_ARN });
    const template = Template.fromStack(stack);
    template.hasResourceProperties("AWS::Cognito::UserPool", { LambdaConfig: { UserMigration: LAMBDA_ARN } });
    for (const Name of mapped)
      template.hasResourceProperties("AWS::Cognito::UserPool", {
        Schema: Match.arrayWith([Match.objectLike({ Name })]),
      });
    template.hasResourceProperties("AWS::Cognito::UserPoolClient", { ExplicitAuthFlows: Match.arrayEquals(FLOWS) });
    template.resourceCountIs("AWS::Lambda::Permission", 0);
  });
});
