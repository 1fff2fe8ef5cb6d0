/** One invocation, as far as its calls to AWS need to know it. The first one begins while the function loads. */
export interface Turn {
  /** Aborts when the handler must answer. */
  readonly signal: AbortSignal;
  /** Milliseconds until then, never negative. */
  leftMs(): number;
  /** Operations that were sent, in order; what was sent again stands there again. */
  readonly calls: string[];
}

/** @param budgetMs Milliseconds until the handler must answer. */
export function startTurn(budgetMs: number): Turn {
  const endsAt = performance.now() + budgetMs;
  return {
    signal: AbortSignal.timeout(budgetMs),
    leftMs: () => Math.max(0, endsAt - performance.now()),
    calls: [],
  };
}
