import { CreateUserPoolClientCommand } from "@aws-sdk/client-cognito-identity-provider";
import {
  DeleteRolePolicyCommand,
  GetRoleCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  RemovePermissionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { STSClient } from "@aws-sdk/client-sts";
import { tryToAssume } from "../../cli/preflight/gather-role";
import type { World } from "../../sandbox/accounts/world";
import { describeDeep, STACKS } from "../support/deep";
import { profiles, runPreflight } from "../support/preflight-run";
import { ROOT } from "../support/program";
import { Lab, type Migration } from "./lab/lab";
import type { Project } from "./lab/project";

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-central-1" };
const NAME = "cognito_migration_checked";
const SOURCE_ROLE = `arn:aws:iam::${SOURCE.account}:role/${NAME}`;

/** True of the emulator's pools and settings, before and after a deploy. */
const ALWAYS = {
  "deletion-protection": "warning",
  "attributes-arrive": "warning",
  "migration-trigger": "warning",
  "code-email": "warning",
  "auto-verified-attributes": "warning",
  "destination-sign-up": "warning",
  "source-sign-up": "warning",
  "source-role-assumable": "skipped",
  "expected-sign-ins": "skipped",
  concurrency: "warning",
  alarms: "warning",
  // moto has no quotas of Cognito.
  "source-quota": "skipped",
  // Nor replicas of user pools.
  replication: "skipped",
  // Nor GetAccountSettings of Lambda.
  "reservable-concurrency": "skipped",
};

/** moto's STS asks no trust policy: what IAM would say is asked of the deployed policies below. */
const EMULATOR = { "source-role-closed": "failed" };
/** hashicorp/aws 5 knows no later runtime. */
const RUNTIME = { "function-runtime": "warning" };

/** What Terraform deploys is what preflight expects, and what it expects is checked to the letter. */
describeDeep("preflight of applied stacks", (tools) => {
  let lab: Lab;
  let migration: Migration;
  let project: Project;
  let environment: Record<string, string>;

  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
    migration = await lab.prepare("checked", SOURCE, DESTINATION);
    project = lab.project();
    await project.synth(migration.settings);
    environment = {
      ...migration.settings,
      SOURCE_PROFILE: "source",
      DESTINATION_PROFILE: "destination",
      AWS_SHARED_CREDENTIALS_FILE: profiles({
        source: await lab.credentials(migration, "source"),
        destination: await lab.credentials(migration, "destination"),
      }),
      AWS_ENDPOINT_URL: lab.shim.url,
    };
    // The customer's own, for applications.
    await (await lab.live.cognito(DESTINATION)).send(
      new CreateUserPoolClientCommand({
        UserPoolId: migration.destination.id,
        ClientName: "application",
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        PreventUserExistenceErrors: "ENABLED",
        WriteAttributes: ["name"],
      }),
    );
  });
  afterAll(() => lab.close());

  const unsettled = async (): Promise<Record<string, string>> => {
    const { checks } = await runPreflight(environment, ["--json"], project.directory);
    return Object.fromEntries(checks.filter(({ state }) => state !== "passed").map(({ id, state }) => [id, state]));
  };

  test("before the deploy, what is missing is missing", async () => {
    expect(await unsettled()).toEqual({
      ...ALWAYS,
      "migration-client": "skipped",
      "source-role-trust": "failed",
      "source-role-permissions": "skipped",
      "source-role-closed": "skipped",
      "function-state": "failed",
      "function-configuration": "skipped",
      "function-code": "skipped",
      "function-source-mfa": "skipped",
      "function-source-names": "skipped",
      "function-runtime": "skipped",
      "function-role": "failed",
      "function-invoke-policy": "skipped",
      "log-retention": "failed",
    });
  });

  describe("deployed", () => {
    beforeAll(async () => {
      for (const stack of STACKS) await lab.apply(project, migration, stack);
    });

    test("roles, app client, function, resource policy, log group and alarms pass", async () => {
      expect(await unsettled()).toEqual({ ...ALWAYS, ...EMULATOR, ...(isProvider5() ? RUNTIME : {}) });
    });

    test("STS, asked with the deployed trust policy, lets the function in with the External ID and nobody else", async () => {
      const world: World = await lab.openWorld(project, migration, []);
      try {
        const externalId = `cognito-migration/checked/${migration.source.id}/${DESTINATION.account}`;
        const { lambda, operator } = await sessions(world);
        expect(await tryToAssume(lambda, SOURCE_ROLE, externalId)).toEqual({
          withExternalId: "assumed",
          withoutExternalId: "refused",
          withAnotherExternalId: "refused",
        });
        expect(await tryToAssume(operator, SOURCE_ROLE, externalId)).toEqual({
          withExternalId: "refused",
          withoutExternalId: "refused",
          withAnotherExternalId: "refused",
        });
      } finally {
        await world.close();
      }
    });

    test("a trust policy without External ID is found", async () => {
      const iam = await lab.live.iam(SOURCE.account);
      const { Role } = await iam.send(new GetRoleCommand({ RoleName: NAME }));
      const before = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
      const open = JSON.parse(before) as { Statement: { Condition: Record<string, unknown> }[] };
      delete open.Statement[0]?.Condition["StringEquals"];
      const put = (PolicyDocument: string) =>
        iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: NAME, PolicyDocument }));
      await put(JSON.stringify(open));
      expect(await unsettled()).toMatchObject({ "source-role-trust": "failed" });
      await put(before);
      expect(await unsettled()).not.toHaveProperty("source-role-trust");
    });

    test("a second policy on the source role is found", async () => {
      const iam = await lab.live.iam(SOURCE.account);
      const RoleName = NAME;
      const PolicyDocument = JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "*", Resource: "*" }],
      });
      await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: "more", PolicyDocument }));
      expect(await unsettled()).toMatchObject({ "source-role-permissions": "failed" });
      await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: "more" }));
      expect(await unsettled()).not.toHaveProperty("source-role-permissions");
    });

    test("a second statement in the function's resource policy is found", async () => {
      const lambda = await lab.live.lambda(DESTINATION);
      const statement = { FunctionName: NAME, StatementId: "open" };
      await lambda.send(
        new AddPermissionCommand({
          ...statement,
          Action: "lambda:InvokeFunction",
          Principal: "cognito-idp.amazonaws.com",
          SourceArn: `${migration.destination.arn}2`,
        }),
      );
      expect(await unsettled()).toMatchObject({ "function-invoke-policy": "failed" });
      await lambda.send(new RemovePermissionCommand(statement));
      expect(await unsettled()).not.toHaveProperty("function-invoke-policy");
    });

    test("a timeout that was changed by hand is found", async () => {
      const lambda = await lab.live.lambda(DESTINATION);
      await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: NAME, Timeout: 30 }));
      expect(await unsettled()).toMatchObject({ "function-configuration": "failed" });
    });
  });

  const isProvider5 = (): boolean => lab.tools.provider.version.startsWith("5.");

  async function sessions(world: World): Promise<{ lambda: STSClient; operator: STSClient }> {
    const role = await lab.live.findRole(`arn:aws:iam::${DESTINATION.account}:role/cognito_migration_lambda_checked`);
    if (role === undefined) throw new Error("the function's role is not there");
    const client = (credentials: World["destination"]["administrator"]): STSClient =>
      new STSClient({ region: DESTINATION.region, endpoint: world.urls.sts, credentials, maxAttempts: 1 });
    return {
      lambda: client(world.credentials.issue({ ...role, policies: role.permissions })),
      operator: client(world.destination.administrator),
    };
  }
});
