import { TOKEN_METRICS, type TokenMetricName } from "../../rules/token-metrics";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { type CountedMetric, METRICS_KEPT_DAYS, sumMetrics } from "../aws/function-metrics";

/** What the token function has done. */
export interface TokenActivity {
  readonly since: Date;
  /** By metric: docs/stability.md. */
  readonly counts: Readonly<Record<TokenMetricName, number>>;
  /** Invocations that have crashed or run out of time: each is a sign-in that has failed. */
  readonly errors: number;
  /** Milliseconds that the slowest one took; 0 where nobody called it. */
  readonly longestMs: number;
}

const OWN = Object.keys(TOKEN_METRICS) as TokenMetricName[];
const LAMBDAS = [
  { name: "Errors", namespace: "AWS/Lambda" },
  { name: "Duration", namespace: "AWS/Lambda", stat: "Maximum" },
] as const satisfies readonly CountedMetric[];

/** @returns why there is none, where metrics cannot be read. */
export async function tokenActivityOf(
  destination: Pick<ConfirmedPool, "aws">,
  functionName: string,
  { since, now, signal }: { readonly since: Date; readonly now: Date; readonly signal: AbortSignal },
): Promise<TokenActivity | { readonly because: string }> {
  const kept = new Date(now.getTime() - METRICS_KEPT_DAYS * 86_400_000);
  const from = since > kept ? since : kept;
  const metrics = [...LAMBDAS, ...OWN.map((name) => ({ name }))];
  const sums = await sumMetrics(destination, functionName, metrics, { from, to: now, signal });
  if ("because" in sums) return sums;
  const [errors = 0, longestMs = 0, ...counts] = sums;
  const byName = Object.fromEntries(OWN.map((name, at) => [name, counts[at] ?? 0])) as TokenActivity["counts"];
  return { since: from, counts: byName, errors, longestMs };
}
