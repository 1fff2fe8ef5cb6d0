import type { ChildProcess } from "node:child_process";
import { chmodSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EVERY_CLIENT_SETTING, EVERY_SETTING, refill } from "../../support/full-pool";
import { type Operator, openOperator } from "../../support/operator";
import type { Run } from "../../support/program";

let operator: Operator;
let clientId: string;
let lambdaArn: string;

beforeAll(async () => {
  operator = await openOperator();
  lambdaArn = operator.world.deployed.function.arn;
});
afterAll(() => operator.close());
beforeEach(() => {
  operator.forget();
  clientId = refill(pool(), EVERY_SETTING, EVERY_CLIENT_SETTING).ClientId;
});

const pool = () => operator.world.destination.userPool;
const trigger = (): unknown => (pool().settings.LambdaConfig as { UserMigration?: string }).UserMigration ?? null;
const flows = (): unknown => pool().clients.get(clientId).settings.ExplicitAuthFlows;
/** Settings of the pool and of the app client, without dates. */
const settings = (): object[] => [pool().settings, pool().clients.get(clientId).settings];
let attaching: ChildProcess;
const attach = (): Promise<Run> => {
  const { child, ended } = operator.start("attach", "--client", clientId, "--apply");
  attaching = child;
  return ended;
};
const records = (): { id: string; undoneAt?: string; replacedBy?: string }[] => {
  const folder = join(operator.directory, ".cognito-migration/sandbox/undo");
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), "utf8")));
};
const before = EVERY_CLIENT_SETTING.ExplicitAuthFlows;
const after = [...before, "ALLOW_USER_PASSWORD_AUTH"];

/** Does something to the program at the moment when it has updated the pool, and not yet the app client. */
const betweenUpdates = (act: () => void): void => {
  const { faults } = operator.world;
  faults.before("UpdateUserPool", () => faults.before("DescribeUserPoolClient", act));
};

describe("undo", () => {
  test.each([
    [null, "The pool has no user migration trigger now."],
    ["ours", "The trigger is on this pool, and users migrate. To stop that now: npx cognito-migration detach --apply"],
    [
      "arn:aws:lambda:eu-central-1:222222222222:function:other",
      "function:other, which is not this migration's function.",
    ],
  ])("without any undo file it does not pretend that nothing was changed: trigger %s", async (found, told) => {
    if (found !== null)
      pool().settings = { ...pool().settings, LambdaConfig: { UserMigration: found === "ours" ? lambdaArn : found } };
    const before = settings();
    const { status, stdout, stderr } = await operator.run("undo", "--apply");
    expect([status, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("There is no undo file in .cognito-migration/sandbox/undo.");
    expect(stderr).toContain("Undo works only in the folder where the change was made, so nothing was changed.");
    expect(stderr).toContain(told);
    expect(settings()).toEqual(before);
  });

  test("without --apply shows what it would do, and does not", async () => {
    await attach();
    const attached = settings();
    const { status, stdout } = await operator.run("undo");
    expect(status).toBe(0);
    expect(stdout).toContain(`-    "UserMigration": "${lambdaArn}"`);
    expect(stdout).toContain('-    "ALLOW_USER_PASSWORD_AUTH"');
    expect(settings()).toEqual(attached);
    expect(records()[0]?.undoneAt).toBeUndefined();
  });

  test("takes back exactly what attach did, and a second time nothing", async () => {
    const original = settings();
    await attach();
    expect([trigger(), flows()]).toEqual([lambdaArn, after]);
    expect(await operator.run("undo", "--apply")).toMatchObject({ status: 0 });
    expect(settings()).toEqual(original);
    expect(records()).toMatchObject([{ undoneAt: expect.any(String) }]);
    const updates = (): number => operator.calls("cognito-idp:Update").length;
    const before = updates();
    const again = await operator.run("undo", "--apply");
    expect(again.status).toBe(0);
    expect(again.stderr).toMatch(
      /Nothing to do: \S+ is taken back .*\.\n[\s\S]*has no user migration trigger now\.\n$/,
    );
    expect(again.stderr).not.toContain("Still to be taken back");
    expect(updates()).toBe(before);
  });

  test("says that an app that sends passwords signs nobody in afterwards, and that a deploy takes it back", async () => {
    await attach();
    const { stderr } = await operator.run("undo");
    expect(stderr).toContain(
      `An app that still sends passwords through app client ${clientId} (web) cannot sign anyone in`,
    );
    expect(stderr).toContain("its next deploy will revert this");
    await operator.run("cut-over", "--apply");
    const back = await operator.run("undo");
    expect(back.stderr).not.toContain("An app that still sends passwords");
    expect(back.stderr).toContain("Afterwards the trigger is on this pool, and users migrate.");
  });

  test("of the second attach says that the trigger is still on, and how to go on; so it does again, with nothing to do", async () => {
    const other = pool().clients.create("other", { ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] });
    await attach();
    await operator.run("attach", "--client", other.ClientId, "--apply");
    const [first, second] = records();
    const left =
      `Still to be taken back, each by its own command, in this order:\n  npx cognito-migration undo ${first?.id} --apply\n` +
      "The trigger is on this pool, and users migrate. To stop that now: npx cognito-migration detach --apply\n";
    const { status, stderr } = await operator.run("undo", "--apply");
    expect([status, trigger()]).toEqual([0, lambdaArn]);
    expect(stderr).toContain(`Done: ${second?.id} is taken back.\n${left}`);
    const again = await operator.run("undo", "--apply");
    expect([again.status, trigger()]).toEqual([0, lambdaArn]);
    expect(again.stderr).toContain(`Nothing to do: ${second?.id} is taken back`);
    expect(again.stderr).toContain(left);
    expect(await operator.run("undo", String(first?.id), "--apply")).toMatchObject({ status: 0 });
    expect(trigger()).toBeNull();
  });

  test("keeps other pools' changes out of what is still to be taken back", async () => {
    await attach();
    const [record] = records();
    const folder = join(operator.directory, ".cognito-migration/sandbox/undo");
    const elsewhere = "2020-01-01T00-00-00-000Z-attach";
    writeFileSync(
      join(folder, `${elsewhere}.json`),
      readFileSync(join(folder, `${record?.id}.json`), "utf8")
        .replace(String(record?.id), elsewhere)
        .replace('"userPoolId": "eu-central-1_Dest0001"', '"userPoolId": "eu-central-1_Other"'),
    );
    const { status, stderr } = await operator.run("undo", "--apply");
    expect(status).toBe(0);
    expect(stderr).not.toContain("Still to be taken back");
  });

  test("keeps what somebody else has changed beside it", async () => {
    await attach();
    pool().settings = { ...pool().settings, UserPoolTier: "ESSENTIALS" };
    expect(await operator.run("undo", "--apply")).toMatchObject({ status: 0 });
    expect([trigger(), pool().settings.UserPoolTier]).toEqual([null, "ESSENTIALS"]);
  });

  test("refuses when somebody else has changed the same, and shows three values", async () => {
    await attach();
    pool().settings = { ...pool().settings, LambdaConfig: { UserMigration: `${lambdaArn}_2` } };
    const changed = settings();
    const { status, stderr } = await operator.run("undo", "--apply");
    expect(status).toBe(1);
    expect(stderr).toMatch(/before the change {2}nothing\n/);
    expect(stderr).toContain(`after the change   "${lambdaArn}"\n`);
    expect(stderr).toContain(`now                "${lambdaArn}_2"\n`);
    expect(settings()).toEqual(changed);
    expect(records()[0]?.undoneAt).toBeUndefined();
  });

  test("takes back one command of several by its id, and lists them all", async () => {
    await attach();
    await operator.run("cut-over", "--apply");
    const [first, second] = records();
    const { stdout } = await operator.run("undo", "--list");
    expect(stdout).toMatch(
      new RegExp(
        `${first?.id} +eu-central-1_Dest0001 +222222222222 +2 +done\n${second?.id} +eu-central-1_Dest0001 +222222222222 +2 +done\n`,
      ),
    );
    expect(await operator.run("undo", String(second?.id), "--apply")).toMatchObject({ status: 0 });
    expect([trigger(), flows()]).toEqual([lambdaArn, expect.arrayContaining(after)]);
    const listed = JSON.parse((await operator.run("undo", "--list", "--json")).stdout);
    expect(listed).toMatchObject([{ id: first?.id }, { id: second?.id, undoneAt: expect.any(String) }]);
    expect(await operator.run("undo", "2020-attach")).toMatchObject({ status: 2 });
    for (const id of ["2020", "0x10"])
      expect(await operator.run("undo", id, "--apply")).toMatchObject({
        status: 2,
        stderr: expect.stringContaining(id),
      });
  });

  test("refuses settings of another pool", async () => {
    await attach();
    const attached = settings();
    const file = join(operator.directory, ".cognito-migration/sandbox/undo", `${records()[0]?.id}.json`);
    writeFileSync(
      file,
      readFileSync(file, "utf8").replace('"userPoolId": "eu-central-1_Dest0001"', '"userPoolId": "eu-central-1_Other"'),
    );
    const { status, stderr } = await operator.run("undo", "--apply");
    expect(status).toBe(1);
    expect(stderr).toContain(
      "changed 222222222222 eu-central-1 eu-central-1_Other; the settings here are for 222222222222 eu-central-1 eu-central-1_Dest0001",
    );
    expect(settings()).toEqual(attached);
  });

  test("needs the destination's account", async () => {
    await attach();
    operator.environment["DESTINATION_PROFILE"] = "source";
    const { status } = await operator.run("undo", "--apply");
    operator.environment["DESTINATION_PROFILE"] = "destination";
    expect([status, trigger()]).toEqual([3, lambdaArn]);
  });
});

describe("another function's trigger", () => {
  const STRANGER = "arn:aws:lambda:eu-central-1:666666666666:function:steal";
  const file = (): string => join(operator.directory, ".cognito-migration/sandbox/undo", `${records()[0]?.id}.json`);
  const forge = (): void => {
    const text = readFileSync(file(), "utf8");
    writeFileSync(file(), text.replace('"before": null', `"before": "${STRANGER}"`));
    expect(readFileSync(file(), "utf8")).not.toBe(text);
  };

  test.each([["--apply"], []])(
    "comes back only with --replace, whatever an undo file says: undo %s",
    async (...more) => {
      await attach();
      forge();
      const attached = settings();
      const { status, stdout, stderr } = await operator.run("undo", ...more);
      expect(status).toBe(1);
      expect(stdout).toContain(`+    "UserMigration": "${STRANGER}"`);
      expect(stderr).toContain("Refused, and nothing was changed:");
      expect(stderr).toContain(`not this migration's function: ${STRANGER}.`);
      expect(stderr).toContain("give --replace");
      expect(settings()).toEqual(attached);
      expect(records()[0]?.undoneAt).toBeUndefined();
    },
  );

  test("comes back with it: the line that attach --replace ends with says so, and does not hold it", async () => {
    pool().settings = { ...pool().settings, LambdaConfig: { UserMigration: STRANGER } };
    const original = settings();
    const { stderr } = await operator.run("attach", "--client", clientId, "--replace", "--apply");
    const [, line = ""] = /Done\. To take it back: npx cognito-migration (undo .*)\n/.exec(stderr) ?? [];
    expect(stderr).toContain(`That puts ${STRANGER} back onto the pool, and takes --replace as well.`);
    expect(await operator.run(...line.split(" "))).toMatchObject({ status: 1 });
    expect(await operator.run(...line.split(" "), "--replace")).toMatchObject({ status: 0 });
    expect(settings()).toEqual(original);
  });

  test("is none when it is this function's own, or none at all", async () => {
    pool().settings = { ...pool().settings, LambdaConfig: { UserMigration: `${lambdaArn}:live` } };
    const original = settings();
    const { stderr } = await attach();
    expect(stderr).not.toContain("--replace");
    expect(await operator.run("undo", "--apply")).toMatchObject({ status: 0 });
    expect(settings()).toEqual(original);
  });
});

test("an undo folder that others may write to is neither believed nor written to", async () => {
  await attach();
  const attached = settings();
  chmodSync(join(operator.directory, ".cognito-migration/sandbox/undo"), 0o777);
  for (const command of [
    ["undo", "--apply"],
    ["undo", "--list"],
    ["detach", "--apply"],
  ]) {
    const { status, stderr } = await operator.run(...command);
    expect(status).toBe(1);
    expect(stderr).toContain(
      ".cognito-migration/sandbox/undo: found one that others may write to (mode 777), expected a folder of your own.",
    );
  }
  expect(settings()).toEqual(attached);
});

describe("killed between pool and app client", () => {
  const killed = async () => {
    betweenUpdates(() => attaching.kill("SIGKILL"));
    expect((await attach()).status).toBeNull();
    expect([trigger(), flows()]).toEqual([lambdaArn, before]);
  };

  test("the half that was done can be taken back", async () => {
    const original = settings();
    await killed();
    expect((await operator.run("undo", "--list")).stdout).toContain("interrupted");
    expect(await operator.run("undo", "--apply")).toMatchObject({ status: 0 });
    expect(settings()).toEqual(original);
  });

  test("the command can be run again, and one undo takes both halves back", async () => {
    const original = settings();
    await killed();
    expect(await attach()).toMatchObject({ status: 0 });
    expect([trigger(), flows()]).toEqual([lambdaArn, after]);
    const [first, second] = records();
    expect(first?.replacedBy).toBe(second?.id);
    expect(await operator.run("undo", "--apply")).toMatchObject({ status: 0 });
    expect(settings()).toEqual(original);
  });

  test("before the first update the undo file is there, and has nothing to take back", async () => {
    const original = settings();
    operator.world.faults.before("ListUserImportJobs", () =>
      operator.world.faults.before("GetUserPoolMfaConfig", () => attaching.kill("SIGKILL")),
    );
    expect((await attach()).status).toBeNull();
    expect(records()).toHaveLength(1);
    expect(await operator.run("undo", "--apply")).toMatchObject({
      status: 0,
      stderr: expect.stringContaining("Nothing to change: everything is as it was before."),
    });
    expect(settings()).toEqual(original);
    expect(records()[0]?.undoneAt).toBeDefined();
  });
});

test("Ctrl-C ends after the update that is under way, and says how to go on", async () => {
  operator.world.faults.before("UpdateUserPool", () => attaching.kill("SIGINT"));
  const { status, stderr } = await attach();
  expect(status).toBe(130);
  expect(stderr).toContain(
    "Changed by now: user pool eu-central-1_Dest0001 (destination). Run the command again to go on",
  );
  expect([trigger(), flows()]).toEqual([lambdaArn, before]);
  expect(await attach()).toMatchObject({ status: 0 });
});
