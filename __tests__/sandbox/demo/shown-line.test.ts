import { type LogEntry, logLine } from "../../../handler/triggers/user-migration/log";
import { OUTCOMES, type OutcomeName } from "../../../rules/outcome";
import { lastOfEachKind, shownCode, shownLine } from "../../../sandbox/demo/shown-line";

const NOW = new Date("2026-02-03T04:05:06.789Z");
const line = (entry: Partial<LogEntry> = {}): string =>
  logLine(
    {
      outcome: "migrated",
      functionName: "customers",
      triggerSource: "UserMigration_Authentication",
      requestId: "1",
      user: "0123456789abcdef",
      durationMs: 324.4,
      coldStart: false,
      calls: ["AdminInitiateAuth"],
      tried: false,
      ...entry,
    },
    NOW,
  );

test.each<[string, string, Partial<LogEntry>]>([
  [
    "a user who came over",
    "04:05:06  user 0123456789abcdef  migrated: handed over with a proven password, for Cognito to create the user CONFIRMED (324 ms)",
    {},
  ],
  [
    "a cold start",
    "04:05:06  user 0123456789abcdef  refused: disabled at the source (user_disabled; 324 ms; cold start)",
    { outcome: "user_disabled", coldStart: true },
  ],
  [
    "no name at all",
    "04:05:06  user unnamed  refused: the source has no such user (user_not_found; 324 ms)",
    { outcome: "user_not_found", user: undefined },
  ],
  [
    "a failure",
    "04:05:06  user 0123456789abcdef  failed: the source, or STS, did not answer or answered with an error of its own (source_unavailable; ECONNREFUSED; 324 ms)",
    { outcome: "source_unavailable", errorName: "ECONNREFUSED" },
  ],
  [
    "a forgotten password",
    "04:05:06  user 0123456789abcdef  refused: the source has no such user (user_not_found; forgot password; 324 ms)",
    { outcome: "user_not_found", triggerSource: "UserMigration_ForgotPassword" },
  ],
  [
    "a sign-in that an operator tried",
    "04:05:06  user 0123456789abcdef  tried: refused: disabled at the source (user_disabled; 324 ms)",
    { outcome: "user_disabled", tried: true },
  ],
  [
    "a try that would have worked",
    "04:05:06  user 0123456789abcdef  tried: would migrate (nobody was made) (324 ms)",
    { tried: true },
  ],
  [
    "a try that would have worked, and asked for a new password",
    "04:05:06  user 0123456789abcdef  tried: would migrate, and set a new password by a code (nobody was made) (migrated_reset_required; 324 ms)",
    { outcome: "migrated_reset_required", tried: true },
  ],
  [
    "what stays behind",
    "04:05:06  user 0123456789abcdef  migrated: handed over with a proven password, for Cognito to create the user CONFIRMED (324 ms; left behind: custom:a, custom:b, SMS_MFA)",
    { droppedAttributes: { "custom:b": "no_place", "custom:a": "unfit" }, droppedFactors: ["SMS_MFA"] },
  ],
])("%s is one line for people", (_, shown, entry) => {
  expect(shownLine(line(entry), "text")).toBe(shown);
});

test("every outcome is shown with its meaning, on one line", () => {
  for (const outcome of Object.keys(OUTCOMES) as OutcomeName[]) {
    const shown = shownLine(line({ outcome }), "text");
    expect(shown).toContain(OUTCOMES[outcome].means);
    expect(shown).not.toMatch(/[{}\n]/);
  }
});

test("of lines that say the same the last is kept, and every line of a crash", () => {
  const [first, second, forgotten] = [
    line({ user: "1" }),
    line({ user: "2" }),
    line({ triggerSource: "UserMigration_ForgotPassword" }),
  ];
  const refused = line({ outcome: "mfa" });
  expect(lastOfEachKind([first, "Error: a", refused, second, "    at b", forgotten])).toEqual([
    "Error: a",
    refused,
    second,
    "    at b",
    forgotten,
  ]);
});

test("no name of an attribute begins a line or steers the terminal", () => {
  const own = JSON.parse(line()) as object;
  const forged = JSON.stringify({ ...own, dropped_attributes: ["custom:\u001b[2J\nx migrated: y\u202e"] });
  expect(shownLine(forged, "text")).toMatch(/left behind: custom:\\u001b\[2J\\u000ax migrated: y\\u202e\)$/);
});

test.each([
  ["source", "EMAIL", "s***@e***", "second factor", "source, e-mail to s***@e***, second factor"],
  ["destination", "SMS", "+*******0100", "forgotten password", "destination, text message to +*******0100, forgotten"],
] as const)(
  "a code of the %s by %s says where it goes and what for",
  (side, DeliveryMedium, Destination, purpose, said) => {
    const AttributeName = DeliveryMedium === "SMS" ? "phone_number" : "email";
    const shown = shownCode("012345", { purpose, delivery: { AttributeName, DeliveryMedium, Destination } }, side);
    expect(shown).toMatch(/^\d\d:\d\d:\d\d {2}code 012345 \(/);
    expect(shown).toContain(`(${said}`);
  },
);

test("with --log json a line stays as it is", () => {
  expect(shownLine(line(), "json")).toBe(line());
});

test.each([
  "START RequestId: 1 Version: $LATEST",
  "Error: Cannot find module 'x'",
  "    at Module._load (node:internal)",
  "",
  "null",
  "3",
  "[]",
  '{"message":"not ours"}',
  '{"timestamp":"yesterday","message":"a","outcome":"migrated","duration_ms":1}',
  '{"timestamp":"2026-02-03T04:05:06.789Z","level":"ERROR","errorType":"x","errorMessage":"y","message":"a"}',
  `{"timestamp":"2026-02-03T04:05:06.789Z","message":"a","outcome":"migrated"`,
])("what the function did not write itself stays as it is: %s", (other) => {
  expect(shownLine(other, "text")).toBe(other);
});
