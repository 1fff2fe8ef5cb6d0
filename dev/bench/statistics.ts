/** The value below which a fraction `p` of the sorted values lies; between two, in proportion. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * p;
  const low = sorted[Math.floor(at)];
  const high = sorted[Math.ceil(at)];
  if (low === undefined || high === undefined) throw new Error("no values, so no quantile");
  return low + (high - low) * (at - Math.floor(at));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** Median of the quotients within each round: what slows a whole round down does not move it. */
export function pairedRatio(over: readonly number[], under: readonly number[]): number {
  return median(over.map((value, round) => value / (under[round] ?? Number.NaN)));
}

/**
 * The lower end of the 95 % confidence interval of the median of the quotients within each round, whatever their distribution: so many
 * lie below a median in fewer than one run in forty.
 * By the normal approximation of the binomial distribution: rank n/2 - 1.96 * sqrt(n) / 2.
 */
export function leastRatio(over: readonly number[], under: readonly number[]): number {
  const quotients = over.map((value, round) => value / (under[round] ?? Number.NaN)).sort((a, b) => a - b);
  const rank = Math.floor(quotients.length / 2 - 0.98 * Math.sqrt(quotients.length));
  return quotients[Math.max(0, rank - 1)] ?? Number.NaN;
}

/** Slope of the least-squares line through equally spaced values, per step. */
export function slope(values: readonly number[]): number {
  const middle = (values.length - 1) / 2;
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const rise = values.reduce((sum, value, i) => sum + (i - middle) * (value - mean), 0);
  const run = values.reduce((sum, _, i) => sum + (i - middle) ** 2, 0);
  return rise / run;
}

export function shuffled<T>(values: readonly T[]): T[] {
  const result = [...values];
  for (let i = result.length - 1; i > 0; i--) {
    const j = Math.floor(Math.random() * (i + 1));
    [result[i], result[j]] = [result[j] as T, result[i] as T];
  }
  return result;
}
