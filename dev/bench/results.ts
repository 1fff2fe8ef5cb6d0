import type { Invoked, Loaded } from "./function-process";
import type { Plan } from "./plan";
import { median, slope } from "./statistics";
import type { Calibration } from "./time-scale";
import type { Counts } from "./tls-service";

/** A fresh process, up to its first answer. */
export interface Cold extends Loaded {
  /** Since the process was told to start. */
  readonly firstAnswerMs: number;
  /** The first invocation alone. */
  readonly firstInvocationMs: number;
  readonly firstInvocationCpuMs: number;
  /** While it loaded. */
  readonly initCounts: Counts;
  /** From its birth to the first answer. */
  readonly counts: Counts;
}

/** A process that has answered before: all its invocations, and its memory after the last. */
export interface Warm extends Omit<Invoked, "answeredMs"> {
  readonly counts: Counts;
}

export interface VariantResults {
  readonly bundleBytes: number;
  readonly zipBytes: number;
  /** One per round. */
  readonly cold: readonly Cold[];
  readonly throttledInvocation: readonly Cold[];
  readonly throttledLife: readonly Cold[];
  readonly warm: Warm;
  /** After each step of warm invocations; of the handler alone. */
  readonly heapBytes?: readonly number[];
}

/** What a run measured, and with what. */
export interface Results {
  readonly node: string;
  readonly machine: string;
  readonly throttledBy: string;
  /** With the round trips and the period that were used. */
  readonly plan: Plan;
  readonly calibration: Calibration;
  readonly variants: Readonly<Record<string, VariantResults>>;
}

export const medianOf = (
  processes: readonly Cold[],
  name: "loadedMs" | "firstAnswerMs" | "firstInvocationMs",
): number => median(processes.map((cold) => cold[name]));

export const handshakes = ({ fullHandshakes, resumedHandshakes }: Counts): number => fullHandshakes + resumedHandshakes;

/** Of all rounds, the most. */
export const mostOf = (processes: readonly Cold[], count: (cold: Cold) => number): number =>
  Math.max(...processes.map(count));

/** Bytes that one invocation leaves behind. The first two steps are the compiler's: functions become hot and are optimized. */
export function heapGrowth(heapBytes: readonly number[], { invocationsPerHeapStep }: Plan): number {
  return slope(heapBytes.slice(2)) / invocationsPerHeapStep;
}
