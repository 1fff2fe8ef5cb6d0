import "../support/quiet-sdk";
import type { HandlerSettings } from "../../config/handler";
import { rehearse } from "../../handler/rehearsal";
import { rehearsalUserPool } from "../../handler/source-user-pool";
import { rules, source } from "../support/migration";

const SETTINGS = {
  ...rules(),
  sourceUserPoolId: "eu-west-1_Source001",
  sourceAppClientId: "1example",
  sourceRegion: "eu-west-1",
  logUserKey: "a-key-of-thirty-two-characters-00",
} as HandlerSettings;

test("a whole sign-in is rehearsed, up to its log line", async () => {
  const line = JSON.parse((await rehearse(SETTINGS, rehearsalUserPool(SETTINGS))) ?? "");
  expect(line).toMatchObject({ outcome: "migrated", user: expect.stringMatching(/^[0-9a-f]{16}$/) });
  // Nobody waited for it, and it is the start of a function.
  expect(line).toMatchObject({ Duration: 0, ColdStart: 1, SourceSignIns: 0, FunctionName: "", request_id: "" });
});

test("the user of the rehearsal is asked for by both calls", async () => {
  const pool = source({ kind: "tokens", sub: "another" }, undefined);
  await rehearse(SETTINGS, pool);
  expect(pool.calls).toEqual(["signIn rehearsal@example.invalid", "getUser rehearsal@example.invalid"]);
});

test("a rehearsal that fails is survived", async () => {
  expect(await rehearse(SETTINGS, source(new Error("m"), undefined))).toBeUndefined();
});
