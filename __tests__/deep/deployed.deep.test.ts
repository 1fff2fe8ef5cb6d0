import { createHash } from "node:crypto";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  DeleteRolePolicyCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  PutRolePolicyCommand,
  UpdateAssumeRolePolicyCommand,
} from "@aws-sdk/client-iam";
import { AddPermissionCommand, type AddPermissionRequest, RemovePermissionCommand } from "@aws-sdk/client-lambda";
import { build } from "../../build.mjs";
import type { StackName } from "../../config/stacks";
import { peopleOf } from "../../sandbox/accounts/people";
import { type SampleUser, sampleUsers } from "../../sandbox/accounts/sample-users";
import type { World } from "../../sandbox/accounts/world";
import { deployedAlarms, synthesizedAlarms, synthesizedDashboard } from "../support/cloudwatch";
import { changesOf, describeDeep, leftIn, MENDED, STACKS } from "../support/deep";
import { ROOT } from "../support/program";
import { Lab, type Migration, zipOf } from "./lab/lab";
import type { Project } from "./lab/project";

const SOURCE = { account: "111111111111", region: "eu-west-1" };
const DESTINATION = { account: "222222222222", region: "eu-west-1" };

/** One story from the first deploy to the last destroy: the tests run in this order, and each builds on those before it. */
describeDeep("two accounts", (tools) => {
  let lab: Lab;
  let migration: Migration;
  let project: Project;
  const as = (stack: StackName) => lab.credentials(migration, stack);
  const terraform = async (stack: StackName, ...parameters: string[]) =>
    project.terraform(stack, parameters, await as(stack));

  beforeAll(async () => {
    lab = await Lab.open(ROOT, tools);
    migration = await lab.prepare("customers", SOURCE, DESTINATION);
    project = lab.project();
    await project.synth(migration.settings);
  });
  afterAll(() => lab.close());

  describe("before anything is there", () => {
    test("the destination cannot be deployed first, and leaves nothing", async () => {
      await terraform("destination", "init");
      const { status, output } = await terraform("destination", "apply", "-auto-approve");
      expect(status).not.toBe(0);
      expect(output).toContain("Unable to find remote state");
      expect(await leftIn(lab.live, DESTINATION)).toEqual([]);
    });

    test.each(STACKS)("stack %s refuses the other's account, and leaves nothing", async (stack) => {
      const other = await as(stack === "source" ? "destination" : "source");
      await project.terraform(stack, ["init"], other);
      const { status, output } = await project.terraform(stack, ["apply", "-auto-approve"], other);
      expect(status).not.toBe(0);
      expect(output).toMatch(/AWS account ID not allowed: \d{12}/);
      expect(await leftIn(lab.live, SOURCE)).toEqual([]);
      expect(await leftIn(lab.live, DESTINATION)).toEqual([]);
    });

    test("a user pool that does not exist fails when Terraform plans", async () => {
      const wrong = lab.project();
      await wrong.synth({ ...migration.settings, SOURCE_USER_POOL_ID: "eu-west-1_NoSuchPool" });
      wrong.initializeLike(project, "source");
      const { status, output } = await wrong.terraform("source", ["plan"], await as("source"));
      expect(status).not.toBe(0);
      expect(output).toMatch(/reading Cognito User Pool \(eu-west-1_NoSuchPool\)/);
      expect(output).toContain("couldn't find resource");
    });
  });

  describe("deployed as a user does", () => {
    test.each(STACKS)("cdktf deploy %s", async (stack) => {
      const { status, output } = await project.cdktf(
        ["deploy", stack, "--auto-approve"],
        await as(stack),
        migration.settings,
      );
      expect([status, output.match(/Apply complete! Resources: \d+ added, 0 changed, 0 destroyed/)?.length]).toEqual([
        0, 1,
      ]);
    });

    test("exactly these resources are there", async () => {
      expect(await leftIn(lab.live, SOURCE)).toEqual(["app client migration", "role cognito_migration_customers"]);
      expect(await leftIn(lab.live, DESTINATION)).toEqual([
        ...["failures", "forgot-password", "misconfigured", "slow", "source-quota", "throttled", "tried"].map(
          (name) => `alarm cognito_migration_customers-${name}`,
        ),
        "dashboard cognito_migration_customers",
        "function cognito_migration_customers",
        "log group /aws/lambda/cognito_migration_customers",
        "role cognito_migration_lambda_customers",
      ]);
    });

    test("alarms and dashboard are what was synthesized", async () => {
      expect(await deployedAlarms(lab.live, DESTINATION)).toEqual(synthesizedAlarms(project));
      const { cognito_migration_customers: body, ...others } = await lab.live.dashboards(DESTINATION);
      expect(others).toEqual({});
      expect(JSON.parse(body ?? "")).toEqual(synthesizedDashboard(project));
    });

    test.each(["-destroy", "-replace=terraform_data.log-user-key"])(
      "a plan with %s does not print the key of the log",
      async (option) => {
        const state = JSON.parse(
          readFileSync(join(project.directory, `terraform.${migration.name}.destination.tfstate`), "utf8"),
        );
        const made = state.resources.find(({ name }: { name: string }) => name === "log-user-key");
        const { key } = made.instances[0].attributes.triggers_replace.value;
        expect(key).toMatch(/^[0-9a-f-]{36}$/);
        const { status, output } = await terraform("destination", "plan", option);
        expect(status).toBe(0);
        expect(output).toContain("(sensitive value)");
        expect(output).not.toContain(key);
      },
    );

    test.each(STACKS)("a second plan of %s finds nothing to do", async (stack) => {
      expect((await terraform(stack, "plan", "-detailed-exitcode")).status).toBe(0);
    });
  });

  describe("synthesized again", () => {
    /** Another folder with the same state, as on a colleague's machine. */
    const elsewhere = async (
      settings: Record<string, string> = {},
      change?: (directory: string) => void,
    ): Promise<Project> => {
      const other = lab.project();
      for (const stack of STACKS)
        copyFileSync(
          join(project.directory, `terraform.${migration.name}.${stack}.tfstate`),
          join(other.directory, `terraform.${migration.name}.${stack}.tfstate`),
        );
      change?.(other.directory);
      await other.synth({ ...migration.settings, ...settings });
      for (const stack of STACKS) other.initializeLike(project, stack);
      return other;
    };
    const plan = async (other: Project, stack: StackName): Promise<Record<string, string[]>> => {
      return changesOf(other, stack, await as(stack));
    };

    const withOtherHandler = (directory: string): void => {
      const file = join(directory, "rules/outcome.ts");
      writeFileSync(
        file,
        readFileSync(file, "utf8").replace("Please try again in a few minutes.", "Please try again later."),
      );
      build(["main"], { root: directory });
    };

    test.each(STACKS)("elsewhere and later, %s does not change", async (stack) => {
      expect(await plan(await elsewhere(), stack)).toEqual({});
    });

    test("with another handler, exactly the function changes", async () => {
      const other = await elsewhere({}, withOtherHandler);
      expect(await plan(other, "destination")).toEqual({ "aws_lambda_function.function": ["update"] });
      expect(await plan(other, "source")).toEqual({});
    });

    test("with another External ID, the source's role changes in place", async () => {
      const other = await elsewhere({ EXTERNAL_ID: "another" });
      expect(await plan(other, "source")).toEqual({ "aws_iam_role.role": ["update"] });
      expect((await other.terraform("source", ["apply", "-auto-approve"], await as("source"))).output).toContain(
        "Resources: 0 added, 1 changed, 0 destroyed",
      );
      // Back, for the tests that follow.
      expect((await terraform("source", "apply", "-auto-approve")).status).toBe(0);
    });

    test("with other code, memory, retention, topic and quota, everything that shows it changes in place", async () => {
      const topic = "arn:aws:sns:eu-west-1:222222222222:operators";
      const other = await elsewhere(
        {
          LAMBDA_MEMORY_MB: "1024",
          LOG_RETENTION_DAYS: "365",
          ALARM_TOPIC_ARN: topic,
          SOURCE_SIGN_IN_QUOTA: "40",
        },
        withOtherHandler,
      );
      expect(await plan(other, "destination")).toEqual({
        "aws_lambda_function.function": ["update"],
        "aws_cloudwatch_log_group.log-group": ["update"],
        "aws_cloudwatch_dashboard.dashboard": ["update"],
        "aws_cloudwatch_metric_alarm.alarm-failures": ["update"],
        "aws_cloudwatch_metric_alarm.alarm-forgot-password": ["update"],
        "aws_cloudwatch_metric_alarm.alarm-misconfigured": ["update"],
        "aws_cloudwatch_metric_alarm.alarm-slow": ["update"],
        "aws_cloudwatch_metric_alarm.alarm-source-quota": ["update"],
        "aws_cloudwatch_metric_alarm.alarm-throttled": ["update"],
        "aws_cloudwatch_metric_alarm.alarm-tried": ["update"],
      });
      expect(
        (await other.terraform("destination", ["apply", "-auto-approve"], await as("destination"))).output,
      ).toContain("Resources: 0 added, 10 changed, 0 destroyed");
      const alarms = await deployedAlarms(lab.live, DESTINATION);
      expect(alarms).toEqual(synthesizedAlarms(other));
      expect(alarms.map(({ AlarmActions, OKActions }) => [AlarmActions, OKActions])).toEqual(
        alarms.map(() => [[topic], [topic]]),
      );
      expect(JSON.parse((await lab.live.dashboards(DESTINATION))["cognito_migration_customers"] ?? "")).toEqual(
        synthesizedDashboard(other),
      );
      const deployed = await lab.live.function(DESTINATION, "cognito_migration_customers", "");
      expect(deployed.memoryMb).toBe(1024);
      // Back, for the tests that follow. With its state: Terraform does not look whether the code itself is another.
      copyFileSync(
        join(other.directory, `terraform.${migration.name}.destination.tfstate`),
        join(project.directory, `terraform.${migration.name}.destination.tfstate`),
      );
      expect((await terraform("destination", "apply", "-auto-approve")).status).toBe(0);
    });

    test.each<[string, Record<string, string>, string]>([
      [
        "an attribute that the schema lacks",
        { ATTRIBUTE_MAP: "sub=custom:elsewhere" },
        "ATTRIBUTE_MAP names custom:elsewhere",
      ],
      [
        "an exclusion that excludes nothing",
        { ATTRIBUTE_EXCLUDE: "custom:legacy" },
        "ATTRIBUTE_EXCLUDE names custom:legacy",
      ],
      ["SMS MFA where MFA is off", { MFA_POLICY: "sms" }, "MFA_POLICY is sms, but MFA is off"],
      [
        "aliases in a pool with username attributes",
        { DESTINATION_ALIAS_ATTRIBUTES: "email" },
        "a pool cannot have both",
      ],
    ])("a plan refuses %s", async (_, settings, message) => {
      const other = await elsewhere(settings);
      const { status, output } = await other.terraform("destination", ["plan"], await as("destination"));
      expect(status).not.toBe(0);
      expect(output.replaceAll(/\s*\n?[│╵╷]?\s+/g, " ")).toContain(message);
    });
  });

  describe("the deployed function", () => {
    const users = sampleUsers();
    const ordinary = Array.from({ length: 9 }, () => sampleUsers()[0] as SampleUser).map((user, index): SampleUser => {
      const email = `ordinary-${index}@example.com`;
      return { ...user, email, attributes: { ...user.attributes, email } };
    });
    const named = (name: string): SampleUser =>
      users.find(({ email }) => email === `${name}@example.com`) as SampleUser;
    let next = 0;
    const fresh = (): SampleUser => ordinary[next++] as SampleUser;
    let world: World;
    beforeAll(async () => {
      world = await lab.openWorld(project, migration, [...users, ...ordinary]);
    });
    afterAll(() => world.close());
    const signIn = (user: { email: string; password: string }) =>
      peopleOf(world.destination).signIn(user.email, user.password);
    const exists = async (user: SampleUser) => (await peopleOf(world.destination).getUser(user.email)) !== undefined;

    test("is our zip, byte by byte", async () => {
      const zip = zipOf(await lab.uploadedZips(project), "cognito_migration_customers");
      const hash = createHash("sha256").update(readFileSync(zip)).digest("base64");
      const { codeSha256 } = await lab.live.function(DESTINATION, "cognito_migration_customers", zip);
      expect([codeSha256, world.function.codeSha256]).toEqual([hash, hash]);
    });

    test("has the environment that the handler reads, filled in by Terraform", () => {
      expect(world.function.configuration.environment).toEqual({
        SOURCE_USER_POOL_ID: migration.source.id,
        SOURCE_REGION: "eu-west-1",
        SOURCE_ROLE_ARN: "arn:aws:iam::111111111111:role/cognito_migration_customers",
        SOURCE_APP_CLIENT_ID: expect.stringMatching(/^\w{10,}$/),
        EXTERNAL_ID: `cognito-migration/customers/${migration.source.id}/222222222222`,
        SOURCE_MFA_CONFIGURATION: "OFF",
        DESTINATION_USER_POOL_ID: migration.destination.id,
        SOURCE_USERNAME_ATTRIBUTES: "email",
        DESTINATION_SCHEMA: JSON.stringify({
          "String - -": ["custom:plan", "custom:source_sub"],
          "String 0 2048":
            "address family_name gender given_name locale middle_name name nickname phone_number picture preferred_username profile website zoneinfo".split(
              " ",
            ),
          "String 0 2048 required": ["email"],
          "String 10 10": ["birthdate"],
        }),
        DESTINATION_USERNAME_ATTRIBUTES: "email",
        DESTINATION_CASE_SENSITIVE: "true",
        FORGOT_PASSWORD: "migrate",
        UNPROVEN_PASSWORD: "migrate",
        MFA_POLICY: "reject",
        // Made by Terraform once: a second plan, elsewhere and later, has kept it.
        LOG_USER_KEY: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        ATTRIBUTE_MAP: "sub=custom:source_sub,custom:tier=custom:plan",
      });
    });

    test("is surrounded by exactly these policies", async () => {
      const only = (...Statement: object[]) => ({ Version: "2012-10-17", Statement });
      expect(await lab.live.findRole("arn:aws:iam::111111111111:role/cognito_migration_customers")).toMatchObject({
        trustPolicy: only({
          Effect: "Allow",
          Principal: { AWS: "arn:aws:iam::222222222222:root" },
          Action: "sts:AssumeRole",
          Condition: {
            ArnEquals: { "aws:PrincipalArn": "arn:aws:iam::222222222222:role/cognito_migration_lambda_customers" },
            StringEquals: { "sts:ExternalId": `cognito-migration/customers/${migration.source.id}/222222222222` },
          },
        }),
        permissions: [
          only({
            Effect: "Allow",
            Action: ["cognito-idp:AdminInitiateAuth", "cognito-idp:AdminGetUser"],
            Resource: migration.source.arn,
          }),
        ],
      });
      const logs = "arn:aws:logs:eu-west-1:222222222222:log-group:/aws/lambda/cognito_migration_customers:*";
      expect(
        await lab.live.findRole("arn:aws:iam::222222222222:role/cognito_migration_lambda_customers"),
      ).toMatchObject({
        trustPolicy: only({
          Effect: "Allow",
          Principal: { Service: "lambda.amazonaws.com" },
          Action: "sts:AssumeRole",
        }),
        permissions: [
          only(
            {
              Effect: "Allow",
              Action: "sts:AssumeRole",
              Resource: "arn:aws:iam::111111111111:role/cognito_migration_customers",
            },
            { Effect: "Allow", Action: ["logs:CreateLogStream", "logs:PutLogEvents"], Resource: logs },
          ),
        ],
      });
      expect(await lab.live.invokePolicy(DESTINATION, "cognito_migration_customers")).toMatchObject(
        only({
          Sid: "user-migration-trigger",
          Effect: "Allow",
          Principal: { Service: "cognito-idp.amazonaws.com" },
          Action: "lambda:InvokeFunction",
          Resource: "arn:aws:lambda:eu-west-1:222222222222:function:cognito_migration_customers",
          Condition: {
            ArnLike: { "AWS:SourceArn": migration.destination.arn },
            StringEquals: { "AWS:SourceAccount": "222222222222" },
          },
        }),
      );
    });

    test("a wrong password is refused, the right one signs in, and both still hold afterwards", async () => {
      const user = fresh();
      expect(await signIn({ ...user, password: "wrong" })).toBe("NotAuthorizedException");
      expect(await exists(user)).toBe(false);
      expect(await signIn(user)).toBe("tokens");
      expect(await signIn(user)).toBe("tokens");
      expect(await signIn({ ...user, password: "wrong" })).toBe("NotAuthorizedException");
      expect(world.function.invocations).toHaveLength(2);
    });

    test("an unknown user and a disabled user are refused", async () => {
      expect(await signIn({ email: "nobody@example.com", password: "x" })).toBe("NotAuthorizedException");
      expect(await signIn(named("disabled"))).toBe("NotAuthorizedException");
      expect(await exists(named("disabled"))).toBe(false);
    });

    test("a forgotten password carries the user over without a status", async () => {
      const user = fresh();
      const event = {
        version: "1",
        triggerSource: "UserMigration_ForgotPassword",
        region: "eu-west-1",
        userPoolId: migration.destination.id,
        userName: user.email,
        callerContext: { awsSdkVersion: "x", clientId: "y" },
        request: { validationData: null },
        response: { finalUserStatus: null },
      };
      const { payload, failed } = await world.function.invoke(event);
      expect(failed).toBe(false);
      expect(payload).toMatchObject({
        response: { userAttributes: { email: user.email }, finalUserStatus: null, messageAction: "SUPPRESS" },
      });
    });

    test("every decision was made from what is deployed, and none was a no", () => {
      expect(new Set(world.decisions.map(({ action }) => action))).toEqual(
        new Set([
          "lambda:InvokeFunction",
          "sts:AssumeRole",
          "cognito-idp:AdminInitiateAuth",
          "cognito-idp:AdminGetUser",
        ]),
      );
      expect(world.decisions.filter(({ allowed }) => !allowed)).toEqual([]);
    });

    describe("with one protection tampered with", () => {
      const SOURCE_ROLE = "cognito_migration_customers";
      const LAMBDA_ROLE = "cognito_migration_lambda_customers";
      const FUNCTION = "cognito_migration_customers";

      /** Each takes what is deployed and changes one value in it, so that a protection that is not deployed is not found missing. */
      const trust = (change: (policy: string) => string) => async (): Promise<() => Promise<unknown>> => {
        const iam = await lab.live.iam(SOURCE.account);
        const { Role } = await iam.send(new GetRoleCommand({ RoleName: SOURCE_ROLE }));
        const before = decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "");
        const put = (PolicyDocument: string) =>
          iam.send(new UpdateAssumeRolePolicyCommand({ RoleName: SOURCE_ROLE, PolicyDocument }));
        await put(change(before));
        return () => put(before);
      };
      const permissions =
        (account: string, RoleName: string, PolicyName: string, change: (policy: string) => string | undefined) =>
        async () => {
          const iam = await lab.live.iam(account);
          const found = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName }));
          const before = decodeURIComponent(found.PolicyDocument ?? "");
          const put = (PolicyDocument: string) =>
            iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }));
          const after = change(before);
          if (after === undefined) await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
          else await put(after);
          return () => put(before);
        };
      const permission = (change: (given: AddPermissionRequest) => AddPermissionRequest) => async () => {
        const lambda = await lab.live.lambda(DESTINATION);
        const policy = (await lab.live.invokePolicy(DESTINATION, FUNCTION)) as {
          Statement: [{ Condition?: Record<string, Record<string, string>> }];
        };
        const { ArnLike, StringEquals } = policy.Statement[0].Condition ?? {};
        const before: AddPermissionRequest = {
          FunctionName: FUNCTION,
          StatementId: "user-migration-trigger",
          Action: "lambda:InvokeFunction",
          Principal: "cognito-idp.amazonaws.com",
          SourceArn: ArnLike?.["AWS:SourceArn"],
          SourceAccount: StringEquals?.["AWS:SourceAccount"],
        };
        const replace = async (given: AddPermissionRequest): Promise<void> => {
          await lambda.send(
            new RemovePermissionCommand({ FunctionName: FUNCTION, StatementId: "user-migration-trigger" }),
          );
          await lambda.send(new AddPermissionCommand(given));
        };
        await replace(change(before));
        return () => replace(before);
      };

      const swap = (from: string, to: string) => (text: string) => text.replaceAll(from, to);

      test.each([
        [
          "another External ID",
          "access_denied",
          trust((policy) => policy.replaceAll(/cognito-migration\/customers\/[^"]*/g, "another")),
        ],
        ["another trusted role", "access_denied", trust(swap(LAMBDA_ROLE, "another_role"))],
        [
          "permissions on another pool",
          "access_denied",
          permissions(SOURCE.account, SOURCE_ROLE, "prove-passwords", (policy) =>
            policy.replaceAll(/userpool\/[^"]*/g, "userpool/eu-west-1_Another"),
          ),
        ],
        [
          "no permission to assume a role",
          "access_denied",
          permissions(DESTINATION.account, LAMBDA_ROLE, "assume-source-role-and-log", () => undefined),
        ],
        [
          "another pool's SourceArn",
          undefined,
          permission((given) => ({ ...given, SourceArn: given.SourceArn?.replace(/[^/]*$/, "eu-west-1_Another") })),
        ],
        [
          "another account's SourceAccount",
          undefined,
          permission((given) => ({ ...given, SourceAccount: given.SourceAccount && "333333333333" })),
        ],
      ] as const)("%s: nobody signs in, and everybody does once it is put back", async (_, outcome, tamper) => {
        const user = fresh();
        await world.function.stop();
        const invocations = world.function.invocations.length;
        const restore = await tamper();
        try {
          expect(await signIn(user)).not.toBe("tokens");
          expect(await exists(user)).toBe(false);
          if (outcome === undefined) expect(world.function.invocations).toHaveLength(invocations);
          else expect(world.function.log.trim().split("\n").at(-2)).toContain(`"reason":"${outcome}"`);
        } finally {
          await restore();
        }
        await world.function.stop();
        expect(await signIn(user)).toBe("tokens");
      });
    });
  });

  describe("taken down", () => {
    test("source first, or its state lost: the destination's plan fails for want of it, and the runbook's way out works", async () => {
      expect((await terraform("source", "destroy", "-auto-approve")).status).toBe(0);
      const stuck = async (): Promise<string> => {
        const { status, output } = await terraform("destination", "destroy", "-auto-approve");
        expect(status).not.toBe(0);
        return output;
      };
      expect(await stuck()).toContain("Unsupported attribute");
      rmSync(join(project.directory, `terraform.${migration.name}.source.tfstate`));
      expect(await stuck()).toContain("Unable to find remote state");
      expect((await terraform("destination", "destroy", "-auto-approve", "-refresh=false")).status).toBe(0);
    });

    test("nothing is left in either account", async () => {
      expect(await leftIn(lab.live, SOURCE)).toEqual([]);
      expect(await leftIn(lab.live, DESTINATION)).toEqual([]);
    });

    test("docs/deploy-permissions.md lists the operations that Terraform called, and no others", () => {
      const listed = [
        ...readFileSync(join(ROOT, "docs/deploy-permissions.md"), "utf8").matchAll(/^- `([a-z-]+:\w+)`/gm),
      ];
      expect(new Set(listed.map(([, operation]) => operation))).toEqual(lab.shim.operations);
    });

    test("the emulator's answers were mended in these ways and no others", () => {
      expect([...lab.shim.changed]).toEqual(MENDED);
    });
  });
});
