import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import type { AppClient } from "../../../sandbox/aws/user-pool/app-clients";
import { OPERATIONS } from "../../../sandbox/aws/user-pool/operations";
import { commandPage } from "../../support/command-page";
import { EVERY_CLIENT_SETTING, EVERY_SETTING, refill } from "../../support/full-pool";
import { type Operator, openOperator } from "../../support/operator";

type Described = Record<string, unknown>;
let operator: Operator;
let web: AppClient;
let lambdaArn: string;

beforeAll(async () => {
  operator = await openOperator();
  lambdaArn = operator.world.deployed.function.arn;
});
afterAll(() => operator.close());

/** A pool with everything set, and an app client with a secret. */
beforeEach(() => {
  const { userPool } = operator.world.destination;
  operator.forget();
  const tags = { ...EVERY_SETTING.UserPoolTags, "aws:cloudformation:stack-name": "pools" };
  userPool.mfa = {
    SoftwareTokenMfaConfiguration: { Enabled: true },
    WebAuthnConfiguration: { RelyingPartyId: "example.com", UserVerification: "required" },
  };
  web = refill(userPool, { ...EVERY_SETTING, UserPoolTags: tags }, { ...EVERY_CLIENT_SETTING, GenerateSecret: true });
});

const ask = async (operation: string, body: object = {}): Promise<Described> =>
  (await OPERATIONS[operation]?.(operator.world.destination.userPool, body as Described)) as Described;
const userPool = async (): Promise<Described> => (await ask("DescribeUserPool"))["UserPool"] as Described;
const appClient = async (ClientId = web.ClientId): Promise<Described> =>
  (await ask("DescribeUserPoolClient", { ClientId }))["UserPoolClient"] as Described;
const everything = async (): Promise<string> =>
  JSON.stringify([await userPool(), await appClient(), await ask("GetUserPoolMfaConfig")]);
const updates = (): string[] => operator.calls().filter((call) => !/:(Describe|Get|List)/.test(call));
const undoFolder = (): string => join(operator.directory, ".cognito-migration/sandbox/undo");
const undoFiles = (): string[] =>
  readdirSync(undoFolder()).map((name) => readFileSync(join(undoFolder(), name), "utf8"));

const attach = (...more: string[]) => operator.run("attach", "--client", web.ClientId, ...more);

describe("without --apply", () => {
  test("the plan is printed, nothing is changed, and nothing is written", async () => {
    const before = await everything();
    const { status, stdout, stderr } = await attach();
    expect(status).toBe(0);
    expect(stdout).toContain(`+    "UserMigration": "${lambdaArn}"`);
    expect(stdout).toContain('+    "ALLOW_USER_PASSWORD_AUTH"');
    expect(stdout.split("\n").filter((line) => /^[+-](?![+-])/.test(line))).toEqual([
      "-    }",
      "+    },",
      `+    "UserMigration": "${lambdaArn}"`,
      '+    "ALLOW_USER_PASSWORD_AUTH",',
    ]);
    expect(stderr).toContain("account 222222222222  eu-central-1  eu-central-1_Dest0001  destination");
    expect(stderr).toContain("nothing was changed");
    expect(stderr).toContain("CloudFormation stack pools manages this pool");
    expect(await everything()).toBe(before);
    expect(updates()).toEqual([]);
    expect(operator.files()).toEqual([]);
  });
});

describe("with --apply", () => {
  test("a pool and an app client with everything set keep all of it", async () => {
    const [pool, client, mfa] = [await userPool(), await appClient(), await ask("GetUserPoolMfaConfig")];
    const { status, stderr } = await attach("--apply");
    expect([status, stderr]).toEqual([0, expect.stringContaining("Done. To take it back: npx cognito-migration undo")]);
    const after = await userPool();
    expect(after).toEqual({
      ...pool,
      LambdaConfig: { ...EVERY_SETTING.LambdaConfig, UserMigration: lambdaArn },
      LastModifiedDate: after["LastModifiedDate"],
    });
    const clientAfter = await appClient();
    expect(clientAfter).toEqual({
      ...client,
      ExplicitAuthFlows: [...EVERY_CLIENT_SETTING.ExplicitAuthFlows, "ALLOW_USER_PASSWORD_AUTH"],
      LastModifiedDate: clientAfter["LastModifiedDate"],
    });
    expect(await ask("GetUserPoolMfaConfig")).toEqual(mfa);
    expect(updates()).toEqual(["cognito-idp:UpdateUserPool", "cognito-idp:UpdateUserPoolClient"]);
  });

  test("the undo file says what was and what is, for its owner alone, without the secret", async () => {
    const { stdout, stderr } = await attach("--apply");
    const [file = ""] = undoFiles();
    expect(JSON.parse(file)).toMatchObject({
      command: "attach",
      account: "222222222222",
      region: "eu-central-1",
      userPoolId: "eu-central-1_Dest0001",
      changes: [
        { path: ["LambdaConfig", "UserMigration"], before: null, after: lambdaArn },
        {
          target: { kind: "app-client", id: web.ClientId, name: "web" },
          path: ["ExplicitAuthFlows"],
          before: EVERY_CLIENT_SETTING.ExplicitAuthFlows,
          after: [...EVERY_CLIENT_SETTING.ExplicitAuthFlows, "ALLOW_USER_PASSWORD_AUTH"],
        },
      ],
    });
    const [name = ""] = readdirSync(undoFolder());
    expect(statSync(join(undoFolder(), name)).mode & 0o777).toBe(0o600);
    expect(web.ClientSecret).toMatch(/^\w{51}$/);
    expect(file + stdout + stderr).not.toContain(web.ClientSecret);
  });

  test("a second run has nothing to do", async () => {
    await attach("--apply");
    operator.forget();
    const before = await everything();
    const { status, stdout, stderr } = await attach("--apply");
    expect([status, stdout]).toEqual([0, ""]);
    expect(stderr).toContain("Nothing to do");
    expect(await everything()).toBe(before);
    expect(updates()).toEqual([]);
    expect(operator.files()).toEqual([]);
  });

  test("several app clients at once, but none of machines, third parties and servers", async () => {
    const { clients } = operator.world.destination.userPool;
    const mobile = clients.create("mobile", {});
    const machine = clients.create("machine", { AllowedOAuthFlows: ["client_credentials"] });
    const server = clients.create("server", { ExplicitAuthFlows: ["ALLOW_ADMIN_USER_PASSWORD_AUTH"] });
    const { status, stderr } = await operator.run("attach", "--all-clients", "--apply");
    expect(status).toBe(0);
    expect(stderr).toContain(`Left alone: app client ${machine.ClientId} (machine).`);
    expect(stderr).toContain(`Left alone: app client ${server.ClientId} (server). It is for a server`);
    expect((await appClient(server.ClientId))["ExplicitAuthFlows"]).toEqual(["ALLOW_ADMIN_USER_PASSWORD_AUTH"]);
    expect((await appClient(mobile.ClientId))["ExplicitAuthFlows"]).toContain("ALLOW_USER_PASSWORD_AUTH");
    expect((await appClient())["ExplicitAuthFlows"]).toContain("ALLOW_USER_PASSWORD_AUTH");
    expect((await appClient(machine.ClientId))["ExplicitAuthFlows"]).toBeUndefined();
  });

  test("--client may be given several times, --apply only once is heard", async () => {
    const mobile = operator.world.destination.userPool.clients.create("mobile", {});
    const { status } = await attach("--client", mobile.ClientId, "--apply", "--apply");
    expect(status).toBe(0);
    expect((await appClient(mobile.ClientId))["ExplicitAuthFlows"]).toContain("ALLOW_USER_PASSWORD_AUTH");
    expect((await appClient())["ExplicitAuthFlows"]).toContain("ALLOW_USER_PASSWORD_AUTH");
  });
});

describe("refused, with nothing changed", () => {
  const refusal = async (act: () => void, ...more: string[]) => {
    act();
    const before = await everything();
    const { status, stderr, stdout } = await attach("--apply", ...more);
    expect(await everything()).toBe(before);
    expect(updates()).toEqual([]);
    expect(operator.files()).toEqual([]);
    return { status, stderr, stdout };
  };
  const pool = () => operator.world.destination.userPool;
  const set = (settings: Described): void => {
    pool().settings = { ...pool().settings, ...settings };
  };

  test("a setting that this version does not know", async () => {
    const { status, stderr } = await refusal(() => set({ PostQuantumConfig: { Mode: "ON" } }));
    expect(status).toBe(1);
    expect(stderr).toContain("This version does not know PostQuantumConfig. UpdateUserPool would reset it");
  });

  test("a setting inside another that the SDK would drop", async () => {
    const { status, stderr } = await refusal(() =>
      set({ LambdaConfig: { PostMigration: lambdaArn }, DeviceConfiguration: { Trust: { Days: 3 } } }),
    );
    expect(status).toBe(1);
    expect(stderr).toContain("does not know LambdaConfig.PostMigration. UpdateUserPool would reset it");
    expect(stderr).toContain("does not know DeviceConfiguration.Trust. UpdateUserPool would reset it");
  });

  test("another function's trigger, unless --replace", async () => {
    const other = "arn:aws:lambda:eu-central-1:222222222222:function:other";
    const { status, stderr } = await refusal(() => set({ LambdaConfig: { UserMigration: other } }));
    expect(status).toBe(1);
    expect(stderr).toContain(`another user migration trigger: ${other}`);
    expect((await attach("--apply", "--replace")).status).toBe(0);
    expect((await userPool())["LambdaConfig"]).toEqual({ UserMigration: lambdaArn });
  });

  test("a running import", async () => {
    const job = pool().imports.create({
      JobName: "tail",
      CloudWatchLogsRoleArn: "arn:aws:iam::222222222222:role/import",
    });
    job.status = "InProgress";
    const { status, stderr } = await refusal(() => undefined);
    job.status = "Succeeded";
    expect(status).toBe(1);
    expect(stderr).toContain(`Import job tail (${job.JobId}, InProgress) is running`);
    expect(stderr).toContain("UserImportInProgressException");
  });

  test("an account that is not the one in the settings", async () => {
    operator.environment["DESTINATION_PROFILE"] = "source";
    const { status, stderr } = await refusal(() => undefined);
    operator.environment["DESTINATION_PROFILE"] = "destination";
    expect(status).toBe(3);
    expect(stderr).toContain("belong to account 111111111111; the settings say 222222222222");
    expect(operator.calls()).toEqual([]);
  });

  /** As a line of the list has it. */
  const listed = (): RegExp => new RegExp(`^APP CLIENT +NAME\\n(.*\\n)*${web.ClientId} +web$`, "m");

  test.each(["nosuchclient", "no such-client"])(
    "an app client that is not there (%s): those that are, are listed",
    async (id) => {
      const { status, stderr } = await refusal(() => undefined, "--client", id);
      expect(status).toBe(2);
      expect(stderr).toContain(`--client: found "${id}", expected the id of an app client of eu-central-1_Dest0001.\n`);
      expect(stderr).not.toContain(`found "${web.ClientId}"`);
      expect(stderr).toMatch(listed());
    },
  );

  test("a name in place of the id: the id is told", async () => {
    const { status, stderr } = await refusal(() => undefined, "--client", "web");
    expect(status).toBe(2);
    expect(stderr).toContain(
      `--client: found "web": that is the name of ${web.ClientId}, expected the id of an app client`,
    );
  });

  test("cut-over lists them as well", async () => {
    const { status, stderr } = await operator.run("cut-over", "--client", "nosuchclient", "--apply");
    expect([status, updates()]).toEqual([2, []]);
    expect(stderr).toMatch(listed());
  });

  test("where they may not be listed, the command line that does is whole", async () => {
    operator.restrictTo({
      [operator.world.destination.userPool.arn]: ["cognito-idp:DescribeUserPool", "cognito-idp:DescribeUserPoolClient"],
    });
    const { status, stderr } = await operator.run("attach", "--client", "nosuchclient");
    expect(status).toBe(2);
    expect(stderr).toContain(
      "aws cognito-idp list-user-pool-clients --user-pool-id eu-central-1_Dest0001 --region eu-central-1 --profile destination",
    );
  });

  test("no app client named: those that are there are listed", async () => {
    const { status, stderr } = await operator.run("attach", "--apply");
    expect(status).toBe(2);
    expect(stderr).toContain("--client ID, several times if need be, or --all-clients");
    expect(stderr).toMatch(listed());
    expect(updates()).toEqual([]);
  });

  test("no app client named, and nobody to ask", async () => {
    operator.environment["DESTINATION_PROFILE"] = "nobody";
    const { status, stderr } = await operator.run("attach");
    operator.environment["DESTINATION_PROFILE"] = "destination";
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(
        /\nNothing was changed\. Say which app clients.* also to put back a trigger .*--all-clients\.\n$/,
      ),
    ]);
  });

  test("--client and --all-clients at once", async () => {
    expect(await attach("--all-clients")).toMatchObject({ status: 2, stderr: expect.stringContaining("not both") });
    expect(operator.calls()).toEqual([]);
  });
});

describe("what somebody else does meanwhile", () => {
  test("a change between plan and update is not overwritten", async () => {
    const pool = operator.world.destination.userPool;
    operator.world.faults.before("ListUserImportJobs", () => {
      pool.settings = { ...pool.settings, UserPoolTier: "ESSENTIALS" };
      pool.modified = new Date();
    });
    const { status, stderr } = await attach("--apply");
    expect(status).toBe(1);
    expect(stderr).toContain(
      "Somebody has changed the user pool eu-central-1_Dest0001 (destination) since this plan was made",
    );
    expect(updates()).toEqual([]);
    expect((await userPool())["UserPoolTier"]).toBe("ESSENTIALS");
  });

  test("anything that AWS changes besides is told loudly, with the way back", async () => {
    const { userPool: pool } = operator.world.destination;
    operator.world.faults.before("UpdateUserPool", () =>
      operator.world.faults.before("DescribeUserPool", () => {
        pool.settings = { ...pool.settings, UserPoolTier: "ESSENTIALS" };
        pool.mfa = {};
      }),
    );
    const { status, stderr } = await attach("--apply");
    expect(status).toBe(1);
    expect(stderr).toContain("NOT AS PLANNED");
    expect(stderr).toContain('UserPoolTier: expected "PLUS", found "ESSENTIALS"');
    expect(stderr).toContain(
      'GetUserPoolMfaConfig SoftwareTokenMfaConfiguration: expected {"Enabled":true}, found nothing',
    );
    expect(stderr).toMatch(/npx cognito-migration undo \S+-attach --apply/);
    expect(updates()).toEqual(["cognito-idp:UpdateUserPool"]);
  });

  test("two updates at a time are explained", async () => {
    operator.world.faults.fail("UpdateUserPool", { type: "ConcurrentModificationException", message: "Try again" });
    const { status, stderr } = await attach("--apply");
    expect(status).toBe(3);
    expect(stderr).toContain("Somebody else is changing the same user pool at this moment: run the command again.");
  });
});

describe("--print", () => {
  test.each([
    ["terraform", /^# To the resource of user pool[^\n]*\nresource "aws_cognito_user_pool" "destination" \{/],
    ["cdk", /^\/\/ destinationUserPool: the construct of user pool/],
    ["cloudformation", /^\{\n {2}"Resources": \{\n {4}"DestinationUserPool"/],
  ])("%s prints the lines for everything named, and nothing else", async (tool, begin) => {
    const before = await everything();
    const { status, stdout } = await attach("--print", tool, "--apply");
    expect(status).toBe(0);
    expect(stdout).toMatch(begin);
    expect(stdout).toContain(lambdaArn);
    expect(stdout).toContain("ALLOW_USER_PASSWORD_AUTH");
    expect(await everything()).toBe(before);
    expect(updates()).toEqual([]);
  });

  test("prints the same once it is done", async () => {
    const before = await attach("--print", "terraform");
    await attach("--apply");
    expect((await attach("--print", "terraform")).stdout).toBe(before.stdout);
  });
});

describe("the permissions in docs/cli/attach.md", () => {
  const page = commandPage("attach");
  const [, row = ""] = /<!-- update permissions -->\n(?:.*\n){2}(.*)\n<!--/.exec(page) ?? [];
  const [plan = [], apply = []] = row
    .split(" | ")
    .map((cell) => [...cell.matchAll(/`([\w:-]+)`/g)].map(([, action]) => action ?? "").sort());
  const LIST_USERS = "cognito-idp:ListUsers";
  const only = (...actions: string[]): void =>
    operator.restrictTo({
      [operator.world.destination.userPool.arn]: actions.filter((action) => action.startsWith("cognito-idp:")),
      ...(actions.includes("lambda:GetPolicy") ? { [lambdaArn]: ["lambda:GetPolicy"] } : {}),
    });

  test("are those that are asked for, and enough for every command", async () => {
    only(...plan);
    expect(await operator.run("attach", "--all-clients")).toMatchObject({ status: 0 });
    expect([...new Set(operator.calls(""))].sort()).toEqual(plan);
    only(...plan, ...apply);
    const unread = ["cut-over", "--leave", "unknown"];
    for (const command of [["attach", "--all-clients"], unread, ["undo"], ["detach"]])
      expect(await operator.run(...command, "--apply")).toMatchObject({ status: 0 });
    expect([...new Set(operator.calls(""))].sort()).toEqual([...plan, ...apply, LIST_USERS].sort());
  });

  test("of cut-over let it count, too, and are all that it asks for at the source", async () => {
    expect(page).toContain(
      `\`cut-over\` also needs \`${LIST_USERS}\` there, and \`cognito-idp:DescribeUserPool\` and \`${LIST_USERS}\` at the source.`,
    );
    await attach("--apply");
    only(...plan, LIST_USERS);
    const { status, stderr } = await operator.run("cut-over");
    expect([status, stderr]).toEqual([0, expect.stringContaining("All 0 users of the source have migrated.")]);
  });

  test("may lack the function's policy, which is told then", async () => {
    only(...plan.filter((action) => action !== "lambda:GetPolicy"), ...apply);
    const { status, stderr } = await attach("--apply");
    expect([status, stderr]).toEqual([
      0,
      expect.stringContaining(`It could not be checked whether the pool may call ${lambdaArn}`),
    ]);
  });

  test("for the plan alone change nothing: AWS's refusal is told", async () => {
    only(...plan, "cognito-idp:GetUserPoolMfaConfig");
    const before = await everything();
    const { status, stderr } = await attach("--apply");
    expect([status, stderr]).toEqual([
      3,
      expect.stringContaining("could not be updated. Nothing was changed by this run."),
    ]);
    expect(stderr).toContain("AccessDeniedException");
    expect(await everything()).toBe(before);
  });
});
