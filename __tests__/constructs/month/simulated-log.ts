import { OUTCOMES } from "../../../rules/outcome";
import type { Row } from "../../../sandbox/aws/log-expression";
import type { TimeRange } from "./metric-store";
import type { Invocation } from "./simulated-month";

/** The lines that the function would have written within the range. */
export function logOf(invocations: readonly Invocation[], { from, to }: TimeRange): Row[] {
  return invocations.flatMap(({ at, outcome, ...i }) =>
    outcome === undefined || at < from || at >= to
      ? []
      : [
          {
            level: OUTCOMES[outcome].level,
            outcome: OUTCOMES[outcome].kind,
            reason: outcome,
            duration_ms: i.durationMs,
            cold_start: i.coldStart,
            dropped_attributes: i.droppedAttributes,
            error_name: i.errorName,
          },
        ],
  );
}
