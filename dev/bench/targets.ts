import { handshakes, heapGrowth, medianOf, mostOf, type Results, type VariantResults } from "./results";
import { leastRatio, median, pairedRatio, quantile } from "./statistics";

/** What a handler must not exceed. Times only as ratios within one run: the machine cancels out. */
export interface Target {
  readonly title: string;
  readonly limit: number;
  readonly unit: "x" | "" | "bytes" | "ms";
  /** Whether it is a time, which takes many rounds to judge. */
  readonly isTime: boolean;
  /** @returns undefined when what it is measured against was left out of the run. */
  readonly measure: (handler: VariantResults, results: Results) => number | undefined;
}

const warmP50 = ({ warm }: VariantResults): number => median(warm.latenciesMs);

/** A value of the handler, over that of another variant of the same run. */
const over =
  (other: string, ratio: (handler: VariantResults, other: VariantResults) => number): Target["measure"] =>
  (handler, { variants }) => {
    const compared = variants[other];
    return compared && ratio(handler, compared);
  };

const warmOver = (other: string): Target["measure"] =>
  over(other, (handler, compared) => warmP50(handler) / warmP50(compared));

/** Round by round: the processes of one round ran within seconds of each other. */
const paired = (
  other: string,
  kind: "cold" | "throttledInvocation",
  figure: "firstAnswerMs" | "firstInvocationCpuMs",
  ratioOf = pairedRatio,
): Target["measure"] =>
  over(other, (handler, compared) =>
    ratioOf(
      handler[kind].map((cold) => cold[figure]),
      compared[kind].map((cold) => cold[figure]),
    ),
  );

/** A target for a time that is measured as a ratio. */
const ratio = (title: string, limit: number, measure: Target["measure"]): Target => ({
  title,
  limit,
  unit: "x",
  isTime: true,
  measure,
});

/** A target for what is counted. */
const count = (title: string, limit: number, measure: Target["measure"], unit: "" | "bytes" = ""): Target => ({
  title,
  limit,
  unit,
  isTime: false,
  measure,
});

const requestsOf = ({ warm }: VariantResults): number => warm.counts.requests / warm.latenciesMs.length;

const FLOOR = "floor";
const NAIVE = "naive";

export const TARGETS: readonly Target[] = [
  ratio("Warm p50, against the floor", 1.06, warmOver(FLOOR)),
  ratio("Warm p50, against naive", 0.3, warmOver(NAIVE)),
  count("Requests of a warm sign-in", 2, requestsOf),
  count("TLS handshakes of all warm sign-ins", 0, ({ warm }) => handshakes(warm.counts)),
  ratio("Cold, process start to first answer, against the floor", 1.08, paired(FLOOR, "cold", "firstAnswerMs")),
  ratio(
    "The same with the CPU of 256 MB, against the floor",
    1.35,
    paired(FLOOR, "throttledInvocation", "firstAnswerMs"),
  ),
  ratio("CPU of the first invocation, against the floor", 1.5, paired(FLOOR, "cold", "firstInvocationCpuMs")),
  ratio("Cold, process start to first answer, against naive", 0.7, paired(NAIVE, "cold", "firstAnswerMs")),
  ratio("The same with the CPU of 256 MB, against naive", 0.4, paired(NAIVE, "throttledInvocation", "firstAnswerMs")),
  ratio(
    "First invocation after INIT, against the floor's warm p50",
    1.25,
    over(FLOOR, (handler, floor) => medianOf(handler.cold, "firstInvocationMs") / warmP50(floor)),
  ),
  count("Zip", 85_000, ({ zipBytes }) => zipBytes, "bytes"),
  {
    // What an invocation forgets in practice, a listener, a timer or a promise, takes a hundred bytes and more.
    title: "Heap that a sign-in leaves behind",
    limit: 50,
    unit: "bytes",
    isTime: true,
    measure: ({ heapBytes }, { plan }) => heapBytes && heapGrowth(heapBytes, plan),
  },
];

const HANDLER = "handler";

/** Groups may cost a request more than none: that is, nothing. Times may be no others than chance makes them. */
export const GROUPS_TARGETS: readonly Target[] = [
  count(
    "Requests of a warm sign-in, over those without groups",
    0,
    over(HANDLER, (handler, without) => requestsOf(handler) - requestsOf(without)),
  ),
  count(
    "Requests to the first answer, over those without groups",
    0,
    over(HANDLER, ({ cold }, without) => mostRequests(cold) - mostRequests(without.cold)),
  ),
  ratio(
    "Warm, against without groups: lower end of the 95 % confidence interval",
    1,
    over(HANDLER, ({ warm }, without) => leastRatio(warm.latenciesMs, without.warm.latenciesMs)),
  ),
  ratio(
    "Cold, process start to first answer, against without groups: the same",
    1,
    paired(HANDLER, "cold", "firstAnswerMs", leastRatio),
  ),
];

const mostRequests = (cold: VariantResults["cold"]): number => mostOf(cold, ({ counts }) => counts.requests);

export const TOKEN_TARGETS: readonly Target[] = [
  {
    title: "Warm p99, with nothing to send",
    limit: 3,
    unit: "ms",
    isTime: true,
    measure: ({ warm }, { plan }) => quantile(warm.latenciesMs, 0.99) / plan.timeScale,
  },
  count("Requests, of all measurements", 0, ({ warm, cold }) => warm.counts.requests + mostRequests(cold)),
  count("Zip", 100_000, ({ zipBytes }) => zipBytes, "bytes"),
];

/** Of a variant. Baselines have none. */
export function targetsOf(variant: string): readonly Target[] {
  if (variant === "token") return TOKEN_TARGETS;
  if (variant === "handler-groups") return GROUPS_TARGETS;
  return variant.startsWith(HANDLER) ? TARGETS : [];
}

export type Verdict = "met" | "missed" | "not measured" | "not judged";

export interface Judged extends Pick<Target, "title" | "limit" | "unit"> {
  readonly measured?: number;
  readonly verdict: Verdict;
}

/** Judges one variant of a run by every target. A run too short for times does not judge them. */
export function judge(
  results: Results,
  variant: string,
  targets: readonly Target[] = targetsOf(variant),
): readonly Judged[] {
  const handler = results.variants[variant];
  return targets.map(({ title, limit, unit, isTime, measure }) => {
    const measured = handler && measure(handler, results);
    if (measured === undefined) return { title, limit, unit, verdict: "not measured" };
    if (isTime && !results.plan.judgesTimes) return { title, limit, unit, measured, verdict: "not judged" };
    return { title, limit, unit, measured, verdict: measured <= limit ? "met" : "missed" };
  });
}

/** 1 when any target was missed: what was not measured or not judged is no miss. */
export function exitCodeOf(judged: Readonly<Record<string, readonly Judged[]>>): 0 | 1 {
  return Object.values(judged).some((targets) => targets.some(({ verdict }) => verdict === "missed")) ? 1 : 0;
}
