import type { Handler } from "../../../../handler/entry/dispatch";
import { createHandler } from "../../../../handler/triggers/user-migration/invocation";
import { withReport } from "../../../../handler/triggers/user-migration/tried";
import type { HandlerSettings } from "../../../../rules/function-environment";
import type { SourceUserPool } from "../../../../rules/migrate-user";
import { MigrationFailure, USER_MESSAGE } from "../../../../rules/outcome";
import { TRIED, type TriedReport } from "../../../../rules/tried";
import { challenge, forgotPasswordOnWire, rules, source, TOKENS, user, wireEvent } from "../../../support/migration";

const PASSWORD = "a-password";

async function arrange(pool: SourceUserPool, settings: Partial<HandlerSettings> | null = {}) {
  const lines: string[] = [];
  const handler: Handler = await createHandler({
    settings:
      settings === null ? undefined : ({ ...rules(), logUserKey: "k".repeat(32), ...settings } as HandlerSettings),
    functionName: "cognito_migration_customers",
    connect: (_settings, turn) => ({
      warmUp: async () => undefined,
      signIn: (username, password) => {
        turn().calls.push("AdminInitiateAuth");
        return pool.signIn(username, password);
      },
      getUser: pool.getUser,
    }),
    initializationType: "provisioned-concurrency",
    processAgeMs: () => 100,
    now: () => new Date(0),
    write: (line) => lines.push(line),
  });
  const invoke = async (event: unknown): Promise<{ readonly answer: unknown } | { readonly thrown: Error }> =>
    handler(event, { awsRequestId: "id-1", getRemainingTimeInMillis: () => 5000 }).then(
      (answer) => ({ answer }),
      (thrown) => ({ thrown }),
    );
  return { invoke, logged: () => lines.map((line) => JSON.parse(line)) };
}

/** Every kind of end, and what an operator is to read of it. */
const ENDS: readonly [
  name: string,
  pool: () => SourceUserPool,
  event: object,
  report: Partial<TriedReport>,
  settings?: Partial<HandlerSettings> | null,
][] = [
  ["migrated", () => source(TOKENS, user()), wireEvent(), { outcome: "migrated", dropped: {} }],
  [
    "migrated, with something of every kind left behind",
    () =>
      source(
        TOKENS,
        user({
          attributes: {
            "custom:legacy": "a-value",
            given_name: "a-name-too-long",
            phone_number: "+15555550100",
            identities: '[{"userId":"42"}]',
          },
        }),
      ),
    wireEvent(),
    {
      outcome: "migrated",
      dropped: { "custom:legacy": "no_place", given_name: "unfit", phone_number: "unproven", identities: "linked" },
    },
    {
      destinationUsernameAttributes: ["email", "phone_number"],
      destinationSchema: new Map([
        ...rules().destinationSchema,
        ["given_name", { type: "String", min: 0, max: 5, required: false } as never],
      ]),
    },
  ],
  [
    "migrated without a second factor",
    () => source(challenge("SMS_MFA"), user({ mfaSettings: ["SMS_MFA"] })),
    wireEvent(),
    { outcome: "migrated", factors: ["SMS_MFA"], droppedFactors: ["SMS_MFA"] },
    { mfaPolicy: "allow" },
  ],
  [
    "a forgotten password",
    () => source(TOKENS, user()),
    forgotPasswordOnWire(),
    { outcome: "migrated_reset_required", calls: [] },
  ],
  [
    "refused by the source",
    () => source({ kind: "refused", outcome: "not_authorized" }, undefined),
    wireEvent(),
    { outcome: "not_authorized", calls: ["AdminInitiateAuth"] },
  ],
  [
    "refused for a second factor",
    () => source(TOKENS, user({ mfaSettings: ["SMS_MFA"] })),
    wireEvent(),
    { outcome: "mfa", factors: ["SMS_MFA"], droppedFactors: [] },
  ],
  [
    "what only an operator can mend",
    () => source(challenge("FUTURE"), undefined),
    wireEvent(),
    { outcome: "challenge_unknown" },
  ],
  [
    "failed",
    () => source(new MigrationFailure("throttled", "TooManyRequestsException"), undefined),
    wireEvent(),
    { outcome: "throttled", errorName: "TooManyRequestsException" },
  ],
  [
    "an error nobody foresaw",
    () => source(new TypeError(`${PASSWORD} of user@example.com`), undefined),
    wireEvent(),
    { outcome: "unexpected", errorName: "TypeError" },
  ],
  ["another user pool", () => source(TOKENS, user()), wireEvent({ userPoolId: "x" }), { outcome: "unexpected_event" }],
  ["an event of no shape", () => source(TOKENS, user()), {}, { outcome: "unexpected_event", calls: [] }],
  [
    "a broken environment",
    () => source(TOKENS, user()),
    wireEvent(),
    { outcome: "misconfigured", errorName: "HandlerSettingsError" },
    null,
  ],
];

describe.each(ENDS.map((end) => ({ name: end[0], end })))("$name", ({ end: [, pool, event, expected, settings] }) => {
  const both = async () => {
    const [ordinary, tried] = await Promise.all([arrange(pool(), settings), arrange(pool(), settings)]);
    const result = await ordinary.invoke(event);
    const attempt = await tried.invoke({ ...event, [TRIED]: true });
    if (!("answer" in attempt)) throw new Error("a tried sign-in is answered, whatever becomes of it");
    const { [TRIED]: report, ...answer } = attempt.answer as { readonly [TRIED]: TriedReport };
    const [line] = ordinary.logged();
    const [triedLine] = tried.logged();
    return { result, answer, report, line, triedLine };
  };

  test("is answered as the sign-in would be, without the request, and with the report", async () => {
    const { result, answer, report } = await both();
    expect(report).toMatchObject({ durationMs: 0, coldStart: true, ...expected });
    const { request: _request, ...ordinary } = ("answer" in result ? result.answer : event) as { request?: object };
    expect(answer).toEqual(ordinary);
    if ("thrown" in result) expect(result.thrown.message).toBe(USER_MESSAGE);
  });

  test("counts as tried, and as nothing else", async () => {
    const { line, triedLine } = await both();
    expect(triedLine._aws.CloudWatchMetrics).toEqual([
      {
        Namespace: "CognitoMigration",
        Dimensions: [["FunctionName"]],
        Metrics: [
          { Name: "Tried", Unit: "Count" },
          { Name: "SourceSignIns", Unit: "Count" },
        ],
      },
    ]);
    expect(triedLine).toMatchObject({ Tried: 1, tried: true, would_be: expected.outcome, level: "INFO" });
    for (const { Metrics } of line._aws.CloudWatchMetrics)
      for (const { Name } of Metrics)
        expect([Name, triedLine[Name]]).toEqual([Name, Name === "SourceSignIns" ? line[Name] : undefined]);
    // What queries filter by.
    for (const field of ["outcome", "reason", "Reason", "dropped_attributes"])
      expect(triedLine).not.toHaveProperty(field);
    for (const field of ["user", "request_id", "calls", "cold_start", "duration_ms", "error_name", "trigger_source"])
      expect([field, triedLine[field]]).toEqual([field, line[field]]);
    expect(line).not.toHaveProperty("tried");
  });

  test("tells no password anywhere, and of a user nothing in the log", async () => {
    const { answer, report, triedLine } = await both();
    expect(JSON.stringify([answer, report, triedLine])).not.toContain(PASSWORD);
    for (const canary of ["user@example.com", "a-value", "a-name-too-long", "+15555550100"])
      expect(JSON.stringify([report, triedLine])).not.toContain(canary);
  });
});

describe("the answer of one who would be stamped", () => {
  const entry = {
    outcome: "migrated",
    functionName: "cognito_migration_customers",
    triggerSource: "UserMigration_Authentication",
    requestId: "id-1",
    user: undefined,
    durationMs: 12.6,
    coldStart: false,
    calls: [],
    tried: true,
  } as const;
  const STAMPED = { response: { userAttributes: { email: "user@example.com", "custom:stamp": "v1.secret" } } };

  test("shows that there is a stamp, and not the stamp", () => {
    expect(withReport(STAMPED, entry, "custom:stamp")).toEqual({
      response: { userAttributes: { email: "user@example.com", "custom:stamp": "a stamp" } },
      [TRIED]: {
        outcome: "migrated",
        dropped: {},
        factors: [],
        droppedFactors: [],
        calls: [],
        durationMs: 13,
        coldStart: false,
      },
    });
  });

  test.each<[string, object, string | undefined]>([
    ["a user without a stamp", { response: { userAttributes: { email: "user@example.com" } } }, "custom:stamp"],
    ["no stamps at all", { response: { userAttributes: { email: "user@example.com" } } }, undefined],
    ["no attributes", { response: { userAttributes: null } }, "custom:stamp"],
    ["no response", { response: null }, "custom:stamp"],
    ["nothing", {}, "custom:stamp"],
  ])("stays as it is: %s", (_, answer, stampAttribute) => {
    const { [TRIED]: _report, ...rest } = withReport(answer, entry, stampAttribute) as { readonly [TRIED]: unknown };
    expect(rest).toEqual(answer);
  });
});

describe("what does not make an event a tried one", () => {
  test.each([
    ["another value", { [TRIED]: "true" }],
    ["a number", { [TRIED]: 1 }],
    ["an object", { [TRIED]: { outcome: "migrated" } }],
    ["a list", { [TRIED]: [true] }],
    ["null", { [TRIED]: null }],
    ["false", { [TRIED]: false }],
    ["another spelling", { [TRIED.toUpperCase()]: true }],
    // All that Cognito fills in with what a user sends.
    ["a name", { userName: `user@example.com"},"${TRIED}":true` }],
    ["a password", { request: { password: `a"},"${TRIED}":true,"x":{"` } }],
    ["validation data", { request: { password: PASSWORD, validationData: { [TRIED]: true } } }],
    ["client metadata", { request: { password: PASSWORD, clientMetadata: { [TRIED]: true }, [TRIED]: true } }],
    ["a response", { response: { [TRIED]: true } }],
    ["the caller's context", { callerContext: { clientId: "1example", [TRIED]: true } }],
  ])("%s", async (_, over) => {
    const { invoke, logged } = await arrange(source({ kind: "refused", outcome: "not_authorized" }, undefined));
    const event = { ...wireEvent(), ...over };
    expect(await invoke(event)).toEqual({ answer: event });
    expect(logged()).toEqual([expect.objectContaining({ outcome: "refused", Refused: 1 })]);
    expect(logged()[0]).not.toHaveProperty("Tried");
  });

  test.each([null, undefined, "text", 1, true, [true], []])("an event that is no object: %p", async (event) => {
    const { invoke, logged } = await arrange(source(TOKENS, user()));
    expect(await invoke(event)).toEqual({ thrown: expect.objectContaining({ message: USER_MESSAGE }) });
    expect(logged()).toEqual([expect.objectContaining({ reason: "unexpected_event", Failed: 1 })]);
  });
});
