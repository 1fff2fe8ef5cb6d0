import { outcomeOf, type TokenLogEntry, tokenLogLine } from "../../../handler/token/log";

const NOTHING: TokenLogEntry = {
  functionName: "fn",
  requestId: "request",
  durationMs: 1.4,
  coldStart: false,
  added: 0,
  membershipsAdded: 0,
  membershipsLeft: 0,
  eventsSent: 0,
  eventsLeft: 0,
  failed: false,
};
const NOW = new Date("2026-01-02T03:04:05.678Z");
const lineOf = (entry: Partial<TokenLogEntry>) => JSON.parse(tokenLogLine({ ...NOTHING, ...entry }, NOW) ?? "{}");

test("where nothing has happened there is no line", () => {
  expect(outcomeOf(NOTHING)).toBeUndefined();
  expect(tokenLogLine(NOTHING, NOW)).toBeUndefined();
});

/** Each with all that comes after it in the order of what counts most. */
test.each<[string, Partial<TokenLogEntry>]>([
  ["event_sent", { eventsSent: 1 }],
  ["event_left", { eventsLeft: 1 }],
  ["memberships", { membershipsAdded: 1 }],
  ["memberships_left", { membershipsLeft: 1 }],
  ["groups_skipped", { skipped: "stamp_refused" }],
  ["groups_added", { added: 1 }],
  ["token_failed", { failed: true }],
])("%s stands first, alone and with all that counts less", (outcome, one) => {
  const order: Partial<TokenLogEntry>[] = [
    { eventsSent: 1 },
    { eventsLeft: 1 },
    { membershipsAdded: 1 },
    { membershipsLeft: 1 },
    { skipped: "stamp_refused" },
    { added: 1 },
    { failed: true },
  ];
  const less = order.slice(
    0,
    order.findIndex((entry) => Object.keys(entry)[0] === Object.keys(one)[0]),
  );
  expect(outcomeOf({ ...NOTHING, ...one })).toBe(outcome);
  expect(outcomeOf(Object.assign({ ...NOTHING }, ...less, one))).toBe(outcome);
  expect(lineOf(one).outcome).toBe(outcome);
});

test.each<[string, Partial<TokenLogEntry>]>([
  ["INFO", { added: 2 }],
  ["INFO", { membershipsAdded: 1 }],
  ["INFO", { eventsSent: 1 }],
  ["WARN", { added: 2, membershipsLeft: 1 }],
  ["WARN", { added: 2, eventsLeft: 1 }],
  ["WARN", { added: 2, membershipsLeft: 1, eventsLeft: 1 }],
  ["WARN", { membershipsLeft: 1 }],
  ["WARN", { eventsLeft: 1 }],
  ["ERROR", { failed: true }],
  ["ERROR", { failed: true, membershipsLeft: 1 }],
])("the level is %s of %j", (level, entry) => {
  expect(lineOf(entry).level).toBe(level);
});

test("a line says what was skipped and why, in words that the table has", () => {
  const { message, reason } = lineOf({ skipped: "stamp_refused" });
  expect(reason).toBe("stamp_refused");
  expect(message).toMatch(/^.+: .+$/);
  expect(lineOf({ added: 1 }).message).toBe("the token carries groups of the stamp");
  expect(lineOf({ added: 1 })).not.toHaveProperty("reason");
});

test("numbers are there where they are more than none, and each is a metric", () => {
  const { timestamp, duration_ms, cold_start, request_id, ...line } = lineOf({
    added: 3,
    membershipsAdded: 2,
    membershipsLeft: 1,
    eventsSent: 4,
    eventsLeft: 5,
    errorName: "Busy",
  });
  expect({ timestamp, duration_ms, cold_start, request_id }).toEqual({
    timestamp: NOW.toISOString(),
    duration_ms: 1,
    cold_start: false,
    request_id: "request",
  });
  expect(line).toEqual({
    level: "WARN",
    outcome: "groups_added",
    message: "the token carries groups of the stamp",
    groups: 3,
    memberships_added: 2,
    memberships_left: 1,
    events_sent: 4,
    events_left: 5,
    error_name: "Busy",
    _aws: {
      Timestamp: NOW.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: "CognitoMigration",
          Dimensions: [["FunctionName"]],
          Metrics: ["TokenGroups", "MembershipsAdded", "MembershipsLeft", "EventsSent", "EventsLeft"].map((Name) => ({
            Name,
            Unit: "Count",
          })),
        },
      ],
    },
    FunctionName: "fn",
    TokenGroups: 1,
    MembershipsAdded: 2,
    MembershipsLeft: 1,
    EventsSent: 4,
    EventsLeft: 5,
  });
});

test.each<[Partial<TokenLogEntry>, object]>([
  [{ failed: true }, { TokenFailed: 1 }],
  [{ skipped: "stamp_refused" }, { StampsRefused: 1 }],
  [{ membershipsAdded: 1 }, { MembershipsAdded: 1 }],
])("of %j there is this metric alone", (entry, metric) => {
  const { _aws, timestamp, level, outcome, reason, message, request_id, duration_ms, cold_start, ...rest } =
    lineOf(entry);
  const { memberships_added, ...metrics } = rest;
  expect(metrics).toEqual({ FunctionName: "fn", ...metric });
});

test("without a metric there is nothing of metrics", () => {
  const line = lineOf({ skipped: "unproven" });
  expect(line).not.toHaveProperty("_aws");
  expect(line).not.toHaveProperty("FunctionName");
});
