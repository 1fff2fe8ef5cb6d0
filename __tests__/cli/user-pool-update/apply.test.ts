import { CommandError, Interrupted } from "../../../cli/exit";
import { applySteps, type UpdatePort } from "../../../cli/user-pool-update/apply";
import { appClientTarget, type Snapshot, TRIGGER_PATH, userPoolTarget } from "../../../cli/user-pool-update/change";
import type { JsonObject } from "../../../cli/user-pool-update/json";
import { flowsChange, planUpdates } from "../../../cli/user-pool-update/plan";

const POOL: JsonObject = { Id: "eu-central-1_Dest0001", Name: "customers", UserPoolTier: "PLUS", LastModifiedDate: 1 };
const CLIENT: JsonObject = { ClientId: "4kq7example", ClientName: "web", ExplicitAuthFlows: ["ALLOW_USER_SRP_AUTH"] };
const SNAPSHOT: Snapshot = { userPool: POOL, clients: [CLIENT] };
const AFTER = ["ALLOW_USER_SRP_AUTH", "ALLOW_USER_PASSWORD_AUTH"];
const { steps } = planUpdates(SNAPSHOT, [
  { target: userPoolTarget(POOL), path: TRIGGER_PATH, before: null, after: "arn:ours" },
  flowsChange(CLIENT, ["ALLOW_USER_SRP_AUTH"], AFTER),
]);

/** AWS with these two in it: it does what it is told, unless a test says otherwise. */
function cloud(
  over: Partial<UpdatePort> = {},
): UpdatePort & { readonly calls: string[]; pool: JsonObject; client: JsonObject } {
  const aws = {
    calls: [] as string[],
    pool: POOL,
    client: CLIENT,
    describe: async ({ kind }: { kind: string }) => (kind === "user-pool" ? aws.pool : aws.client),
    mfaConfig: async (): Promise<JsonObject> => ({
      MfaConfiguration: "ON",
      SoftwareTokenMfaConfiguration: { Enabled: true },
    }),
    update: async ({ kind }: { kind: string }, { UserPoolId, PoolName, ...request }: JsonObject) => {
      aws.calls.push(kind);
      if (kind === "user-pool")
        aws.pool = { ...request, Id: UserPoolId ?? "", Name: PoolName ?? "", LastModifiedDate: 2 };
      else aws.client = request;
    },
    ...over,
  };
  return aws;
}

const apply = (port: UpdatePort, signal = new AbortController().signal) => {
  const said: string[] = [];
  const result = applySteps(steps, { port, signal, undo: "undo 1 --apply", say: (text) => said.push(text) });
  return { result, said };
};
const refused = async (port: UpdatePort, signal?: AbortSignal): Promise<CommandError> => {
  const error = await apply(port, signal).result.catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandError)) throw new Error(`not refused: ${error}`);
  return error;
};

test("updates one after the other, and looks at each", async () => {
  const port = cloud();
  const { result, said } = apply(port);
  await result;
  expect(port.pool).toEqual({ ...POOL, LastModifiedDate: 2, LambdaConfig: { UserMigration: "arn:ours" } });
  expect(port.client).toEqual({ ...CLIENT, ExplicitAuthFlows: AFTER });
  expect(said).toEqual([
    "Updated and read again: user pool eu-central-1_Dest0001 (customers).",
    "Updated and read again: app client 4kq7example (web).",
  ]);
});

test("updates nothing that somebody else has changed since the plan", async () => {
  const port = cloud();
  port.pool = { ...POOL, LastModifiedDate: 1.5 };
  const error = await refused(port);
  expect(error.exitCode).toBe(1);
  expect(error.message).toContain("Somebody has changed the user pool eu-central-1_Dest0001 (customers)");
  expect(port.calls).toEqual([]);
});

test("anything else that is different afterwards is told with the way back, and nothing more is updated", async () => {
  const port = cloud();
  const update = port.update;
  const harmful = {
    ...port,
    update: async (...[target, request]: Parameters<typeof update>) => {
      await update(target, request);
      port.pool = { ...port.pool, UserPoolTier: "ESSENTIALS" };
    },
    describe: port.describe,
  };
  const error = await refused(harmful);
  expect(error.exitCode).toBe(1);
  expect(error.message).toContain('UserPoolTier: expected "PLUS", found "ESSENTIALS"');
  expect(error.message).toContain("undo 1 --apply");
  expect(port.calls).toEqual(["user-pool"]);
});

test("a lost second factor is told, too", async () => {
  const answers: JsonObject[] = [
    { MfaConfiguration: "ON", SoftwareTokenMfaConfiguration: { Enabled: true } },
    { MfaConfiguration: "ON" },
  ];
  const error = await refused(cloud({ mfaConfig: async () => answers.shift() ?? {} }));
  expect(error.message).toContain(
    'GetUserPoolMfaConfig SoftwareTokenMfaConfiguration: expected {"Enabled":true}, found nothing',
  );
});

test("Ctrl-C stops between two updates and says how to go on", async () => {
  const interruption = new AbortController();
  const port = cloud({
    mfaConfig: async () => {
      interruption.abort();
      return {};
    },
  });
  const error = await refused(port, interruption.signal);
  expect(error).toBeInstanceOf(Interrupted);
  expect(error.message).toContain(
    "Changed by now: user pool eu-central-1_Dest0001 (customers). Run the command again to go on, or take it back: undo 1 --apply",
  );
  expect(port.calls).toEqual(["user-pool"]);
});

test("before the first update Ctrl-C leaves everything", async () => {
  const error = await refused(cloud(), AbortSignal.abort());
  expect(error.message).toBe("Stopped. Nothing was changed.");
});

test("when AWS refuses the second update, what stands by now is said", async () => {
  const port = cloud();
  const update = port.update;
  const refusing = {
    ...port,
    update: async (...[target, request]: Parameters<typeof update>) => {
      if (target.kind === "app-client") throw new Error("InvalidParameterException");
      await update(target, request);
    },
  };
  const { result, said } = apply(refusing);
  await expect(result).rejects.toThrow("InvalidParameterException");
  expect(said.at(-1)).toBe(
    "app client 4kq7example (web) could not be updated. Changed by now: user pool eu-central-1_Dest0001 (customers). " +
      "Run the command again to go on, or take it back: undo 1 --apply",
  );
});

test("a setting that was valid once is explained", async () => {
  const { result, said } = apply(
    cloud({
      update: async () => {
        throw Object.assign(new Error("no such identity"), { name: "InvalidParameterException" });
      },
    }),
  );
  await expect(result).rejects.toThrow("no such identity");
  expect(said).toEqual([
    expect.stringContaining("One of them may no longer be valid"),
    "user pool eu-central-1_Dest0001 (customers) could not be updated. Nothing was changed.",
  ]);
});

test("a plan is made of what differs", () => {
  expect(planUpdates(SNAPSHOT, [flowsChange(CLIENT, ["ALLOW_USER_SRP_AUTH"], ["ALLOW_USER_SRP_AUTH"])])).toEqual({
    steps: [],
    problems: [],
  });
  expect(appClientTarget(CLIENT).name).toBe("web");
});
