import "../../../support/quiet-sdk";
import { connectRehearsal } from "../../../../handler/aws/source-user-pool";
import type { Surroundings } from "../../../../handler/triggers/user-migration/invocation";
import { rehearse } from "../../../../handler/triggers/user-migration/rehearsal";
import type { HandlerSettings } from "../../../../rules/function-environment";
import type { SourceUserPool } from "../../../../rules/migrate-user";
import { rules, source } from "../../../support/migration";

const SETTINGS = {
  ...rules(),
  sourceUserPoolId: "eu-west-1_Source001",
  sourceAppClientId: "1example",
  sourceRegion: "eu-west-1",
  logUserKey: "a-key-of-thirty-two-characters-00",
} as HandlerSettings;

/** Rehearses, at the pool that sends nothing or at another. @returns the lines that would have been logged. */
async function rehearsed(connect: Surroundings["connect"] = connectRehearsal): Promise<Record<string, unknown>[]> {
  const lines: string[] = [];
  await rehearse(SETTINGS, {
    functionName: "cognito_migration_customers",
    connect,
    initializationType: "on-demand",
    processAgeMs: () => 100,
    now: () => new Date(0),
    write: (line) => lines.push(line),
  });
  return lines.map((line) => JSON.parse(line));
}

const connected =
  (pool: SourceUserPool): Surroundings["connect"] =>
  () => ({ ...pool, warmUp: async () => undefined });

test("a whole sign-in is rehearsed up to its log line, twice", async () => {
  const lines = await rehearsed();
  expect(lines).toMatchObject([
    { outcome: "migrated", cold_start: true },
    { outcome: "migrated", cold_start: false },
  ]);
  expect(lines[0]).toMatchObject({ user: expect.stringMatching(/^[0-9a-f]{16}$/), request_id: "" });
});

test("the user of the rehearsal is asked for by both calls", async () => {
  const pool = source({ kind: "tokens", sub: "another", groups: [] }, undefined);
  await rehearsed(connected(pool));
  const once = ["signIn rehearsal@example.invalid", "getUser rehearsal@example.invalid"];
  expect(pool.calls).toEqual([...once, ...once]);
});

test("a rehearsal that fails is survived", async () => {
  const [line] = await rehearsed(connected(source(new Error("m"), undefined)));
  expect(line).toMatchObject({ outcome: "failed" });
});

test("garbage of INIT is collected before a user waits, where Lambda lets a function do that", async () => {
  const gc = jest.fn();
  const { gc: own } = globalThis;
  Object.assign(globalThis, { gc });
  try {
    await rehearsed();
  } finally {
    Object.assign(globalThis, { gc: own });
  }
  expect(gc.mock.calls).toEqual([[{ type: "minor" }]]);
});
