import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  CreateGroupCommand,
  CreateUserPoolClientCommand,
  DescribeUserPoolCommand,
} from "@aws-sdk/client-cognito-identity-provider";
import { DeleteRolePolicyCommand, GetRolePolicyCommand, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import {
  AddPermissionCommand,
  GetFunctionConfigurationCommand,
  RemovePermissionCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { peopleOf } from "../../sandbox/accounts/people";
import { seedPerson } from "../../sandbox/accounts/sample-users";
import type { World } from "../../sandbox/accounts/world";
import { json } from "../../sandbox/aws/http";
import { startCli } from "../support/cli-process";
import { changesOf, describeDeep, leftIn, STACKS } from "../support/deep";
import { profiles, runPreflight } from "../support/preflight-run";
import { ROOT, type Run } from "../support/program";
import { Lab, type Migration } from "./lab/lab";
import { mended } from "./lab/mended-pools";
import type { Project } from "./lab/project";

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-central-1" };
const MIGRATING = "cognito_migration_grouped";
const TOKEN = "cognito_migration_token_grouped";
const arnOf = (name: string): string => `arn:aws:lambda:eu-central-1:222222222222:function:${name}`;
const BUS = "arn:aws:events:eu-central-1:222222222222:event-bus/migrated";
const people = ["first", "key", "source-arn", "role", "last"].map((name) => seedPerson(name));

/** One story: the tests run in this order, and each builds on those before it. */
describeDeep("both functions, as Terraform has applied them", (tools) => {
  let lab: Lab;
  let migration: Migration;
  let project: Project;
  let clientId: string;
  let environment: Record<string, string>;
  let world: World;

  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
    const byEmail = { usernameAttributes: ["email"], requiredAttributes: ["email"] } as const;
    const StringAttributeConstraints = { MinLength: "0", MaxLength: "2048" };
    const stamp = { Name: "custom:migration", AttributeDataType: "String", StringAttributeConstraints } as const;
    const usual = { source: ["tier", "legacy"], destination: ["plan", "source_sub", stamp] };
    const prepared = await lab.prepare("grouped", SOURCE, DESTINATION, {
      source: { ...byEmail, customAttributes: usual.source },
      destination: { ...byEmail, customAttributes: usual.destination },
    });
    migration = {
      ...prepared,
      settings: {
        ...prepared.settings,
        MIGRATION_STAMP: "on",
        STAMP_KEY_READABLE: "accept",
        GROUPS_MODE: "token+member",
        GROUPS: "editors",
        MIGRATED_EVENT_BUS_ARN: BUS,
      },
    };
    lab.shim.intercept = async (request) => {
      // moto would need Docker to run a function. The one that is deployed answers, in the process that stands for it.
      if (request.path.endsWith(`${encodeURIComponent(arnOf(TOKEN))}/invocations`))
        return json(200, (await tokenFunction().invoke(JSON.parse(request.body))).payload);
      return mended(lab.moto.url, request);
    };
    const cognito = await lab.live.cognito(DESTINATION);
    const { UserPoolClient } = await cognito.send(
      new CreateUserPoolClientCommand({
        UserPoolId: migration.destination.id,
        ClientName: "web",
        ExplicitAuthFlows: ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        WriteAttributes: ["name"],
        ReadAttributes: ["name"],
      }),
    );
    clientId = UserPoolClient?.ClientId ?? "";
    for (const [place, { id }] of [
      [SOURCE, migration.source],
      [DESTINATION, migration.destination],
    ] as const)
      await (await lab.live.cognito(place)).send(new CreateGroupCommand({ UserPoolId: id, GroupName: "editors" }));
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
  });
  afterAll(async () => {
    await world?.close();
    await lab.close();
  });

  const run = (...parameters: string[]): Promise<Run> => startCli(project.directory, environment, parameters).ended;
  const triggers = async (): Promise<object> => {
    const cognito = await lab.live.cognito(DESTINATION);
    const { UserPool } = await cognito.send(new DescribeUserPoolCommand({ UserPoolId: migration.destination.id }));
    return UserPool?.LambdaConfig ?? {};
  };
  const tokenFunction = () => {
    const found = world.functions.find(({ configuration: { name } }) => name === TOKEN);
    if (found === undefined) throw new Error("no token function is deployed");
    return found;
  };
  /** Anew, so that what was changed in the emulator counts. */
  const open = async (): Promise<void> => {
    await world?.close();
    world = await lab.openWorld(project, migration, people, {
      groups: {
        source: [{ GroupName: "editors", members: people.map(({ username }) => username) }],
        destination: [{ GroupName: "editors", members: [] }],
      },
      lambdaConfig: { ...(await triggers()) },
    });
    // A machine that runs Terraform, too, may take longer to load them than a sign-in may.
    for (const fn of world.functions) await fn.load();
  };
  /** What a sign-in is answered with; groups of its last answer of the token function, and those of the destination. */
  const signIn = async (name: string): Promise<readonly unknown[]> => {
    const { email = "", password = "" } = people.find((one) => one.email.startsWith(`${name}@`)) ?? {};
    const answer = await peopleOf(world.destination).signIn(email, password);
    const { payload } = tokenFunction().invocations.at(-1) ?? {};
    const { claimsOverrideDetails } = (payload as { response?: { claimsOverrideDetails?: object } })?.response ?? {};
    const { groupOverrideDetails } = (claimsOverrideDetails ?? {}) as {
      groupOverrideDetails?: { groupsToOverride: string[] };
    };
    const user = world.destination.userPool.users.find(email);
    const members = user === undefined ? [] : world.destination.userPool.groups.of(user.username);
    return [answer, groupOverrideDetails?.groupsToOverride ?? [], members.map(({ GroupName }) => GroupName)];
  };
  const preflight = async (): Promise<Record<string, string>> => {
    const { checks } = await runPreflight(environment, ["--json"], project.directory);
    const ours = checks.filter(({ id }) => /^token-|^stamp-|^destination-groups$/.test(id));
    return Object.fromEntries(ours.map(({ id, state }) => [id, state]).filter(([id]) => !ELSEWHERE.has(id ?? "")));
  };
  /** The trigger is not attached at first; hashicorp/aws 5 knows no later runtime. */
  const ELSEWHERE = new Set(["token-trigger", "token-function-runtime"]);
  const ALL_PASS = {
    "stamp-attribute": "passed",
    "stamp-key": "passed",
    "token-stamp-key": "passed",
    "destination-groups": "passed",
    "token-function-state": "passed",
    "token-function-configuration": "passed",
    "token-function-code": "passed",
    "token-function-role": "passed",
    "token-function-invoke-policy": "passed",
    "token-log-retention": "passed",
  };

  test.each(STACKS)("stack %s is applied, and a second plan finds nothing to do", async (stack) => {
    expect(await lab.apply(project, migration, stack)).toContain("Apply complete!");
    expect(await changesOf(project, stack, await lab.credentials(migration, stack))).toEqual({});
  });

  test("docs/deploy-permissions.md says what Terraform called besides, and that is all", () => {
    const text = readFileSync(join(ROOT, "docs/deploy-permissions.md"), "utf8");
    const always = new Set([...text.matchAll(/^- `([a-z-]+:\w+)`/gm)].map(([, operation]) => operation));
    const besides = [...text.matchAll(/With `GROUPS_MODE`[^.]*`([a-z-]+:\w+)`/g)].map(([, operation]) => operation);
    expect([...lab.shim.operations].filter((operation) => !always.has(operation))).toEqual(besides);
  });

  test("what is there of the second function is this", async () => {
    expect((await leftIn(lab.live, DESTINATION)).filter((one) => one.includes("token"))).toEqual([
      ...["errors", "failed", "slow", "throttles"].map((name) => `alarm ${MIGRATING}-token-${name}`),
      `function ${TOKEN}`,
      `log group /aws/lambda/${TOKEN}`,
      `role ${TOKEN}`,
    ]);
  });

  test("preflight finds nothing wrong with it", async () => {
    expect(await preflight()).toEqual(ALL_PASS);
  });

  test("attach --groups --apply puts both onto the pool, and undoes nothing else", async () => {
    await open();
    const { status, stderr } = await run("attach", "--groups", "--client", clientId, "--apply");
    expect([status, stderr]).toEqual([0, expect.stringContaining("Done. To take it back")]);
    expect(tokenFunction().invocations).not.toEqual([]);
    expect(await triggers()).toEqual({
      UserMigration: arnOf(MIGRATING),
      PreTokenGeneration: arnOf(TOKEN),
      PreTokenGenerationConfig: { LambdaArn: arnOf(TOKEN), LambdaVersion: "V1_0" },
    });
  });

  test("a member signs in for the first time: the group is in the token, then comes membership", async () => {
    await open();
    expect(await signIn("first")).toEqual(["tokens", ["editors"], ["editors"]]);
    expect(world.busEvents).toHaveLength(1);
    expect(world.decisions.filter(({ allowed }) => !allowed)).toEqual([]);
  });

  describe("with one protection tampered with", () => {
    const key = async (): Promise<() => Promise<unknown>> => {
      const lambda = await lab.live.lambda(DESTINATION);
      const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: TOKEN }));
      const before = Environment?.Variables ?? {};
      const put = (Variables: Record<string, string>) =>
        lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: TOKEN, Environment: { Variables } }));
      await put({ ...before, STAMP_KEY: "another-key-another-key-another-key-another-key" });
      return () => put(before);
    };
    const sourceArn = async (): Promise<() => Promise<unknown>> => {
      const lambda = await lab.live.lambda(DESTINATION);
      const StatementId = "pre-token-generation-trigger";
      const put = async (SourceArn: string): Promise<unknown> => {
        await lambda.send(new RemovePermissionCommand({ FunctionName: TOKEN, StatementId }));
        return lambda.send(
          new AddPermissionCommand({
            FunctionName: TOKEN,
            StatementId,
            Action: "lambda:InvokeFunction",
            Principal: "cognito-idp.amazonaws.com",
            SourceArn,
            SourceAccount: DESTINATION.account,
          }),
        );
      };
      await put(migration.destination.arn.replace(/[^/]*$/, "eu-central-1_Another"));
      return () => put(migration.destination.arn);
    };
    const role = async (): Promise<() => Promise<unknown>> => {
      const iam = await lab.live.iam(DESTINATION.account);
      const named = { RoleName: TOKEN, PolicyName: "log-and-send" };
      const { PolicyDocument = "" } = await iam.send(new GetRolePolicyCommand(named));
      await iam.send(new DeleteRolePolicyCommand(named));
      return () => iam.send(new PutRolePolicyCommand({ ...named, PolicyDocument: decodeURIComponent(PolicyDocument) }));
    };

    test.each([
      ["key", key, "token-function-configuration", ["tokens", [], []]],
      ["source-arn", sourceArn, "token-function-invoke-policy", ["UnexpectedLambdaException", [], []]],
      ["role", role, "token-function-role", ["tokens", ["editors"], []]],
    ] as const)("its %s: preflight says so, and nobody has more than without it", async (name, tamper, check, seen) => {
      const restore = await tamper();
      try {
        expect(await preflight()).toEqual({ ...ALL_PASS, [check]: "failed" });
        await open();
        expect(await signIn(name)).toEqual(seen);
      } finally {
        await restore();
      }
      await open();
      expect(await preflight()).toEqual(ALL_PASS);
      expect(await signIn("last")).toEqual(["tokens", ["editors"], ["editors"]]);
    });
  });

  test("attach refuses a function that the pool may not call", async () => {
    expect(await run("detach", "--groups", "--apply")).toMatchObject({ status: 0 });
    const lambda = await lab.live.lambda(DESTINATION);
    await lambda.send(
      new RemovePermissionCommand({ FunctionName: TOKEN, StatementId: "pre-token-generation-trigger" }),
    );
    const { status, stderr } = await run("attach", "--groups", "--apply");
    expect([status, stderr]).toEqual([1, expect.stringContaining(arnOf(TOKEN))]);
    expect(await triggers()).toEqual({ UserMigration: arnOf(MIGRATING) });
  });

  test("detached, both stacks are destroyed, and nothing is left", async () => {
    expect(await run("detach", "--apply")).toMatchObject({ status: 0 });
    expect(await triggers()).toEqual({});
    for (const stack of [...STACKS].reverse()) {
      const { status, output } = await project.terraform(
        stack,
        ["destroy", "-auto-approve"],
        await lab.credentials(migration, stack),
      );
      expect([stack, status, status === 0 ? "" : output]).toEqual([stack, 0, ""]);
    }
    expect(await leftIn(lab.live, SOURCE)).toEqual([]);
    expect(await leftIn(lab.live, DESTINATION)).toEqual(["app client web"]);
  });
});
