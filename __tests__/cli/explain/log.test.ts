import type { LogRow } from "../../../cli/aws/log-query";
import { entryOf, linesOf } from "../../../cli/explain/log";
import { logLine } from "../../../handler/triggers/user-migration/log";
import type { Row } from "../../../sandbox/aws/log-expression";
import { answer } from "../../../sandbox/aws/log-query";

const NAMES = new Map([["0123456789abcdef", "jane"]]);
const AT = Date.parse("2026-03-02T09:15:00Z");

/** As CloudWatch would answer over these lines: text in every field, and nothing for what a line does not have. */
function answered(lines: readonly Row[]): LogRow[] {
  const rows = answer(`SOURCE 'log' | ${linesOf([...NAMES.keys()])}`, lines);
  return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, String(value ?? "")])));
}

const line = (outcome: "mfa" | "migrated" | "throttled", at = AT): Row => {
  const signIn = {
    outcome,
    functionName: "f",
    triggerSource: "UserMigration_Authentication",
    requestId: "r",
    user: "0123456789abcdef",
    durationMs: 1,
    coldStart: false,
    calls: [],
    tried: false,
    errorName: outcome === "throttled" ? "TooManyRequestsException" : undefined,
  };
  return { "@timestamp": at, ...JSON.parse(logLine(signIn, new Date(at))) };
};
const entry = {
  at: new Date(AT),
  name: "jane",
  outcome: "mfa",
  isForgottenPassword: false,
  isTried: false,
  errorName: undefined,
};

test("lines of the handler are read, the newest first, and no stranger's", () => {
  const stranger = { ...line("mfa"), user: "fedcba9876543210" };
  const rows = answered([line("migrated", AT - 60_000), stranger, line("throttled"), line("mfa", AT + 1000)]);
  expect(rows.map((row) => entryOf(row, NAMES))).toEqual([
    { ...entry, at: new Date(AT + 1000) },
    { ...entry, outcome: "throttled", errorName: "TooManyRequestsException" },
    { ...entry, outcome: "migrated", at: new Date(AT - 60_000) },
  ]);
});

test("no more than twenty", () => {
  expect(answered(Array.from({ length: 30 }, (_, at) => line("mfa", AT + at)))).toHaveLength(20);
});

test("a tried sign-in is marked, and a forgotten password too", () => {
  const { outcome: _, reason: __, ...rest } = line("mfa");
  const tried = { ...rest, tried: true, would_be: "mfa", trigger_source: "UserMigration_ForgotPassword" };
  const [row = {}] = answered([tried]);
  expect(entryOf(row, NAMES)).toEqual({ ...entry, isTried: true, isForgottenPassword: true });
});

test.each<[string, LogRow]>([
  ["nobody's", { at_ms: String(AT), user: "x", outcome: "refused" }],
  ["without a time", { user: "0123456789abcdef", outcome: "refused" }],
  ["with a time that is none", { at_ms: "soon", user: "0123456789abcdef", outcome: "refused" }],
  ["without an outcome", { at_ms: String(AT), user: "0123456789abcdef" }],
])("a row %s is no line", (_, row) => {
  expect(entryOf(row, NAMES)).toBeUndefined();
});
