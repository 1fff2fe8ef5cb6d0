import { DIMENSION, type MetricName, NAMESPACE, SLOW_MS } from "../../../rules/metrics";
import { OUTCOMES } from "../../../rules/outcome";
import type { Invocation } from "./invocation";
import { type Metric, MetricStore } from "./metric-store";

/** What only an operator can mend. */
const OPERATORS = ["misconfigured", "access_denied", "unexpected_event"];

/** Everything that the function and Lambda would have told CloudWatch about these invocations. */
export function metricsOf(functionName: string, invocations: readonly Invocation[]): MetricStore {
  const store = new MetricStore();
  const dimensions = { [DIMENSION.functionName]: functionName };
  const byReason = (reason: string) => ({ ...dimensions, [DIMENSION.reason]: reason });
  const own = cached((name: string) => store.metric(NAMESPACE, name, dimensions));
  const reasons = cached((name: string) => {
    const [metric = "", reason = ""] = name.split(" ");
    return store.metric(NAMESPACE, metric, byReason(reason));
  });
  const lambdas = cached((name: string) => store.metric("AWS/Lambda", name, { FunctionName: functionName }));
  for (const invocation of invocations) {
    const { at, outcome } = invocation;
    put(lambdas("Invocations"), at, 1);
    put(lambdas("Errors"), at, outcome === undefined || OUTCOMES[outcome].kind === "failed" ? 1 : 0);
    for (const [name, value, reason] of ownMetrics(invocation)) {
      put(own(name), at, value);
      if (reason !== undefined) put(reasons(`${name} ${reason}`), at, value);
    }
  }
  return store;
}

function put({ times, values }: Metric, at: number, value: number): void {
  times.push(at);
  values.push(value);
}

function cached<Value>(make: (key: string) => Value): (key: string) => Value {
  const made = new Map<string, Value>();
  return (key) => {
    const value = made.get(key) ?? make(key);
    made.set(key, value);
    return value;
  };
}

type Datum = readonly [name: MetricName, value: number, reason?: string];

function ownMetrics({ outcome, ...i }: Invocation): Datum[] {
  if (outcome === undefined) return [];
  const { kind } = OUTCOMES[outcome];
  return [
    kind === "migrated" || kind === "reset_required"
      ? [outcome === "migrated" ? "Migrated" : "ResetRequired", 1]
      : [kind === "refused" ? "Refused" : "Failed", 1, outcome],
    ...(kind === "reset_required" && i.forgotten ? [["ForgottenPasswords", 1] as const] : []),
    ...(OPERATORS.includes(outcome) ? [["Misconfigured", 1] as const] : []),
    ["Duration", i.durationMs],
    ...(i.durationMs >= SLOW_MS ? [["Slow", 1] as const] : []),
    ["ColdStart", i.coldStart ? 1 : 0],
    ["SourceSignIns", i.sourceSignIns],
    ...(i.droppedAttributes.length > 0 ? [["AttributesDropped", i.droppedAttributes.length] as const] : []),
    ...(i.secondFactor ? [["MfaUsers", 1] as const] : []),
  ];
}
