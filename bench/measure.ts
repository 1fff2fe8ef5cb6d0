import type { Counts } from "./aws-server";
import type { CpuLimit } from "./cpu-share";
import { type Bench, FunctionProcess } from "./function-process";
import { shuffled } from "./statistics";
import type { Variant } from "./variants";

/** One fresh process, up to its first answer. Times in milliseconds. */
export interface Cold {
  readonly loadedMs: number;
  readonly firstAnswerMs: number;
  readonly firstInvocationMs: number;
  readonly bootCpuMs: number;
  readonly loadCpuMs: number;
  readonly firstInvocationCpuMs: number;
  /** While it loaded. */
  readonly init: Counts;
  /** All in all. */
  readonly counts: Counts;
}

export type ByVariant<T> = Readonly<Record<string, readonly T[]>>;

/** Fresh processes, each variant once per round and in another order each round, after a round that does not count. */
export async function measureCold(
  bench: Bench,
  variants: readonly Variant[],
  {
    rounds,
    rttMs,
    cpu,
  }: { rounds: number; rttMs: number; cpu?: { limit: CpuLimit; from: "birth" | "first invocation" } },
): Promise<ByVariant<Cold>> {
  const measured: Record<string, Cold[]> = Object.fromEntries(variants.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round++)
    for (const variant of shuffled(variants)) {
      const { process, loaded } = await FunctionProcess.start(bench, variant, { rttMs, ...(cpu && { cpu }) });
      try {
        const init = process.counts();
        const { latenciesMs, answeredMs, cpuMs } = await process.invoke();
        if (round < 0) continue;
        measured[variant.name]?.push({
          loadedMs: loaded.loadedMs,
          firstAnswerMs: answeredMs,
          firstInvocationMs: latenciesMs[0] ?? Number.NaN,
          bootCpuMs: loaded.bootCpuMs,
          loadCpuMs: loaded.loadCpuMs,
          firstInvocationCpuMs: cpuMs,
          init,
          counts: process.counts(),
        });
      } finally {
        await process.stop();
      }
    }
  return measured;
}

/** One process of each variant, warmed up. */
export interface Warm {
  readonly latenciesMs: readonly number[];
  readonly cpuMsPerInvocation: number;
  /** Of the measured invocations. */
  readonly counts: Counts;
  readonly rssBytes: number;
  readonly heapBytes: number;
}

/** All processes live at once and take turns, in another order each round: an invocation of each per round. */
export async function measureWarm(
  bench: Bench,
  variants: readonly Variant[],
  { warmUp, invocations, rttMs }: { warmUp: number; invocations: number; rttMs: number },
): Promise<Readonly<Record<string, Warm>>> {
  const processes: FunctionProcess[] = [];
  try {
    for (const variant of variants) {
      const { process } = await FunctionProcess.start(bench, variant, { rttMs });
      processes.push(process);
      await process.invoke(warmUp);
    }
    const before = new Map(processes.map((process) => [process, process.counts()]));
    const runs = new Map(processes.map((process) => [process, [] as Awaited<ReturnType<FunctionProcess["invoke"]>>[]]));
    for (let round = 0; round < invocations; round++)
      for (const process of shuffled(processes)) runs.get(process)?.push(await process.invoke());
    return Object.fromEntries(
      processes.map((process) => {
        const invoked = runs.get(process) ?? [];
        const last = invoked.at(-1);
        return [
          process.variant,
          {
            latenciesMs: invoked.flatMap(({ latenciesMs }) => latenciesMs),
            cpuMsPerInvocation: invoked.reduce((sum, { cpuMs }) => sum + cpuMs, 0) / invoked.length,
            counts: difference(process.counts(), before.get(process)),
            rssBytes: last?.rssBytes ?? 0,
            heapBytes: last?.heapBytes ?? 0,
          },
        ];
      }),
    );
  } finally {
    await Promise.all(processes.map((process) => process.stop()));
  }
}

function difference(after: Counts, before: Counts | undefined): Counts {
  return {
    requests: after.requests - (before?.requests ?? 0),
    connections: after.connections - (before?.connections ?? 0),
    full: after.full - (before?.full ?? 0),
    resumed: after.resumed - (before?.resumed ?? 0),
  };
}

/** Bytes of heap after garbage collection, before and after each thousand of warm invocations without any round trip. */
export async function measureHeap(
  bench: Bench,
  variant: Variant,
  { thousands, perStep }: { thousands: number; perStep: number },
): Promise<readonly number[]> {
  const { process } = await FunctionProcess.start(bench, variant, { rttMs: 0, nodeFlags: ["--expose-gc"] });
  try {
    const heap = [(await process.invoke(perStep)).heapBytes];
    for (let step = 0; step < thousands; step++) heap.push((await process.invoke(perStep)).heapBytes);
    return heap;
  } finally {
    await process.stop();
  }
}
