import {
  type FunctionProcess,
  type Invoked,
  type Surroundings,
  startFunction,
  type Throttling,
} from "./function-process";
import type { Plan } from "./plan";
import type { Cold, Warm } from "./results";
import { median, shuffled } from "./statistics";
import type { Counts } from "./tls-service";
import type { Variant } from "./variants";

/** Says how far a measurement is. */
export type Tell = (progress: string) => void;

/** Fresh processes: each variant once per round, in another order each round. */
export async function measureCold(
  surroundings: Surroundings,
  variants: readonly Variant[],
  { rounds, uncountedRounds, memoryMb, timeScale }: Plan,
  { rttMs, throttling, tell }: { rttMs: number; throttling?: Throttling; tell: Tell },
): Promise<ReadonlyMap<string, readonly Cold[]>> {
  const measured = new Map<string, Cold[]>(variants.map(({ name }) => [name, []]));
  for (let round = 0; round < uncountedRounds + rounds; round++) {
    tell(`round ${round + 1} of ${uncountedRounds + rounds}`);
    for (const variant of shuffled(variants)) {
      const process = await startFunction(surroundings, variant, { rttMs, timeScale, memoryMb, throttling });
      try {
        const initCounts = process.counts();
        const invoked = await process.invoke();
        if (round >= uncountedRounds) measured.get(variant.name)?.push(coldOf(process, initCounts, invoked));
      } finally {
        await process.stop();
      }
    }
  }
  return measured;
}

/** CPU time in which a variant starts and loads, of all threads; the median of some fresh processes. */
export async function measureLoading(
  surroundings: Surroundings,
  variant: Variant,
  { calibrations, rttMs, timeScale, memoryMb }: Plan,
  tell: Tell,
): Promise<number> {
  const cpuMs: number[] = [];
  for (let start = 0; start < calibrations; start++) {
    tell(`start ${start + 1} of ${calibrations}`);
    const { loaded, stop } = await startFunction(surroundings, variant, { rttMs, timeScale, memoryMb });
    cpuMs.push(loaded.bootCpuMs + loaded.loadCpuMs);
    await stop();
  }
  return median(cpuMs);
}

function coldOf({ loaded, counts }: FunctionProcess, initCounts: Counts, invoked: Invoked): Cold {
  const [firstInvocationMs = Number.NaN] = invoked.latenciesMs;
  const { answeredMs: firstAnswerMs, cpuMs: firstInvocationCpuMs } = invoked;
  return { ...loaded, firstAnswerMs, firstInvocationMs, firstInvocationCpuMs, initCounts, counts: counts() };
}

/** One process of each variant, all alive at once: they take turns, in another order each round. */
export async function measureWarm(
  surroundings: Surroundings,
  variants: readonly Variant[],
  { warmUps, invocations, rttMs, timeScale, memoryMb }: Plan,
  tell: Tell,
): Promise<ReadonlyMap<string, Warm>> {
  const processes: FunctionProcess[] = [];
  try {
    for (const variant of variants) {
      tell(`warming up ${variant.name}`);
      const process = await startFunction(surroundings, variant, { rttMs, timeScale, memoryMb });
      processes.push(process);
      await process.invoke(warmUps);
    }
    const measured = processes.map((process) => ({ process, before: process.counts(), invoked: [] as Invoked[] }));
    for (let round = 0; round < invocations; round++) {
      if (round % 20 === 0) tell(`invocation ${round + 1} of ${invocations}`);
      for (const { process, invoked } of shuffled(measured)) invoked.push(await process.invoke());
    }
    return new Map(
      measured.map(({ process, before, invoked }) => [
        process.variant,
        warmOf(invoked, difference(process.counts(), before)),
      ]),
    );
  } finally {
    await Promise.all(processes.map((process) => process.stop()));
  }
}

function warmOf(invoked: readonly Invoked[], counts: Counts): Warm {
  const last = invoked.at(-1);
  return {
    latenciesMs: invoked.flatMap(({ latenciesMs }) => latenciesMs),
    cpuMs: invoked.reduce((sum, { cpuMs }) => sum + cpuMs, 0),
    counts,
    rssBytes: last?.rssBytes ?? Number.NaN,
    heapBytes: last?.heapBytes ?? Number.NaN,
  };
}

function difference(after: Counts, before: Counts): Counts {
  const names = Object.keys(after) as (keyof Counts)[];
  return Object.fromEntries(names.map((name) => [name, after[name] - before[name]])) as Record<keyof Counts, number>;
}

/** Bytes of heap after each step of warm invocations without any round trip, garbage collected. */
export async function measureHeap(
  surroundings: Surroundings,
  variant: Variant,
  { heapSteps, invocationsPerHeapStep, heapSettleMs, memoryMb }: Plan,
  tell: Tell,
): Promise<readonly number[]> {
  const process = await startFunction(surroundings, variant, { rttMs: 0, timeScale: 1, memoryMb });
  const heapBytes: number[] = [];
  try {
    for (let step = 0; step < heapSteps; step++) {
      tell(`${variant.name}, after ${step * invocationsPerHeapStep} invocations`);
      heapBytes.push((await process.invoke(invocationsPerHeapStep, heapSettleMs)).heapBytes);
    }
    return heapBytes;
  } finally {
    await process.stop();
  }
}
