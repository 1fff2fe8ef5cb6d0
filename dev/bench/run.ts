import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { cpus, platform } from "node:os";
import { join } from "node:path";
import { makeCertificates } from "./certificates";
import { type CpuLimit, openCpuLimit, shareOf } from "./cpu-share";
import type { Surroundings } from "./function-process";
import { measureCold, measureHeap, measureLoading, measureWarm, type Tell } from "./measure";
import type { Plan } from "./plan";
import type { Results, VariantResults } from "./results";
import { measureDilated } from "./time-scale";
import { buildFloor, isHandler, type Variant, type VariantName, variantsOf } from "./variants";

export interface Order {
  /** The project's root, absolute. */
  readonly root: string;
  /** A folder of this run alone, which the caller removes. */
  readonly directory: string;
  readonly node: string;
  readonly plan: Plan;
  readonly variants: readonly VariantName[];
  /** Another build of the handler, to compare. */
  readonly handlerZip?: string | undefined;
  readonly signal: AbortSignal;
  readonly tell: Tell;
}

/** Measures everything, one thing after the other. */
export async function run(order: Order): Promise<Results> {
  const { root, directory, node, plan, signal, tell } = order;
  const version = versionOf(node);
  const home = join(directory, "home");
  mkdirSync(home);
  const certificates = await makeCertificates(directory);
  const surroundings: Surroundings = { root, home, node, certificates, signal };
  tell("building");
  const variants = variantsOf(order.variants, root, join(directory, "variants"), order.handlerZip);
  const floor = buildFloor(root, join(directory, "calibration"));
  const loadFloor = () => measureLoading(surroundings, floor, plan, titled(tell, "speed of the machine"));
  const measured = await measureDilated(plan, version, loadFloor, async (used) => {
    const limit = openCpuLimit(shareOf(used.memoryMb), used.cpuPeriodMs);
    try {
      return { throttledBy: limit.kind, variants: await measureAll(surroundings, variants, used, limit, tell) };
    } finally {
      limit.close();
    }
  });
  return {
    node: version,
    machine: `${platform()}, ${cpus().length} CPUs (${cpus()[0]?.model ?? "unknown"})`,
    ...measured,
  };
}

const titled =
  (tell: Tell, title: string): Tell =>
  (progress) =>
    tell(`${title}: ${progress}`);

async function measureAll(
  surroundings: Surroundings,
  variants: readonly Variant[],
  plan: Plan,
  limit: CpuLimit,
  tell: Tell,
): Promise<Record<string, VariantResults>> {
  const { rttMs, throttledRttMs } = plan;
  const cold = await measureCold(surroundings, variants, plan, { rttMs, tell: titled(tell, "cold") });
  const throttled = (from: "birth" | "first invocation") =>
    measureCold(surroundings, variants, plan, {
      rttMs: throttledRttMs,
      throttling: { limit, from },
      tell: titled(tell, `throttled from ${from}`),
    });
  const throttledInvocation = await throttled("first invocation");
  const throttledLife = await throttled("birth");
  const warm = await measureWarm(surroundings, variants, plan, titled(tell, "warm"));
  const results: Record<string, VariantResults> = {};
  for (const variant of variants) {
    const { name, bundleBytes, zipBytes } = variant;
    const heapBytes = isHandler(variant) && (await measureHeap(surroundings, variant, plan, titled(tell, "heap")));
    const warmed = warm.get(name);
    if (warmed === undefined) throw new Error(`${name} was not measured warm`);
    results[name] = {
      bundleBytes,
      zipBytes,
      cold: cold.get(name) ?? [],
      throttledInvocation: throttledInvocation.get(name) ?? [],
      throttledLife: throttledLife.get(name) ?? [],
      warm: warmed,
      ...(heapBytes && { heapBytes }),
    };
  }
  return results;
}

function versionOf(node: string): string {
  try {
    return execFileSync(node, ["--version"], { encoding: "utf8" }).trim();
  } catch (cause) {
    throw new Error(`${node} does not run. BENCH_NODE, when it is set, must be the path of a Node.js.`, { cause });
  }
}
