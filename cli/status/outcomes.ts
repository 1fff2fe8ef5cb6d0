import { OUTCOMES, type OutcomeName } from "../../rules/outcome";
import { TOKEN_METRICS, type TokenMetricName } from "../../rules/token-metrics";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { type CountedMetric, sumMetrics } from "../aws/function-metrics";

/** Sign-ins of unknown users at the destination, by what the function made of them. */
export interface Outcomes {
  readonly since: Date;
  readonly migrated: number;
  readonly resetRequired: number;
  readonly refused: Unsuccessful;
  readonly failed: Unsuccessful;
}

/** Sign-ins that made nobody a user, and why: the reasons that occurred, the most frequent first. */
export interface Unsuccessful {
  readonly signIns: number;
  readonly reasons: readonly { readonly reason: OutcomeName; readonly means: string; readonly signIns: number }[];
}

const TOTALS = [{ name: "Migrated" }, { name: "ResetRequired" }, { name: "Refused" }, { name: "Failed" }] as const;

const REASONS = (Object.keys(OUTCOMES) as OutcomeName[]).flatMap(
  (reason): (CountedMetric & { reason: OutcomeName })[] => {
    const { kind } = OUTCOMES[reason];
    if (kind === "refused") return [{ name: "Refused", reason }];
    return kind === "failed" ? [{ name: "Failed", reason }] : [];
  },
);

type Span = Parameters<typeof sumMetrics>[3];

export async function outcomesOf(
  destination: Pick<ConfirmedPool, "aws">,
  functionName: string,
  span: Span,
): Promise<Outcomes | { readonly because: string }> {
  const sums = await sumMetrics(destination, functionName, [...TOTALS, ...REASONS], span);
  if ("because" in sums) return sums;
  const [migrated = 0, resetRequired = 0, refused = 0, failed = 0, ...counts] = sums;
  const reasonsOf = (metric: "Refused" | "Failed"): Unsuccessful["reasons"] =>
    REASONS.flatMap(({ name, reason }, at) =>
      name === metric ? [{ reason, means: OUTCOMES[reason].means, signIns: counts[at] ?? 0 }] : [],
    )
      .filter(({ signIns }) => signIns > 0)
      .sort((a, b) => b.signIns - a.signIns);
  return {
    since: span.from,
    migrated,
    resetRequired,
    refused: { signIns: refused, reasons: reasonsOf("Refused") },
    failed: { signIns: failed, reasons: reasonsOf("Failed") },
  };
}

/** CloudWatch has no more for a function that nobody calls than for one that is not there. */
export const isNothing = ({ migrated, resetRequired, refused, failed }: Outcomes): boolean =>
  migrated + resetRequired + refused.signIns + failed.signIns === 0;

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

export async function tokenActivityOf(
  destination: Pick<ConfirmedPool, "aws">,
  functionName: string,
  span: Span,
): Promise<TokenActivity | { readonly because: string }> {
  const metrics = [...LAMBDAS, ...OWN.map((name) => ({ name }))];
  const sums = await sumMetrics(destination, functionName, metrics, span);
  if ("because" in sums) return sums;
  const [errors = 0, longestMs = 0, ...counts] = sums;
  const byName = Object.fromEntries(OWN.map((name, at) => [name, counts[at] ?? 0])) as TokenActivity["counts"];
  return { since: span.from, counts: byName, errors, longestMs };
}
