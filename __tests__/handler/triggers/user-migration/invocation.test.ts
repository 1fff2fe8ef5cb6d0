import { createHmac } from "node:crypto";
import type { Handler } from "../../../../handler/entry/dispatch";
import { createHandler, type Surroundings } from "../../../../handler/triggers/user-migration/invocation";
import type { HandlerSettings } from "../../../../rules/function-environment";
import type { SourceUserPool } from "../../../../rules/migrate-user";
import { MigrationFailure, USER_MESSAGE } from "../../../../rules/outcome";
import { verifyStamp } from "../../../../rules/stamp";
import { TRIED } from "../../../../rules/tried";
import {
  challenge,
  forgotPasswordOnWire,
  rules,
  SUB,
  source,
  TOKENS,
  user,
  wireEvent,
} from "../../../support/migration";
import { schema } from "../../../support/schema";

const SETTINGS: HandlerSettings = {
  ...rules(),
  sourceUserPoolId: "eu-west-1_Source001",
  sourceRegion: "eu-west-1",
  sourceRoleArn: "arn:aws:iam::111111111111:role/cognito_migration_customers",
  sourceAppClientId: "1example",
  sourceMfaConfiguration: "OPTIONAL",
  externalId: "an-external-id",
  logUserKey: "a-key-that-only-this-test-knows-0001",
  stampAttribute: undefined,
  stampKey: undefined,
  groups: [],
  groupsMap: new Map(),
  groupsOrRefuse: [],
  destinationGroups: undefined,
  region: "eu-central-1",
  credentials: { accessKeyId: "ASIAEXAMPLE", secretAccessKey: "not-a-real-key" },
};

const CANARIES = ["a-password", "user@example.com", "0a1b2c3d-0000-4000-8000-000000000001"];

async function arrange(pool: SourceUserPool, over: Partial<Surroundings> & { warmUp?: () => Promise<void> } = {}) {
  const lines: string[] = [];
  const { warmUp = async () => undefined, ...surroundings } = over;
  const signals: AbortSignal[] = [];
  let ageMs = 100;
  const handler: Handler = await createHandler({
    settings: SETTINGS,
    functionName: "cognito_migration_customers",
    connect: (_settings, turn) => ({
      ...pool,
      warmUp,
      signIn: (username, password) => {
        signals.push(turn().signal);
        return pool.signIn(username, password);
      },
    }),
    initializationType: "on-demand",
    processAgeMs: () => {
      ageMs += 10;
      return ageMs;
    },
    now: () => new Date(0),
    write: (line) => lines.push(line),
    ...surroundings,
  });
  return { handler, lines, signals };
}

const context = (remainingMs = 5000) => ({ awsRequestId: "id-1", getRemainingTimeInMillis: () => remainingMs });

const logged = (lines: readonly string[]) => lines.map((line) => JSON.parse(line));

test("a migrated user goes into the response, beside what Cognito had there", async () => {
  const { handler, lines } = await arrange(source(TOKENS, user()));
  const result = await handler(wireEvent(), context());
  expect(result).toEqual({
    ...wireEvent(),
    response: {
      userAttributes: { email: "user@example.com", email_verified: "true" },
      finalUserStatus: "CONFIRMED",
      enableSMSMFA: null,
      messageAction: "SUPPRESS",
      forceAliasCreation: false,
    },
  });
  expect(logged(lines)).toEqual([
    expect.objectContaining({ outcome: "migrated", level: "INFO", request_id: "id-1", calls: [] }),
  ]);
});

describe("a function that stamps", () => {
  const NAME = "custom:migration";
  const settings: HandlerSettings = {
    ...SETTINGS,
    destinationSchema: schema(["email", NAME]),
    stampAttribute: NAME,
    stampKey: "k".repeat(72),
    groups: ["*"],
    destinationGroups: ["secret-group"],
  };
  const signedIn = { kind: "tokens", sub: SUB, groups: ["secret-group", "other-group"] } as const;

  test("puts the stamp beside the rest, of the time that it is, and logs neither stamp, key nor group", async () => {
    const now = new Date("2027-01-15T08:00:00.900Z");
    const { handler, lines } = await arrange(source(signedIn, user()), { settings, now: () => now });
    const { response } = (await handler(wireEvent(), context())) as { response: { userAttributes: object } };
    const { [NAME]: stamp, ...rest } = response.userAttributes as Record<string, string>;
    expect(rest).toEqual({ email: "user@example.com", email_verified: "true" });
    const read = verifyStamp(createHmac, ["k".repeat(72)], stamp ?? "", {
      userPoolId: settings.destinationUserPoolId,
      names: ["email verified user@example.com"],
    });
    expect(read).toEqual({ sourceSub: SUB, how: "proven", issuedAt: 1_800_000_000, groups: ["secret-group"] });
    expect(logged(lines)).toMatchObject([
      { stamped: true, groups: { carried: 1, unlisted: 0, unknown: 1, provider: 0 } },
    ]);
    for (const canary of [...CANARIES, stamp?.slice(3, 30), "k".repeat(20), "secret-group", "other-group"])
      expect(lines.join()).not.toContain(canary);
  });

  test("shows no stamp to who tries a sign-in", async () => {
    const { handler } = await arrange(source(signedIn, user()), { settings });
    const answer = JSON.stringify(await handler({ ...wireEvent(), [TRIED]: true }, context()));
    expect(answer).toContain(`"${NAME}":"a stamp"`);
    expect(answer).not.toContain("v1.");
  });
});

test("a status that somebody wrote into the event does not survive a decision without one", async () => {
  const { handler } = await arrange(source(TOKENS, user()));
  const response = { finalUserStatus: "CONFIRMED", enableSMSMFA: true, desiredDeliveryMediums: ["EMAIL"] };
  const result = await handler(forgotPasswordOnWire({ response }), context());
  expect((result as { response: unknown }).response).toEqual({
    desiredDeliveryMediums: ["EMAIL"],
    finalUserStatus: null,
    enableSMSMFA: null,
    userAttributes: { email: "user@example.com", email_verified: "true" },
    messageAction: "SUPPRESS",
    forceAliasCreation: false,
  });
});

test("a refused user leaves the event untouched", async () => {
  const { handler, lines } = await arrange(source({ kind: "refused", outcome: "not_authorized" }, undefined));
  const given = wireEvent();
  expect(await handler(given, context())).toBe(given);
  expect(given).toEqual(wireEvent());
  expect(logged(lines)).toEqual([
    expect.objectContaining({ outcome: "refused", reason: "not_authorized", level: "INFO" }),
  ]);
});

test("only the first invocation is a cold start", async () => {
  const { handler, lines } = await arrange(source(TOKENS, user()));
  await handler(wireEvent(), context());
  await handler(wireEvent(), context());
  expect(logged(lines).map(({ cold_start }) => cold_start)).toEqual([true, false]);
});

test.each([
  [
    "a failure of the source",
    new MigrationFailure("throttled", "TooManyRequestsException"),
    "throttled",
    "TooManyRequestsException",
  ],
  ["an error nobody foresaw", new TypeError("a-password of user@example.com"), "unexpected", "TypeError"],
])("%s becomes one sentence for the user and a reason for the operator", async (_, error, outcome, errorName) => {
  const { handler, lines } = await arrange(source(error, undefined));
  const thrown: Error = await handler(wireEvent(), context()).then(
    () => new Error("it answered"),
    (reason) => reason,
  );
  expect(thrown.message).toBe(USER_MESSAGE);
  expect([thrown.name, thrown.cause, thrown.stack]).toEqual(["MigrationFailure", undefined, ""]);
  expect(logged(lines)).toEqual([
    expect.objectContaining({ outcome: "failed", reason: outcome, error_name: errorName, level: "ERROR" }),
  ]);
});

test("a broken environment fails every sign-in, with nothing but the sentence", async () => {
  const { handler, lines } = await arrange(source(TOKENS, user()), { settings: undefined });
  await expect(handler(wireEvent(), context())).rejects.toThrow(USER_MESSAGE);
  expect(logged(lines)).toEqual([expect.objectContaining({ outcome: "failed", reason: "misconfigured" })]);
});

test("a source that never answers is given up before Cognito hangs up", async () => {
  const silent: SourceUserPool = { signIn: () => new Promise(() => undefined), getUser: async () => undefined };
  const { handler, lines, signals } = await arrange(silent);
  await expect(handler(wireEvent(), context(350))).rejects.toThrow(USER_MESSAGE);
  expect(logged(lines)).toEqual([expect.objectContaining({ outcome: "failed", reason: "deadline", level: "ERROR" })]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
});

test("what the cold start took is gone from the first invocation, and only from it", async () => {
  const silent: SourceUserPool = { signIn: () => new Promise(() => undefined), getUser: async () => undefined };
  const { handler, signals } = await arrange(silent, { processAgeMs: () => 4500 });
  const given = async (remainingMs: number): Promise<number> => {
    const started = performance.now();
    await handler(wireEvent(), context(remainingMs)).catch(() => undefined);
    return performance.now() - started;
  };
  expect(await given(5000)).toBeLessThan(1500);
  expect(await given(2300)).toBeGreaterThan(1500);
  expect(signals).toHaveLength(2);
});

test("credentials that do not come keep INIT waiting only so long", async () => {
  const started = performance.now();
  await arrange(source(TOKENS, user()), { warmUp: () => new Promise(() => undefined) });
  expect(performance.now() - started).toBeLessThan(3000);
});

test("INIT waits for the connections that are being opened", async () => {
  let open = (): void => undefined;
  const opened = [new Promise<void>((resolve) => (open = resolve))];
  const ready = jest.fn();
  const made = arrange(source(TOKENS, user()), { opened }).then(ready);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(ready).not.toHaveBeenCalled();
  open();
  await made;
  expect(ready).toHaveBeenCalled();
});

test("who comes when there is no time left is answered at once", async () => {
  jest.spyOn(AbortSignal, "timeout").mockReturnValue(AbortSignal.abort());
  try {
    const silent: SourceUserPool = { signIn: () => new Promise(() => undefined), getUser: async () => undefined };
    const { handler, lines } = await arrange(silent, { warmUp: () => new Promise(() => undefined) });
    await expect(handler(wireEvent(), context(0))).rejects.toThrow(USER_MESSAGE);
    expect(logged(lines)).toEqual([expect.objectContaining({ outcome: "failed", reason: "deadline" })]);
  } finally {
    jest.restoreAllMocks();
  }
});

test.each([
  ["migrated", source(TOKENS, user({ attributes: { "custom:legacy": "a-value" } }))],
  ["refused", source({ kind: "refused", outcome: "not_authorized" }, undefined)],
  ["failed", source(new Error("a-password of user@example.com"), undefined)],
])("nothing of the user is logged (%s)", async (_, pool) => {
  const { handler, lines } = await arrange(pool);
  await handler(wireEvent(), context()).catch(() => undefined);
  expect(lines).toHaveLength(1);
  for (const canary of [...CANARIES, "a-value"]) expect(lines.join()).not.toContain(canary);
});

describe("what the line says of an invocation", () => {
  test("a migrated user: who, how long, what was left behind", async () => {
    const pool = source(
      challenge("SMS_MFA"),
      user({ attributes: { "custom:legacy": "a-value" }, mfaSettings: ["SMS_MFA"] }),
    );
    const { handler, lines } = await arrange(pool, { settings: { ...SETTINGS, mfaPolicy: "allow" } });
    await handler(wireEvent(), context());
    const [line] = logged(lines);
    expect(line).toMatchObject({
      outcome: "migrated",
      user: expect.stringMatching(/^[0-9a-f]{16}$/),
      dropped_attributes: ["custom:legacy"],
      dropped_factors: ["SMS_MFA"],
      MfaUsers: 1,
      FunctionName: "cognito_migration_customers",
    });
  });

  test("a refused user: no attribute, no factor", async () => {
    const { handler, lines } = await arrange(source(TOKENS, user({ mfaSettings: ["SMS_MFA"] })));
    await handler(wireEvent(), context());
    const [line] = logged(lines);
    expect(line).toMatchObject({ reason: "mfa", MfaUsers: 1 });
    expect(line).not.toHaveProperty("dropped_attributes");
    const refusing = await arrange(source({ kind: "refused", outcome: "not_authorized" }, undefined));
    await refusing.handler(wireEvent(), context());
    expect(logged(refusing.lines)[0]).not.toHaveProperty("MfaUsers");
  });

  test("an event that is none: nobody", async () => {
    const pool = source(TOKENS, user());
    const { handler, lines } = await arrange(pool);
    await expect(handler(null, context())).rejects.toThrow(USER_MESSAGE);
    expect(logged(lines)[0]).toMatchObject({ reason: "unexpected_event", trigger_source: "other" });
    expect(logged(lines)[0]).not.toHaveProperty("user");
    expect(pool.calls).toEqual([]);
  });

  test("without settings: the reason, and nobody", async () => {
    const { handler, lines } = await arrange(source(TOKENS, user()), { settings: undefined });
    await handler(wireEvent(), context()).catch(() => undefined);
    expect(logged(lines)[0]).toMatchObject({ error_name: "HandlerSettingsError" });
    expect(logged(lines)[0]).not.toHaveProperty("user");
  });

  test("what the user waited: from the birth of the process, if it was born for this", async () => {
    let ageMs = 800;
    const { handler, lines } = await arrange(source(TOKENS, user()), { processAgeMs: () => ageMs });
    const waiting = handler(wireEvent(), context());
    ageMs = 1000;
    await waiting;
    const again = handler(wireEvent(), context());
    ageMs = 1050;
    await again;
    expect(logged(lines).map(({ Duration }) => Duration)).toEqual([1000, 50]);
  });

  test.each([
    ["an event that came long after INIT", { initializationType: "on-demand" }, 600],
    ["a provisioned process", { initializationType: "provisioned-concurrency" }, 10],
  ])("what the user waited: nothing before the event (%s)", async (_, over, laterMs) => {
    let ageMs = 800;
    const { handler, lines } = await arrange(source(TOKENS, user()), { ...over, processAgeMs: () => ageMs });
    ageMs += laterMs;
    const waiting = handler(wireEvent(), context());
    ageMs += 50;
    await waiting;
    expect(logged(lines)[0]).toMatchObject({ Duration: 50, cold_start: true });
  });
});

test("a response that is no object is replaced", async () => {
  const { handler } = await arrange(source(TOKENS, user()));
  const result = (await handler({ ...wireEvent(), response: "text" }, context())) as { response: object };
  expect(Object.keys(result.response).sort()).toEqual(
    ["enableSMSMFA", "finalUserStatus", "forceAliasCreation", "messageAction", "userAttributes"].sort(),
  );
});
