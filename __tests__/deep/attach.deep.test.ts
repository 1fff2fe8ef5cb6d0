import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateUserPoolClientCommand,
  DescribeUserPoolClientCommand,
  DescribeUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { startCli } from "../support/cli-process";
import { changesOf, describeDeep, STACKS } from "../support/deep";
import { ROOT, type Run } from "../support/program";
import { Lab, type Migration } from "./lab/lab";
import { mended } from "./lab/mended-pools";
import type { Project } from "./lab/project";

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-central-1" };
const LAMBDA_ARN = "arn:aws:lambda:eu-central-1:222222222222:function:cognito_migration_customers";
const FLOWS = ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"];

/** One story: the tests run in this order, and each builds on those before it. */
describeDeep("the operator's commands at stacks that Terraform has applied", (tools) => {
  let lab: Lab;
  let migration: Migration;
  let project: Project;
  let clientId: string;

  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
    lab.shim.intercept = (request) => mended(lab.moto.url, request);
    migration = await lab.prepare("customers", SOURCE, DESTINATION);
    project = lab.project();
    await project.synth(migration.settings);
    const cognito = await lab.live.cognito(DESTINATION);
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId: migration.destination.id,
        ClientName: "web",
        ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        GenerateSecret: true,
      }),
    );
    clientId = UserPoolClient?.ClientId ?? "";
  });
  afterAll(() => lab.close());

  const run = async (...parameters: string[]): Promise<Run> => {
    const { accessKeyId, secretAccessKey, sessionToken } = await lab.credentials(migration, "destination");
    const home = join(project.directory, "operator");
    mkdirSync(home, { recursive: true });
    writeFileSync(
      join(home, "credentials"),
      `[destination]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\naws_session_token = ${sessionToken}\n`,
    );
    const environment = {
      AWS_SHARED_CREDENTIALS_FILE: join(home, "credentials"),
      AWS_ENDPOINT_URL: lab.shim.url,
      ...migration.settings,
      DESTINATION_PROFILE: "destination",
    };
    return startCli(project.directory, environment, parameters).ended;
  };

  const settings = async () => {
    const cognito = await lab.live.cognito(DESTINATION);
    const UserPoolId = migration.destination.id;
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId }));
    const { UserPoolClient } = await cognito.send(
      new DescribeUserPoolClientCommand({ UserPoolId, ClientId: clientId }),
    );
    const { LastModifiedDate: _, ...pool } = UserPool ?? {};
    const { LastModifiedDate: __, ClientSecret: ___, ...client } = UserPoolClient ?? {};
    return { pool, client };
  };

  test("attach refuses while the function is not deployed", async () => {
    const { status, stderr } = await run("attach", "--client", clientId, "--apply");
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining(`There is no function ${LAMBDA_ARN} that anybody may call`),
    ]);
  });

  test.each(STACKS)("stack %s is applied", async (stack) => {
    expect(await lab.apply(project, migration, stack)).toContain("Apply complete!");
  });

  test("attach --apply: the deployed function is the trigger, and the app client may send passwords", async () => {
    const before = await settings();
    const { status, stderr } = await run("attach", "--client", clientId, "--apply");
    expect([status, stderr]).toEqual([0, expect.stringContaining("Done. To take it back")]);
    // Nothing about the permission: it was read from the deployed function, and holds.
    expect(stderr).not.toMatch(/could not be checked|look whether the pool may call it/);
    expect(await settings()).toEqual({
      pool: { ...before.pool, LambdaConfig: { UserMigration: LAMBDA_ARN } },
      client: { ...before.client, ExplicitAuthFlows: [...FLOWS, "ALLOW_USER_PASSWORD_AUTH"] },
    });
  });

  test("Terraform still finds nothing to do in its own stacks", async () => {
    for (const stack of STACKS)
      expect(await changesOf(project, stack, await lab.credentials(migration, stack))).toEqual({});
  });

  test("cut-over --apply and undo --apply lead there and back", async () => {
    const attached = await settings();
    // These are the credentials of the destination alone.
    expect(await run("cut-over", "--leave", "unknown", "--apply")).toMatchObject({ status: 0 });
    const { pool, client } = await settings();
    expect([pool.LambdaConfig?.UserMigration, client.ExplicitAuthFlows?.toSorted()]).toEqual([
      undefined,
      FLOWS.toSorted(),
    ]);
    expect(await run("undo", "--apply")).toMatchObject({ status: 0 });
    expect((await settings()).pool).toEqual(attached.pool);
  });

  test("undo of attach leaves the pool and the app client as they were", async () => {
    const { stdout } = await run("undo", "--list", "--json");
    const [first] = JSON.parse(stdout) as { id: string; command: string }[];
    expect(first?.command).toBe("attach");
    expect(await run("undo", String(first?.id), "--apply")).toMatchObject({ status: 0 });
    const { pool, client } = await settings();
    expect([pool.LambdaConfig?.UserMigration, client.ExplicitAuthFlows]).toEqual([undefined, FLOWS]);
  });
});
