import { type LogEntry, logLine } from "../../handler/log";

const NOW = new Date("2026-01-02T03:04:05.678Z");
const ENTRY: LogEntry = {
  outcome: "migrated",
  triggerSource: "UserMigration_Authentication",
  requestId: "id-1",
  durationMs: 12.6,
  coldStart: true,
  droppedAttributes: ["custom:legacy"],
};

test("one line of JSON with the fields that Lambda's log format asks for", () => {
  const line = logLine(ENTRY, NOW);
  expect(line).not.toContain("\n");
  expect(JSON.parse(line)).toEqual({
    timestamp: "2026-01-02T03:04:05.678Z",
    level: "INFO",
    message: "migrated: the password was proven; the user is created CONFIRMED",
    outcome: "migrated",
    trigger_source: "UserMigration_Authentication",
    request_id: "id-1",
    duration_ms: 13,
    cold_start: true,
    dropped_attributes: ["custom:legacy"],
  });
});

test.each([
  ["not_authorized", "INFO"],
  ["throttled", "ERROR"],
] as const)("%s is logged as %s", (outcome, level) => {
  expect(JSON.parse(logLine({ ...ENTRY, outcome }, NOW)).level).toBe(level);
});

test.each(["user@example.com", "a b", "x".repeat(65), "", "{}"])(
  "text that is no identifier (%p) is not repeated",
  (text) => {
    const line = JSON.parse(logLine({ ...ENTRY, triggerSource: text, errorName: text }, NOW));
    expect([line.trigger_source, line.error_name]).toEqual(["other", "other"]);
  },
);

test("nothing but the listed fields, whatever is passed", () => {
  const line = logLine({ ...ENTRY, password: "secret", userName: "secret" } as LogEntry, NOW);
  expect(line).not.toContain("secret");
});
