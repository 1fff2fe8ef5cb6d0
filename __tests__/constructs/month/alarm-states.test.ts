import { BOTH } from "../../support/settings";
import { synthesized } from "../../support/stacks";
import { type AlarmState, nextState, type SynthesizedAlarm, transitionsOf } from "./alarm-states";
import { MetricStore } from "./metric-store";

/** CloudWatch's own tables: https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html */
describe("missing data", () => {
  test.each<[number, string, AlarmState, AlarmState | "retained"]>([
    [3, "0-X-X", "OK", "OK"],
    [3, "0----", "OK", "OK"],
    [3, "-----", "OK", "retained"],
    [3, "0XX-X", "ALARM", "ALARM"],
    [3, "----X", "OK", "retained"],
    [3, "X----", "OK", "retained"],
    [2, "0-X-X", "ALARM", "ALARM"],
    [2, "00X0X", "ALARM", "ALARM"],
    [2, "0-X--", "OK", "OK"],
    [2, "----0", "OK", "OK"],
    [2, "----X", "OK", "retained"],
  ])("%d of 3, %s: %s when it is not breaching, %s when it is ignored", (m, points, notBreaching, ignored) => {
    const given = [...points].map((point) => (point === "-" ? undefined : point === "X"));
    const next = (before: AlarmState, treat_missing_data: string): AlarmState =>
      nextState(before, given, { evaluation_periods: 3, datapoints_to_alarm: m, treat_missing_data });
    for (const before of ["OK", "ALARM"] as const) {
      expect(next(before, "notBreaching")).toBe(notBreaching);
      expect(next(before, "ignore")).toBe(ignored === "retained" ? before : ignored);
    }
  });

  test("another treatment is refused", () => {
    const rule = { evaluation_periods: 1, datapoints_to_alarm: 1, treat_missing_data: "missing" };
    expect(() => nextState("OK", [false], rule)).toThrow("missing is not known here");
  });
});

describe("the synthesized alarms", () => {
  const FUNCTION = "cognito_migration_customers";
  const alarms: Record<string, SynthesizedAlarm> = synthesized({ ...BOTH, SOURCE_SIGN_IN_QUOTA: "10" }).destination
    .resource.aws_cloudwatch_metric_alarm;
  const MINUTE = 60;

  /** For each minute of an hour, the values that a metric takes in it. */
  type Hour = (minute: number) => readonly number[];
  const always =
    (...values: number[]): Hour =>
    () =>
      values;

  function states(name: string, metrics: Record<string, Hour>): string {
    const store = new MetricStore();
    for (const [metric, hour] of Object.entries(metrics))
      for (let minute = 0; minute < 60; minute++)
        for (const value of hour(minute)) {
          const namespace = ["Errors", "Invocations", "Throttles"].includes(metric) ? "AWS/Lambda" : "CognitoMigration";
          const { times, values } = store.metric(namespace, metric, { FunctionName: FUNCTION });
          times.push(minute * MINUTE);
          values.push(value);
        }
    const alarm = alarms[`alarm-${name}`] as SynthesizedAlarm;
    return transitionsOf(alarm, store, { from: 0, to: 3600 })
      .map(({ at, state }) => `${at / MINUTE} ${state}`)
      .join(", ");
  }
  const during =
    (from: number, to: number, then: readonly number[], otherwise: readonly number[] = []): Hour =>
    (minute) =>
      minute >= from && minute < to ? then : otherwise;

  test("one sign-in that only an operator can mend rings, for three periods", () => {
    expect(states("misconfigured", { Misconfigured: during(12, 13, [1]) })).toBe("5 OK, 15 ALARM, 40 OK");
  });

  test("one failed sign-in at night rings nothing", () => {
    expect(states("failures", { Errors: during(12, 13, [1]) })).toBe("5 OK");
  });

  test("five failed ones do, where they are all", () => {
    expect(states("failures", { Errors: during(10, 15, [1]) })).toBe("5 OK, 15 ALARM, 30 OK");
  });

  test("five failed ones do not, among a hundred that came over", () => {
    expect(states("failures", { Errors: always(1), Migrated: always(...Array(19).fill(1)) })).toBe("5 OK");
  });

  test("a stranger who is refused by the thousand silences neither failures nor slowness", () => {
    const noise = { Invocations: always(...Array(1000).fill(1)), Refused: always(...Array(1000).fill(1)) };
    const quick = { Duration: always(...Array(1000).fill(40)) };
    expect(states("failures", { ...noise, Errors: during(10, 15, [1]) })).toBe("5 OK, 15 ALARM, 30 OK");
    const some = { Errors: always(0), Migrated: always(1), Slow: during(10, 30, [1]) };
    expect(states("slow", { ...noise, ...quick, ...some })).toBe("5 OK, 25 ALARM, 45 OK");
  });

  test("nor does one who asks for resets in others' names, by the thousand", () => {
    const walk = Object.fromEntries(
      ["Invocations", "ResetRequired", "ForgottenPasswords"].map((name) => [name, always(...Array(1000).fill(1))]),
    );
    expect(states("failures", { ...walk, Errors: during(10, 15, [1]) })).toBe("5 OK, 15 ALARM, 30 OK");
    const some = { Errors: always(0), Migrated: always(1), Slow: during(10, 30, [1]) };
    expect(states("slow", { ...walk, ...some })).toBe("5 OK, 25 ALARM, 45 OK");
  });

  test("a list of addresses that is walked through rings, when nobody else comes and when many do", () => {
    const walked = during(0, 20, [1]);
    expect(states("forgot-password", { ForgottenPasswords: walked })).toBe("60 ALARM");
    expect(states("forgot-password", { ForgottenPasswords: walked, Migrated: during(40, 60, [1]) })).toBe("60 ALARM");
    const fast = { ForgottenPasswords: always(1, 1, 1), Migrated: always(1, 1, 1) };
    expect(states("forgot-password", fast)).toBe("60 ALARM");
  });

  test("a few who forgot rings nothing, nor do many among more who did not", () => {
    expect(states("forgot-password", { ForgottenPasswords: during(0, 19, [1]) })).toBe("60 OK");
    const crowd = { ForgottenPasswords: always(1, 1), Migrated: always(1, 1, 1) };
    expect(states("forgot-password", crowd)).toBe("60 OK");
    expect(states("forgot-password", { Migrated: always(1), Refused: always(1), Errors: always(1) })).toBe("60 OK");
  });

  test("a reset that was due at the source rings nothing: it ends no password", () => {
    expect(states("forgot-password", { ResetRequired: always(1, 1), Migrated: always(1) })).toBe("60 OK");
  });

  test("slow users ring after three periods, whether they come over, fail or are refused", () => {
    const slow = { Slow: during(10, 30, [1]) };
    for (const more of [{ Migrated: always(...Array(99).fill(1)) }, { Errors: always(1) }, {}])
      expect(states("slow", { ...slow, ...more })).toMatch(/^5 OK, 25 ALARM/);
  });

  test("one slow user rings nothing, nor one in more than a hundred", () => {
    expect(states("slow", { Slow: during(12, 13, [1]), Migrated: always(1) })).toBe("5 OK");
    const rare = during(0, 60, [1, ...Array(4).fill(0)]);
    expect(states("slow", { Slow: rare, Migrated: always(...Array(101).fill(1)) })).toBe("5 OK");
  });

  test("users whom Lambda turns away ring from the fifth on", () => {
    expect(states("throttled", { Throttles: during(10, 14, [1]) })).toBe("5 OK");
    expect(states("throttled", { Throttles: during(10, 15, [1]) })).toBe("5 OK, 15 ALARM, 30 OK");
  });

  test("the source's quota rings at four fifths of it, after three minutes", () => {
    const perMinute = (signIns: number): Hour => during(10, 20, Array(signIns).fill(1), [1]);
    expect(states("source-quota", { SourceSignIns: perMinute(479) })).toBe("1 OK");
    expect(states("source-quota", { SourceSignIns: perMinute(480) })).toBe("1 OK, 13 ALARM, 23 OK");
  });

  test("the first sign-in that somebody tries rings, once for all that follow in a row, and rings nothing else", () => {
    expect(states("tried", { Tried: during(12, 13, [1]) })).toBe("5 OK, 15 ALARM, 40 OK");
    expect(states("tried", { Tried: during(12, 30, [1, 1]) })).toBe("5 OK, 15 ALARM, 55 OK");
    for (const name of Object.keys(alarms).filter((one) => one !== "alarm-tried"))
      expect([name, states(name.replace("alarm-", ""), { Tried: always(1, 1, 1) })]).toEqual([
        name,
        expect.not.stringContaining("ALARM"),
      ]);
    expect(states("tried", { Migrated: always(1), Refused: always(1), Errors: always(1) })).toBe("5 OK");
  });

  test("an hour without anybody rings nothing", () => {
    expect(Object.keys(alarms).length).toBeGreaterThan(6);
    for (const name of Object.keys(alarms))
      expect([name, states(name.replace("alarm-", ""), {})]).toEqual([name, expect.stringMatching(/^(1|5|60) OK$|^$/)]);
  });
});
