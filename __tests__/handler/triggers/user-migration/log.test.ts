import { type LogEntry, logLine } from "../../../../handler/triggers/user-migration/log";
import { METRICS } from "../../../../rules/metrics";
import { OUTCOMES, type OutcomeName } from "../../../../rules/outcome";

const NOW = new Date("2026-01-02T03:04:05.678Z");
const ENTRY: LogEntry = {
  outcome: "migrated",
  functionName: "cognito_migration_customers",
  triggerSource: "UserMigration_Authentication",
  requestId: "id-1",
  user: "00112233aabbccdd",
  durationMs: 12.6,
  coldStart: true,
  calls: ["AssumeRole", "AdminInitiateAuth", "AdminGetUser"],
  droppedAttributes: { "custom:legacy": "no_place" },
  tried: false,
};

const parsed = (over: Partial<LogEntry> = {}) => JSON.parse(logLine({ ...ENTRY, ...over }, NOW));

test("one line of JSON: the log, with the fields that Lambda's format asks for, and the metrics", () => {
  expect(logLine(ENTRY, NOW)).not.toContain("\n");
  expect(parsed()).toEqual({
    timestamp: "2026-01-02T03:04:05.678Z",
    level: "INFO",
    message: "migrated: handed over with a proven password, for Cognito to create the user CONFIRMED",
    outcome: "migrated",
    trigger_source: "UserMigration_Authentication",
    request_id: "id-1",
    user: "00112233aabbccdd",
    duration_ms: 13,
    cold_start: true,
    calls: ["AssumeRole", "AdminInitiateAuth", "AdminGetUser"],
    dropped_attributes: ["custom:legacy"],
    _aws: {
      Timestamp: NOW.getTime(),
      CloudWatchMetrics: [
        {
          Namespace: "CognitoMigration",
          Dimensions: [["FunctionName"]],
          Metrics: [
            { Name: "Migrated", Unit: "Count" },
            { Name: "Duration", Unit: "Milliseconds" },
            { Name: "ColdStart", Unit: "Count" },
            { Name: "SourceSignIns", Unit: "Count" },
            { Name: "AttributesDropped", Unit: "Count" },
          ],
        },
      ],
    },
    FunctionName: "cognito_migration_customers",
    Migrated: 1,
    Duration: 13,
    ColdStart: 1,
    SourceSignIns: 1,
    AttributesDropped: 1,
  });
});

const GROUPS = { carried: 2, unlisted: 1, unknown: 0, provider: 0 };

test.each<[string, Partial<LogEntry>, object, readonly string[]]>([
  ["nothing, where no stamps are made", {}, {}, []],
  ["a stamp", { stamped: true }, { stamped: true }, []],
  ["none", { stamped: false }, { stamped: false }, ["Unstamped"]],
  ["groups", { stamped: true, groups: GROUPS }, { stamped: true, groups: GROUPS }, []],
  [
    "groups that are left",
    { stamped: true, groups: { ...GROUPS, left: "mfa" } },
    { stamped: true, groups: { ...GROUPS, left: "mfa" } },
    ["GroupsLeft"],
  ],
])("of a stamp it says %s", (_, entry, fields, metrics) => {
  const { stamped, groups, GroupsLeft, Unstamped } = parsed(entry);
  expect(JSON.parse(JSON.stringify({ stamped, groups }))).toEqual(fields);
  expect(Object.keys(JSON.parse(JSON.stringify({ GroupsLeft, Unstamped })))).toEqual(metrics);
  const tried = parsed({ ...entry, tried: true });
  expect(tried.message).toMatch(/^tried: migrated: handed over with a proven password, /);
  for (const name of ["stamped", "groups", "GroupsLeft", "Unstamped"]) expect(tried).not.toHaveProperty(name);
});

describe.each(Object.keys(OUTCOMES) as OutcomeName[])("%s", (outcome) => {
  const { kind, level, misconfigured }: { kind: string; level: string; misconfigured?: true } = OUTCOMES[outcome];
  const lineOf = () => parsed({ outcome });

  test("is logged at its level, by its kind", () => {
    const line = lineOf();
    expect([line.level, line.outcome]).toEqual([level, kind]);
  });

  test("counts once, and by reason where there is one", () => {
    const line = lineOf();
    const counted = ["Migrated", "ResetRequired", "Refused", "Failed"].filter((name) => line[name] === 1);
    expect(counted).toHaveLength(1);
    const hasReason = kind === "refused" || kind === "failed";
    expect([line.reason, line.Reason]).toEqual(hasReason ? [outcome, outcome] : [undefined, undefined]);
    expect(line._aws.CloudWatchMetrics.slice(1)).toEqual(
      hasReason
        ? [
            {
              Namespace: "CognitoMigration",
              Dimensions: [["FunctionName", "Reason"]],
              Metrics: [{ Name: counted[0], Unit: "Count" }],
            },
          ]
        : [],
    );
    expect(line.Misconfigured).toBe(misconfigured ? 1 : undefined);
  });

  test("names only metrics and dimensions whose values stand in the line", () => {
    const line = lineOf();
    for (const { Dimensions, Metrics } of line._aws.CloudWatchMetrics) {
      for (const name of Dimensions.flat()) expect(typeof line[name]).toBe("string");
      for (const { Name, Unit } of Metrics) {
        expect([Name, typeof line[Name]]).toEqual([Name, "number"]);
        expect(METRICS[Name as keyof typeof METRICS]).toBe(Unit);
      }
    }
  });
});

test("what there is none of is not counted", () => {
  const line = parsed({ droppedAttributes: {}, factors: [], calls: [], coldStart: false });
  expect(line).not.toHaveProperty("AttributesDropped");
  expect(line).not.toHaveProperty("MfaUsers");
  expect([line.SourceSignIns, line.ColdStart]).toEqual([0, 0]);
});

test("an answer counts as slow from 4000 ms on, whatever it was", () => {
  for (const outcome of ["migrated", "not_authorized", "deadline"] as const)
    expect([3999, 4000, 4700].map((durationMs) => parsed({ outcome, durationMs }).Slow)).toEqual([undefined, 1, 1]);
});

test("who comes over by a forgotten password counts once more, and nobody else does", () => {
  const counted = (outcome: OutcomeName, triggerSource: string) =>
    parsed({ outcome, triggerSource: `UserMigration_${triggerSource}` }).ForgottenPasswords;
  expect(counted("migrated_reset_required", "ForgotPassword")).toBe(1);
  expect(counted("migrated_reset_required", "Authentication")).toBeUndefined();
  for (const outcome of ["user_not_found", "forgot_password", "throttled"] as const)
    expect(counted(outcome, "ForgotPassword")).toBeUndefined();
  const line = parsed({ outcome: "migrated_reset_required", triggerSource: "UserMigration_ForgotPassword" });
  expect(line._aws.CloudWatchMetrics[0].Metrics).toContainEqual({ Name: "ForgottenPasswords", Unit: "Count" });
});

test("a factor that nobody saw has a name of its own", () => {
  expect(parsed({ droppedFactors: ["unseen"] }).dropped_factors).toEqual(["unseen"]);
});

test("a user with a second factor counts, and every sign-in that was sent", () => {
  const line = parsed({ factors: ["SMS_MFA", "EMAIL_OTP"], calls: ["AdminInitiateAuth", "AdminInitiateAuth"] });
  expect([line.MfaUsers, line.SourceSignIns]).toEqual([1, 2]);
});

test.each(["user@example.com", "a b", "x".repeat(65), "", "{}", "PreSignUp_SignUp"])(
  "a trigger source that is not one of the two (%p) is not repeated",
  (triggerSource) => {
    expect(parsed({ triggerSource }).trigger_source).toBe("other");
  },
);

test("names that do not look like names are not repeated, in the order of the real ones", () => {
  const line = parsed({
    droppedAttributes: { "user@example.com": "unfit", "custom:ok_1": "no_place", "a b": "linked", address: "unfit" },
    droppedFactors: ["SMS_MFA", "x"],
  });
  expect(line.dropped_attributes).toEqual(["other", "address", "custom:ok_1", "other"]);
  expect(line.dropped_factors).toEqual(["SMS_MFA", "other"]);
});

test("nothing but the listed fields, whatever is passed", () => {
  const line = logLine({ ...ENTRY, password: "secret", userName: "secret" } as LogEntry, NOW);
  expect(line).not.toContain("secret");
});
