import { type Check, type Finding, type Given, skipped } from "./check";
import type { DeployedFunction, FactName, FactValues } from "./facts";

export const NOT_DEPLOYED = ["The function is not there.", "Deploy the destination stack."] as const;

export const DEPLOY_AGAIN = "Deploy the destination stack again.";

/** Of a function that is there; without one function-state has failed, and that is enough. */
export function ofFunction<const N extends readonly FactName[]>(
  check: Omit<Check, "needs" | "decide"> & {
    readonly needs: N;
    decide(fn: DeployedFunction, known: Pick<FactValues, N[number]> & Given): Finding;
  },
): Check {
  return {
    ...check,
    decide: (known) => (known.function ? check.decide(known.function, known) : skipped(...NOT_DEPLOYED)),
  };
}
