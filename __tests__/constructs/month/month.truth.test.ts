import { METRICS, NAMESPACE } from "../../../rules/metrics";
import { synthesized } from "../../support/stacks";
import { transitionsOf } from "./alarm-states";
import { metricsOf } from "./function-metrics";
import { MISCONFIGURED, MONTH, SEED, simulateMonth, THROTTLED, WALKED } from "./simulated-month";
import { SETTINGS, watchMonth } from "./watch-month";

const { resource } = synthesized(SETTINGS).destination;
const month = simulateMonth(SEED);
const watched = watchMonth(resource, month);

describe("the alarms", () => {
  const rang = [...watched.transitions].flatMap(([name, changes]) =>
    changes.flatMap(({ at, state }, index) =>
      state === "ALARM"
        ? [
            {
              alarm: name.replace("cognito_migration_customers-", ""),
              from: at,
              to: changes[index + 1]?.at ?? MONTH.to,
            },
          ]
        : [],
    ),
  );
  const within = (trouble: { from: number; to: number }, lingersSeconds = 1800) =>
    rang.filter(
      ({ from, to }) =>
        from > trouble.from && from < trouble.to && to >= trouble.from && to < trouble.to + lingersSeconds,
    );

  test("ring in the hours of trouble, soon, and at no other time of the month", () => {
    expect(within(THROTTLED).map(({ alarm }) => alarm)).toEqual(["failures", "slow", "source-quota"]);
    expect(within(MISCONFIGURED).map(({ alarm }) => alarm)).toEqual(["failures", "misconfigured"]);
    expect(within(WALKED, 3601).map(({ alarm }) => alarm)).toEqual(["forgot-password"]);
    expect(rang).toHaveLength(6);
    for (const trouble of [THROTTLED, MISCONFIGURED])
      expect(Math.min(...within(trouble).map(({ from }) => from)) - trouble.from).toBeLessThanOrEqual(300);
  });

  test("hear a list that is walked through within half an hour, and no crowd that an outage has made doubt its passwords", () => {
    const alarm = resource.aws_cloudwatch_metric_alarm["alarm-forgot-password"];
    // The hour's window slides on: here in steps of ten minutes.
    const rings = Array.from({ length: 6 }, (_, step) =>
      transitionsOf(alarm, watched.store, { from: MONTH.from + step * 600, to: MONTH.to }),
    ).flatMap((changes) => changes.filter(({ state }) => state === "ALARM").map(({ at }) => at));
    expect(Math.min(...rings) - WALKED.from).toBeLessThanOrEqual(1800);
    for (const at of rings) expect([at > WALKED.from, at <= WALKED.to + 3600]).toEqual([true, true]);
    // So many asked for a new password after the busy afternoon that a count alone would have rung.
    const asked = month.filter(({ at, forgotten }) => forgotten && at > THROTTLED.from && at < THROTTLED.to);
    expect(asked.length).toBeGreaterThan(20 * alarm.threshold);
  });
});

describe("the month", () => {
  const FUNCTION = { FunctionName: "f" };
  const store = metricsOf("f", month);
  const total = (name: string, namespace = NAMESPACE): number =>
    (store.find(namespace, name, FUNCTION)?.values ?? []).reduce((sum, value) => sum + value, 0);

  test("is the same for the same seed, and another for another", () => {
    const [first, again, other] = [1, 1, 2].map((seed) => JSON.stringify(simulateMonth(seed, 300)));
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  test("writes the contract's metrics and no others", () => {
    const names = store
      .all()
      .filter(({ namespace }) => namespace === NAMESPACE)
      .map(({ name }) => name);
    // In that month nobody tries a sign-in, and MIGRATION_STAMP is off.
    const { Tried: _, GroupsLeft: __, Unstamped: ___, ...ofUsers } = METRICS;
    expect(new Set(names)).toEqual(new Set(Object.keys(ofUsers)));
  });

  test("counts every invocation exactly once, but for those that crashed", () => {
    const crashed = month.filter(({ outcome }) => outcome === undefined).length;
    expect(crashed).toBeGreaterThan(0);
    expect(total("Migrated") + total("ResetRequired") + total("Refused") + total("Failed")).toBe(
      month.length - crashed,
    );
    expect(total("Errors", "AWS/Lambda")).toBe(total("Failed") + crashed);
    expect(total("Invocations", "AWS/Lambda")).toBe(month.length);
  });

  test("counts what was refused and what failed once by function and once by reason", () => {
    for (const name of ["Refused", "Failed"]) {
      const byReason = store.all().filter((metric) => metric.name === name && "Reason" in metric.dimensions);
      expect(byReason.length).toBeGreaterThan(3);
      expect(byReason.reduce((sum, { values }) => sum + values.length, 0)).toBe(total(name));
    }
  });

  test("runs in order, within itself, and nobody waits longer than the deadline", () => {
    expect(month.every(({ at }, index) => at >= (month[index - 1]?.at ?? MONTH.from) && at < MONTH.to)).toBe(true);
    expect(month.every(({ durationMs }) => durationMs > 0 && durationMs <= 4700)).toBe(true);
  });
});
