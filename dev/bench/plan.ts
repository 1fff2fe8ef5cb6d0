/** How much is measured, and under which conditions. */
export interface Plan {
  /** Cold starts of the floor that tell how fast the machine is, before the run and after it. */
  readonly calibrations: number;
  /** How many times slower than planned the network, the quota's period and the function's clock are. A run finds it out. */
  readonly timeScale: number;
  /** Fresh processes of each variant, in each of the three cold measurements. */
  readonly rounds: number;
  /** Of these, first ones that do not count: they fill the page cache. */
  readonly uncountedRounds: number;
  /** Round trip of every request, and of every flight of a handshake. */
  readonly rttMs: number;
  /** Memory of the function: its heap, and its share of the CPU in the throttled measurements. */
  readonly memoryMb: number;
  /** Short, so that the CPU shows. */
  readonly throttledRttMs: number;
  /** In which a throttled process has its share once. Short, so that it does not start on credit. */
  readonly cpuPeriodMs: number;
  readonly warmUps: number;
  readonly invocations: number;
  readonly heapSteps: number;
  readonly invocationsPerHeapStep: number;
  /** Before the heap is read: longer than Cognito waits, so that no timer of an invocation is left. */
  readonly heapSettleMs: number;
  /** Whether there was enough of everything to judge times by. */
  readonly judgesTimes: boolean;
}

export const FULL: Plan = {
  calibrations: 9,
  timeScale: 1,
  rounds: 24,
  uncountedRounds: 1,
  rttMs: 40,
  memoryMb: 256,
  throttledRttMs: 2,
  cpuPeriodMs: 20,
  warmUps: 20,
  invocations: 200,
  heapSteps: 10,
  invocationsPerHeapStep: 1000,
  heapSettleMs: 5200,
  judgesTimes: true,
};

/** Shows in seconds that everything works; its times mean nothing. */
export const QUICK: Plan = {
  ...FULL,
  calibrations: 1,
  rounds: 1,
  uncountedRounds: 0,
  rttMs: 4,
  memoryMb: 1024,
  warmUps: 2,
  invocations: 3,
  heapSteps: 4,
  invocationsPerHeapStep: 20,
  heapSettleMs: 0,
  judgesTimes: false,
};
