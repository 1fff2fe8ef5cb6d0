import { logLine } from "../../../handler/triggers/user-migration/log";
import { metricData } from "../../../sandbox/aws/metric-data";

const DAY = 86_400;
const NOON = 20_000 * DAY + DAY / 2;

const line = (outcome: "migrated" | "mfa", second: number, functionName = "f"): string =>
  logLine(
    {
      outcome,
      functionName,
      triggerSource: "",
      requestId: "",
      durationMs: 1,
      coldStart: false,
      calls: [],
      tried: false,
    },
    new Date(second * 1000),
  );

const sums = (
  lines: readonly string[],
  MetricName: string,
  dimensions: Record<string, string>,
  more: { Stat?: string; from?: number; to?: number } = {},
): unknown =>
  metricData(lines, {
    StartTime: more.from ?? NOON - 10 * DAY,
    EndTime: more.to ?? NOON + DAY,
    MetricDataQueries: [
      {
        Id: "m0",
        MetricStat: {
          Metric: {
            Namespace: "CognitoMigration",
            MetricName,
            Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
          },
          Period: DAY,
          Stat: more.Stat ?? "Sum",
        },
      },
    ],
  });
const values = (...parameters: Parameters<typeof sums>): number[] =>
  (sums(...parameters) as { MetricDataResults: { Values: number[] }[] }).MetricDataResults[0]?.Values ?? [];

test("what the handler logs is summed by period, the newest first", () => {
  const lines = [line("migrated", NOON - DAY), line("migrated", NOON), line("migrated", NOON + 60), line("mfa", NOON)];
  expect(values(lines, "Migrated", { FunctionName: "f" })).toEqual([2, 1]);
});

test("a metric has exactly the dimensions that it was written with", () => {
  const lines = [line("mfa", NOON), line("mfa", NOON, "another")];
  expect(values(lines, "Refused", { FunctionName: "f" })).toEqual([1]);
  expect(values(lines, "Refused", { FunctionName: "f", Reason: "mfa" })).toEqual([1]);
  expect(values(lines, "Refused", { FunctionName: "f", Reason: "deadline" })).toEqual([]);
  expect(values(lines, "Migrated", { FunctionName: "f", Reason: "mfa" })).toEqual([]);
});

test("the end of the time does not count, its start does", () => {
  const lines = [line("migrated", NOON), line("migrated", NOON + 60)];
  expect(values(lines, "Migrated", { FunctionName: "f" }, { from: NOON, to: NOON + 60 })).toEqual([1]);
});

test("lines that are no metrics are left alone", () => {
  expect(
    values(["", "null", "INIT_START", '{"level":"INFO"}', line("migrated", NOON)], "Migrated", { FunctionName: "f" }),
  ).toEqual([1]);
});

test("another statistic than a sum is refused", () => {
  expect(() => sums([line("migrated", NOON)], "Migrated", { FunctionName: "f" }, { Stat: "p99" })).toThrow("no p99");
});
