import { parse as parseHcl } from "@cdktf/hcl2json";
import { cognitoUserPoolLambdaConfigToTerraform } from "@cdktf/provider-aws/lib/cognito-user-pool";
import { App, Stack } from "aws-cdk-lib";
import { Match, Template } from "aws-cdk-lib/assertions";
import { CfnUserPool, CfnUserPoolClient, UserPool } from "aws-cdk-lib/aws-cognito";
import { ScriptTarget, transpile } from "typescript";
import { decideAttach } from "../../../cli/attach/decide";
import type { Json, JsonObject } from "../../../cli/aws/json";
import { decideDetach } from "../../../cli/detach/decide";
import { type Change, FLOWS_PATH, type Snapshot } from "../../../cli/pool-change/change";
import { driftText, linesFor, PRINTED, type Printed } from "../../../cli/pool-change/infrastructure-lines";

const FUNCTION = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";
const FLOWS = ["ALLOW_REFRESH_TOKEN_AUTH", "ALLOW_USER_PASSWORD_AUTH"];

const SNAPSHOT = { userPool: { LambdaConfig: { PreSignUp: "arn:other" } }, clients: [] };

const changes = (trigger: Json, flows: Json): Change[] => [
  {
    target: { kind: "user-pool", id: "eu-central-1_Dest0001", name: "Customers EU" },
    path: ["LambdaConfig", "UserMigration"],
    before: null,
    after: trigger,
  },
  { target: { kind: "app-client", id: "4kq7example", name: "web" }, path: FLOWS_PATH, before: null, after: flows },
  {
    target: { kind: "app-client", id: "5kq7example", name: "2nd ${app}" },
    path: FLOWS_PATH,
    before: null,
    after: flows,
  },
];

describe("for Terraform", () => {
  test("the lines are what Terraform reads", async () => {
    const { resource } = await parseHcl("lines.tf", linesFor("terraform", SNAPSHOT, changes(FUNCTION, FLOWS)));
    expect(resource).toEqual({
      aws_cognito_user_pool: { Customers_EU: [{ lambda_config: [{ user_migration: FUNCTION }] }] },
      aws_cognito_user_pool_client: {
        web: [{ explicit_auth_flows: FLOWS }],
        _2nd___app_: [{ explicit_auth_flows: FLOWS }],
      },
    });
  });

  test("what goes is not there", async () => {
    const lines = linesFor("terraform", SNAPSHOT, changes(null, null));
    const { resource } = await parseHcl("lines.tf", lines);
    expect(resource.aws_cognito_user_pool).toEqual({ Customers_EU: [{ lambda_config: [{}] }] });
    expect(lines).toContain("# No user_migration any more.");
    expect(lines).toContain("# No explicit_auth_flows any more.");
  });
});

describe("for CloudFormation", () => {
  test("the lines are a template", () => {
    expect(JSON.parse(linesFor("cloudformation", SNAPSHOT, changes(FUNCTION, FLOWS)))).toEqual({
      Resources: {
        CustomersEUUserPool: {
          Type: "AWS::Cognito::UserPool",
          Properties: { LambdaConfig: { PreSignUp: "arn:other", UserMigration: FUNCTION } },
        },
        WebClient: { Type: "AWS::Cognito::UserPoolClient", Properties: { ExplicitAuthFlows: FLOWS } },
        "2ndAppClient": { Type: "AWS::Cognito::UserPoolClient", Properties: { ExplicitAuthFlows: FLOWS } },
      },
    });
  });
});

test("app clients of one name, or with none in Latin letters, are told apart by their ids", () => {
  const [pool, web] = changes(FUNCTION, FLOWS);
  const client = (id: string, name: string): Change => ({
    ...(web as Change),
    target: { kind: "app-client", id, name },
  });
  const all = [pool as Change, client("1a", "web"), client("2b", "web"), client("3c", "顧客"), client("4d", "")];
  expect(Object.keys(JSON.parse(linesFor("cloudformation", SNAPSHOT, all)).Resources)).toEqual([
    "CustomersEUUserPool",
    "1aClient",
    "2bClient",
    "3cClient",
    "4dClient",
  ]);
});

describe("for the CDK", () => {
  const synthesized = (trigger: Json, flows: Json): Template => {
    const stack = new Stack(new App(), "Stack");
    const pool = new UserPool(stack, "Pool");
    const client = pool.addClient("Web", { authFlows: { custom: true } });
    const other = pool.addClient("Second");
    const code = transpile(linesFor("cdk", SNAPSHOT, changes(trigger, flows)), { target: ScriptTarget.ES2022 });
    new Function("CfnUserPool", "CfnUserPoolClient", "customersEUUserPool", "webClient", "_2ndAppClient", code)(
      CfnUserPool,
      CfnUserPoolClient,
      pool,
      client,
      other,
    );
    return Template.fromStack(stack);
  };

  test("the lines make the template say it", () => {
    const template = synthesized(FUNCTION, FLOWS);
    template.hasResourceProperties("AWS::Cognito::UserPool", { LambdaConfig: { UserMigration: FUNCTION } });
    template.allResourcesProperties("AWS::Cognito::UserPoolClient", { ExplicitAuthFlows: FLOWS });
  });

  test("the lines take it out of the template", () => {
    synthesized(null, null).allResourcesProperties("AWS::Cognito::UserPoolClient", {
      ExplicitAuthFlows: Match.absent(),
    });
  });
});

describe("the note on drift", () => {
  test("names the CloudFormation stack where the pool has its tag", () => {
    const userPool = { UserPoolTags: { "aws:cloudformation:stack-name": "pools" } };
    expect(driftText({ userPool, clients: [] }, "attach")).toContain("CloudFormation stack pools manages this pool");
  });

  test("is there in any case", () => {
    expect(driftText({ userPool: {}, clients: [] }, "attach")).toContain(
      "If Terraform, the CDK or CloudFormation manages this pool",
    );
  });

  test("names no command where none prints the lines", () => {
    expect(driftText({ userPool: {}, clients: [] })).toMatch(/will revert this\. Revert it in that code, too\.$/);
  });
});

describe("the token trigger", () => {
  const TOKEN = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_token_customers";
  const both = { PreTokenGeneration: TOKEN, PreTokenGenerationConfig: { LambdaArn: TOKEN, LambdaVersion: "V1_0" } };
  const pool = (LambdaConfig: JsonObject): JsonObject => ({
    Id: "eu-central-1_Dest0001",
    Name: "customers",
    LambdaConfig,
  });
  const lines = (printed: Printed, before: JsonObject, decide: typeof attached): string => {
    const snapshot = { userPool: pool(before), clients: [] };
    return linesFor(printed, snapshot, decide(snapshot));
  };
  const attached = (snapshot: Snapshot): readonly Change[] => decideAttach(snapshot, { token: TOKEN }, false).changes;
  const detached = (snapshot: Snapshot): readonly Change[] => decideDetach(snapshot, { token: TOKEN }).changes;
  const saidInTerraform = async (text: string) =>
    (await parseHcl("lines.tf", text)).resource.aws_cognito_user_pool.customers[0].lambda_config[0];
  const saidInCloudFormation = (text: string) => JSON.parse(text).Resources.CustomersUserPool.Properties.LambdaConfig;
  const saidInCdk = (text: string) => {
    const stack = new Stack(new App(), "Stack");
    const code = transpile(text, { target: ScriptTarget.ES2022 });
    new Function("CfnUserPool", "customersUserPool", code)(CfnUserPool, new UserPool(stack, "Pool"));
    const [found] = Object.values(Template.fromStack(stack).findResources("AWS::Cognito::UserPool"));
    return found?.["Properties"].LambdaConfig ?? {};
  };

  test.each<[string, JsonObject]>([
    ["no trigger", {}],
    ["ours by its old name", { PreTokenGeneration: TOKEN }],
    ["ours by both names", both],
    ["ours with another event", { ...both, PreTokenGenerationConfig: { LambdaArn: TOKEN, LambdaVersion: "V2_0" } }],
  ])("is the same in all three, on a pool with %s", async (_, before) => {
    expect(saidInCloudFormation(lines("cloudformation", before, attached))).toEqual(both);
    expect(saidInCdk(lines("cdk", before, attached))).toEqual(both);
    const hcl = await saidInTerraform(lines("terraform", before, attached));
    expect(hcl).toEqual({
      pre_token_generation: TOKEN,
      pre_token_generation_config: [{ lambda_arn: TOKEN, lambda_version: "V1_0" }],
    });
    // The provider's own words for what CloudFormation says.
    const { PreTokenGeneration: preTokenGeneration, PreTokenGenerationConfig: config } = both;
    const said = {
      preTokenGeneration,
      preTokenGenerationConfig: { lambdaArn: config.LambdaArn, lambdaVersion: config.LambdaVersion },
    };
    const { pre_token_generation, pre_token_generation_config } = cognitoUserPoolLambdaConfigToTerraform(said);
    expect(hcl).toEqual({ pre_token_generation, pre_token_generation_config: [pre_token_generation_config] });
  });

  test("is in none of them once it goes, and Terraform's says that this is not enough", async () => {
    const other = { ...both, PreSignUp: "arn:other" };
    expect(saidInCloudFormation(lines("cloudformation", other, detached))).toEqual({ PreSignUp: "arn:other" });
    expect(saidInCdk(lines("cdk", other, detached))).toEqual({});
    const hcl = lines("terraform", other, detached);
    expect(await saidInTerraform(hcl)).toEqual({});
    expect(hcl).toMatch(/# No pre_token_generation any more\. Terraform leaves it on the pool all the same/);
  });

  test("is not spoken of where it is not asked for", () => {
    const snapshot = { userPool: pool({}), clients: [] };
    const { changes } = decideDetach(snapshot, { migration: FUNCTION, token: TOKEN });
    for (const printed of PRINTED) expect(linesFor(printed, snapshot, changes)).not.toMatch(/token/i);
  });
});
