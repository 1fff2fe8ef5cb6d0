import type { TokenCalls } from "../../../handler/aws/token-calls";
import { createTokenHandler, type TokenHandler } from "../../../handler/token/invocation";
import { ATTRIBUTE, NOW, POOL, STAMP_KEY, stampFor, tokenEvent } from "../../support/token-event";

const BUS = "arn:aws:events:eu-central-1:222222222222:event-bus/default";
const ENVIRONMENT = {
  AWS_LAMBDA_FUNCTION_NAME: "cognito_migration_token_customers",
  STAMP_ATTRIBUTE: ATTRIBUTE,
  STAMP_KEY,
  DESTINATION_USER_POOL_ID: POOL,
  DESTINATION_USERNAME_ATTRIBUTES: "none",
  DESTINATION_CASE_SENSITIVE: "true",
  GROUPS_MODE: "token+member",
  GROUPS_WINDOW: "86400",
  MIGRATED_EVENT_BUS_ARN: BUS,
};
const CONTEXT = { awsRequestId: "request", getRemainingTimeInMillis: () => 5000 };

const named = (name: string): Error => Object.assign(new Error("a message that names jane"), { name });

/** A handler whose clock and whose AWS a test sets. */
class World {
  nowMs = NOW * 1000;
  loaded = 0;
  readonly sent: string[] = [];
  readonly lines: Record<string, unknown>[] = [];
  readonly complaints: string[] = [];
  signal: AbortSignal | undefined;
  answer: (what: string) => void = () => undefined;
  readonly handler: TokenHandler;

  constructor(env: Readonly<Record<string, string | undefined>> = {}) {
    const calls: TokenCalls = {
      addToGroup: async ({ userPoolId, username }, group) => this.note(`${userPoolId} ${username} ${group}`),
      sendEvent: async (busArn, migrated) => this.note(`${busArn} ${JSON.stringify(migrated)}`),
    };
    this.handler = createTokenHandler({
      env: { ...ENVIRONMENT, ...env },
      connect: (signal) => {
        this.loaded += 1;
        this.signal = signal;
        return calls;
      },
      nowMs: () => this.nowMs,
      write: (line) => this.lines.push(JSON.parse(line)),
      complain: (line) => this.complaints.push(line),
    });
  }
  private note(what: string): void {
    this.sent.push(what);
    this.answer(what);
  }
}

const EVENT = `${BUS} {"sourceSub":"source-sub","sub":"destination-sub","userPoolId":"${POOL}","how":"proven","at":"2026-01-02T03:04:00.000Z"}`;
const stamped = (groups: readonly string[] = ["editors", "readers"], over = {}) =>
  tokenEvent({ [ATTRIBUTE]: stampFor("jane", { groups, ...over }) });
const groupsIn = (answer: unknown): unknown =>
  (answer as { response: { claimsOverrideDetails: { groupOverrideDetails: { groupsToOverride: unknown } } } }).response
    .claimsOverrideDetails?.groupOverrideDetails.groupsToOverride;

test("the first token has the groups; memberships and event are sent once, and one line has the numbers", async () => {
  const world = new World();
  expect(groupsIn(await world.handler(stamped(), CONTEXT))).toEqual(["editors", "readers"]);
  expect(world.sent.sort()).toEqual([EVENT, `${POOL} jane editors`, `${POOL} jane readers`]);
  expect(world.lines).toEqual([
    {
      timestamp: "2026-01-02T03:04:05.000Z",
      level: "INFO",
      outcome: "groups_added",
      message: "the token carries groups of the stamp",
      request_id: "request",
      duration_ms: expect.any(Number),
      cold_start: true,
      groups: 2,
      memberships_added: 2,
      events_sent: 1,
      _aws: {
        Timestamp: NOW * 1000,
        CloudWatchMetrics: [
          {
            Namespace: "CognitoMigration",
            Dimensions: [["FunctionName"]],
            Metrics: ["TokenGroups", "MembershipsAdded", "EventsSent"].map((Name) => ({ Name, Unit: "Count" })),
          },
        ],
      },
      FunctionName: "cognito_migration_token_customers",
      TokenGroups: 1,
      MembershipsAdded: 2,
      EventsSent: 1,
    },
  ]);
  // A refresh before Cognito shows the memberships: the token has them, and nothing more is sent.
  expect(groupsIn(await world.handler(stamped(), CONTEXT))).toEqual(["editors", "readers"]);
  expect([world.sent.length, world.loaded]).toEqual([3, 1]);
});

test("of groups that Cognito has already none is sent", async () => {
  const world = new World();
  const event = stamped();
  (event["request"] as { groupConfiguration: unknown }).groupConfiguration = { groupsToOverride: ["editors"] };
  await world.handler(event, CONTEXT);
  expect(world.sent.filter((what) => what.startsWith(POOL))).toEqual([`${POOL} jane readers`]);
});

test.each<[string, object]>([
  ["a user who never migrated", tokenEvent({})],
  ["a user who came long ago", tokenEvent({ [ATTRIBUTE]: stampFor("jane", { issuedAt: NOW - 100_000 }) })],
  ["another trigger", { triggerSource: "PostAuthentication_Authentication" }],
])("nothing is loaded, sent or said for %s", async (_, event) => {
  const world = new World();
  expect(await world.handler(event, CONTEXT)).toBe(event);
  expect([world.loaded, world.sent, world.lines]).toEqual([0, [], []]);
});

test("a stamp that is refused is said once, without a name", async () => {
  const world = new World();
  const event = tokenEvent({ [ATTRIBUTE]: stampFor("joe") });
  expect([await world.handler(event, CONTEXT), await world.handler(event, CONTEXT)]).toEqual([event, event]);
  expect(world.lines).toEqual([
    expect.objectContaining({ outcome: "groups_skipped", reason: "stamp_refused", StampsRefused: 1 }),
  ]);
  expect(JSON.stringify(world.lines)).not.toMatch(/jane|joe|destination-sub/);
});

test("after TooManyRequests no membership is sent for a minute, not even somebody else's, and the token has its groups", async () => {
  const world = new World();
  world.answer = (what) => {
    if (what.startsWith(POOL)) throw named("TooManyRequestsException");
  };
  expect(groupsIn(await world.handler(stamped(), CONTEXT))).toEqual(["editors", "readers"]);
  expect(world.lines[0]).toMatchObject({
    level: "WARN",
    memberships_left: 2,
    error_name: "TooManyRequestsException",
    MembershipsLeft: 2,
    EventsSent: 1,
  });
  world.answer = () => undefined;
  world.nowMs += 59_999;
  const other = { ...tokenEvent({ sub: "other", [ATTRIBUTE]: stampFor("joe") }), userName: "joe" };
  expect(groupsIn(await world.handler(other, CONTEXT))).toEqual(["editors"]);
  expect(world.sent.filter((what) => what.startsWith(POOL))).toEqual([`${POOL} jane editors`]);
  world.nowMs += 1;
  await world.handler(stamped(), CONTEXT);
  expect(world.sent.filter((what) => what.startsWith(POOL))).toEqual([
    `${POOL} jane editors`,
    `${POOL} jane editors`,
    `${POOL} jane readers`,
  ]);
});

test("a group that is not there is left, once; the others are made", async () => {
  const world = new World();
  world.answer = (what) => {
    if (what.endsWith("editors")) throw named("ResourceNotFoundException");
  };
  await world.handler(stamped(), CONTEXT);
  await world.handler(stamped(), CONTEXT);
  expect(world.sent.filter((what) => what.startsWith(POOL))).toEqual([`${POOL} jane editors`, `${POOL} jane readers`]);
  expect(world.lines[0]).toMatchObject({ memberships_added: 1, memberships_left: 1 });
});

test("an event that is not taken is sent again after a minute, while the stamp is young", async () => {
  const world = new World({ GROUPS_MODE: "off" });
  world.answer = () => {
    throw named("InternalException");
  };
  const event = stamped();
  expect(await world.handler(event, CONTEXT)).toBe(event);
  expect(world.lines[0]).toMatchObject({ level: "WARN", outcome: "event_left", EventsLeft: 1 });
  world.answer = () => undefined;
  await world.handler(event, CONTEXT);
  expect(world.sent).toEqual([EVENT]);
  world.nowMs += 60_000;
  await world.handler(event, CONTEXT);
  await world.handler(event, CONTEXT);
  expect(world.sent).toEqual([EVENT, EVENT]);
});

test("who comes again under a name that was deleted is another user", async () => {
  const world = new World();
  await world.handler(stamped(["editors"]), CONTEXT);
  await world.handler(
    tokenEvent({ sub: "second-sub", [ATTRIBUTE]: stampFor("jane", { sourceSub: "second", groups: ["editors"] }) }),
    CONTEXT,
  );
  expect(world.sent.filter((what) => what.startsWith(POOL))).toHaveLength(2);
});

test("what cannot be loaded leaves the token its groups", async () => {
  const world = new World();
  const handler = createTokenHandler({
    env: ENVIRONMENT,
    connect: () => {
      throw named("SyntaxError");
    },
    nowMs: () => NOW * 1000,
    write: (line) => world.lines.push(JSON.parse(line)),
    complain: () => undefined,
  });
  expect(groupsIn(await handler(stamped(), CONTEXT))).toEqual(["editors", "readers"]);
  expect(world.lines[0]).toMatchObject({ memberships_left: 2, events_left: 1, error_name: "SyntaxError" });
});

test("a broken environment ends no sign-in: the event goes back, and an alarm's metric counts it", async () => {
  const world = new World({ STAMP_KEY: "short", GROUPS_WINDOW: undefined });
  const event = stamped();
  expect(await world.handler(event, CONTEXT)).toBe(event);
  expect(world.complaints).toEqual(["missing or malformed in the function's environment: STAMP_KEY, GROUPS_WINDOW"]);
  expect(world.lines).toEqual([
    expect.objectContaining({
      level: "ERROR",
      outcome: "token_failed",
      error_name: "TokenSettingsError",
      TokenFailed: 1,
    }),
  ]);
});

test("not even a log that cannot be written ends a sign-in", async () => {
  const handler = createTokenHandler({
    env: ENVIRONMENT,
    connect: () => ({ addToGroup: async () => undefined, sendEvent: async () => undefined }),
    nowMs: () => NOW * 1000,
    write: () => {
      throw named("EPIPE");
    },
    complain: () => undefined,
  });
  const event = stamped();
  expect(await handler(event, CONTEXT)).toBe(event);
});

test("nothing in any line is of a user", async () => {
  const world = new World();
  world.answer = () => {
    throw named("jane, who is no error");
  };
  await world.handler(stamped(["canary-group"]), CONTEXT);
  expect(JSON.stringify(world.lines)).not.toMatch(/jane|canary|source-sub|destination-sub|custom:migration/);
  expect(world.lines[0]).toMatchObject({ error_name: "UnknownError" });
});

describe("time", () => {
  afterEach(() => jest.restoreAllMocks());

  test.each([
    [5000, 700],
    [900, 600],
    // Lambda is about to end the function: what is due waits, and the token does not.
    [200, 0],
  ])("with %s ms left what is sent has %s ms", async (left, budget) => {
    const timeout = jest.spyOn(AbortSignal, "timeout");
    const world = new World();
    await world.handler(stamped(), { ...CONTEXT, getRemainingTimeInMillis: () => left });
    expect(timeout.mock.calls).toEqual([[budget]]);
    expect(world.signal).toBe(timeout.mock.results[0]?.value);
  });

  test("a line has that of the invocation, and only the first is a cold start", async () => {
    const now = jest.spyOn(performance, "now");
    now.mockReturnValueOnce(1000).mockReturnValueOnce(1042);
    const world = new World();
    await world.handler(stamped(), CONTEXT);
    await world.handler(stamped(), CONTEXT);
    expect(world.lines.map(({ cold_start }) => cold_start)).toEqual([true, false]);
    expect(world.lines[0]).toMatchObject({ duration_ms: 42 });
  });
});

test("each user's refused stamp is said, and a function without a name has none in its metrics", async () => {
  const world = new World({ AWS_LAMBDA_FUNCTION_NAME: undefined });
  const refused = (sub: string) => tokenEvent({ sub, [ATTRIBUTE]: stampFor("joe") });
  for (const sub of ["one", "two", "one"]) await world.handler(refused(sub), CONTEXT);
  expect(world.lines.map(({ reason, FunctionName }) => [reason, FunctionName])).toEqual(
    Array(2).fill(["stamp_refused", ""]),
  );
});
