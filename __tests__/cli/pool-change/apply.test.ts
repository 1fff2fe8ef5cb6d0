import type { JsonObject } from "../../../cli/aws/json";
import { applySteps, type UpdatePort } from "../../../cli/pool-change/apply";
import {
  appClientTarget,
  type Snapshot,
  type Target,
  TRIGGER_PATH,
  userPoolTarget,
} from "../../../cli/pool-change/change";
import { flowsChange, planUpdates } from "../../../cli/pool-change/plan";
import { CommandError, Interrupted } from "../../../cli/program/exit";

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

const apply = (port: UpdatePort, signal = new AbortController().signal, before: readonly Target[] = []) => {
  const said: string[] = [];
  const result = applySteps(steps, { port, signal, undo: "undo 1 --apply", before, say: (text) => said.push(text) });
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
  expect(error.message).toBe("Stopped. Nothing was changed by this run.");
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
    "user pool eu-central-1_Dest0001 (customers) could not be updated. Nothing was changed by this run.",
  ]);
});

/** What Node.js throws when a connection ends that an answer was to come through. */
const RESET = Object.assign(new Error("socket hang up"), { code: "ECONNRESET" });

describe("an update without an answer", () => {
  /** @param isMade Whether AWS has made the update all the same. @param isThere Whether the target can be read after that. */
  const losing = (kind: "user-pool" | "app-client", isMade: boolean, isThere = true) => {
    const port = cloud();
    const { update, describe: read } = port;
    let isLost = false;
    port.update = async (target, request) => {
      if (target.kind !== kind) return update(target, request);
      if (isMade) await update(target, request);
      isLost = true;
      throw RESET;
    };
    port.describe = async (target) => {
      if (isLost && !isThere) throw RESET;
      return read(target);
    };
    return port;
  };

  test("that was made is told, compared, and gone on from", async () => {
    const port = losing("user-pool", true);
    const { result, said } = apply(port);
    await result;
    expect(said[0]).toBe(
      "The answer to the update of user pool eu-central-1_Dest0001 (customers) was lost. It was read again: the update was made.",
    );
    expect(port.client).toEqual({ ...CLIENT, ExplicitAuthFlows: AFTER });
  });

  test("that was made, and did harm, is told", async () => {
    const port = losing("user-pool", true);
    const { update } = port;
    port.update = (target, request) => update(target, { ...request, UserPoolTier: "LITE" });
    expect((await refused(port)).message).toContain('UserPoolTier: expected "PLUS", found "LITE"');
  });

  test("that was not made is no change", async () => {
    const { result, said } = apply(losing("user-pool", false));
    await expect(result).rejects.toBe(RESET);
    expect(said).toEqual([
      "user pool eu-central-1_Dest0001 (customers) could not be updated. Nothing was changed by this run.",
    ]);
  });

  test.each([true, false])(
    "and nothing to be read: nobody says that nothing was changed (made: %s)",
    async (isMade) => {
      const { result, said } = apply(losing("user-pool", isMade, false));
      await expect(result).rejects.toBe(RESET);
      expect(said).toEqual([
        "Whether user pool eu-central-1_Dest0001 (customers) was updated is not known: there was no answer, and it could not be read again. " +
          "Run the command again to go on, or take it back: undo 1 --apply",
      ]);
    },
  );

  test("and nothing to be read, after another one: what is known is said, too", async () => {
    const { result, said } = apply(losing("app-client", false, false));
    await expect(result).rejects.toBe(RESET);
    expect(said.at(-1)).toContain("Changed by now: user pool eu-central-1_Dest0001 (customers). Run the command again");
  });

  test("while somebody else has made another one, is told as theirs", async () => {
    const port = losing("user-pool", false);
    const { update } = port;
    port.update = async (target, request) => {
      port.pool = { ...POOL, LastModifiedDate: 3, UserPoolTier: "LITE" };
      await update(target, request);
    };
    expect((await refused(port)).message).toContain("Somebody has changed the user pool");
  });
});

test("an update that was made and cannot be read again is not told as none", async () => {
  const port = cloud();
  const { update } = port;
  port.update = async (target, request) => {
    await update(target, request);
    port.mfaConfig = async () => {
      throw RESET;
    };
  };
  const { result, said } = apply(port);
  await expect(result).rejects.toBe(RESET);
  expect(said).toEqual([
    expect.stringContaining("user pool eu-central-1_Dest0001 (customers) was updated and could not be read again"),
  ]);
});

test("what an earlier run has changed is not told as nothing", async () => {
  const port = cloud({
    update: async () => {
      throw new Error("refused");
    },
  });
  const { result, said } = apply(port, undefined, [appClientTarget(CLIENT)]);
  await expect(result).rejects.toThrow("refused");
  expect(said).toEqual([
    "user pool eu-central-1_Dest0001 (customers) could not be updated. Changed by now: app client 4kq7example (web). " +
      "Run the command again to go on, or take it back: undo 1 --apply",
  ]);
});

test("a plan is made of what differs, and knows what does not", () => {
  const change = flowsChange(CLIENT, ["ALLOW_USER_SRP_AUTH"], ["ALLOW_USER_SRP_AUTH"]);
  expect(planUpdates(SNAPSHOT, [change])).toEqual({ steps: [], inPlace: [change], problems: [] });
  expect(appClientTarget(CLIENT).name).toBe("web");
});
