import type { Plan } from "./plan";

/**
 * CPU time that the floor needed to start and load where the targets were set, by the Node.js version from which on it
 * holds. How it was found out: docs/decisions/0023-time-as-slow-as-the-machine.md.
 */
const FLOOR_CPU_MS = { 20: 75, 24: 67 } as const;

/** More than two calibrations of one machine differ. */
const STEADY = 1.5;

/** The floor's loading before a measurement and after it. */
export interface Calibration {
  readonly floorCpuMs: number;
  readonly floorCpuAfterMs: number;
  /** Of the machine where the targets were set. */
  readonly referenceCpuMs: number;
}

const referenceOf = (node: string): number => FLOOR_CPU_MS[Number(/^v(\d+)/.exec(node)?.[1]) < 24 ? 20 : 24];

/**
 * How many times slower this machine is than the one where the targets were set. Never below 1: under a millisecond no timer
 * and no quota can follow, and what hides behind 40 ms on a quick machine hides behind them for its users, too.
 */
export function timeScale(floorCpuMs: number, referenceCpuMs: number): number {
  return Math.max(1, Number((floorCpuMs / referenceCpuMs).toFixed(2)));
}

/**
 * A plan whose network and quota are as many times slower: half a round trip in whole milliseconds, as timers are, a period in
 * whole microseconds, as quotas are.
 */
export function dilated(plan: Plan, scale: number): Plan {
  const roundTrip = (ms: number): number => 2 * Math.round((ms * scale) / 2);
  return {
    ...plan,
    timeScale: scale,
    rttMs: roundTrip(plan.rttMs),
    throttledRttMs: roundTrip(plan.throttledRttMs),
    cpuPeriodMs: Math.round(plan.cpuPeriodMs * scale * 1000) / 1000,
  };
}

/**
 * Measures with time as slow as the machine.
 *
 * @param loadFloor Loads the floor, and gives the CPU time that it took.
 * @throws {Error} when times are judged and the machine was another one at the end.
 */
export async function measureDilated<Measured>(
  plan: Plan,
  node: string,
  loadFloor: () => Promise<number>,
  measure: (plan: Plan) => Promise<Measured>,
): Promise<Measured & { readonly plan: Plan; readonly calibration: Calibration }> {
  const referenceCpuMs = referenceOf(node);
  const floorCpuMs = await loadFloor();
  const used = dilated(plan, timeScale(floorCpuMs, referenceCpuMs));
  const measured = await measure(used);
  const floorCpuAfterMs = await loadFloor();
  const change = Math.max(floorCpuMs / floorCpuAfterMs, floorCpuAfterMs / floorCpuMs);
  if (plan.judgesTimes && change > STEADY)
    throw new Error(
      `The machine changed its speed during the run, and the run does not count: loading the floor took ${floorCpuMs.toFixed(0)} ms of CPU ` +
        `before it and ${floorCpuAfterMs.toFixed(0)} ms after it, and ${STEADY} times is the most. Run it again when the machine does nothing else.`,
    );
  return { ...measured, plan: used, calibration: { floorCpuMs, floorCpuAfterMs, referenceCpuMs } };
}
