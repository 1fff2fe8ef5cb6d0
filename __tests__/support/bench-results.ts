import { FULL } from "../../dev/bench/plan";
import type { Cold, Results, VariantResults } from "../../dev/bench/results";

const counts = (requests: number, fullHandshakes: number) => ({
  requests,
  connections: fullHandshakes,
  fullHandshakes,
  resumedHandshakes: 0,
});

export function cold(over: Partial<Cold> = {}): Cold {
  return {
    loadedMs: 200,
    firstAnswerMs: 300,
    firstInvocationMs: 90,
    bootCpuMs: 50,
    loadCpuMs: 70,
    firstInvocationCpuMs: 5,
    initCounts: counts(1, 2),
    counts: counts(3, 2),
    ...over,
  };
}

export function variant(over: Partial<VariantResults> = {}): VariantResults {
  return {
    bundleBytes: 240_000,
    zipBytes: 80_000,
    cold: [cold(), cold()],
    throttledInvocation: [cold({ firstAnswerMs: 250 }), cold({ firstAnswerMs: 250 })],
    throttledLife: [cold({ firstAnswerMs: 900 })],
    warm: {
      latenciesMs: [86, 85, 84],
      cpuMs: 15,
      counts: counts(6, 0),
      rssBytes: 60e6,
      heapBytes: 10e6,
    },
    ...over,
  };
}

/** A run that meets every target. */
export function results(handler: Partial<VariantResults> = {}): Results {
  const naive = variant({
    cold: [cold({ firstAnswerMs: 500 }), cold({ firstAnswerMs: 500 })],
    throttledInvocation: [cold({ firstAnswerMs: 700 }), cold({ firstAnswerMs: 700 })],
  });
  return {
    node: "v20.0.0",
    machine: "a machine",
    throttledBy: "a quota",
    plan: FULL,
    calibration: { floorCpuMs: 75, floorCpuAfterMs: 80, referenceCpuMs: 75 },
    variants: {
      handler: variant({ heapBytes: [7e6, 8e6, 9e6, 9e6, 9e6], ...handler }),
      naive: { ...naive, warm: { ...naive.warm, latenciesMs: [319, 320, 321], counts: counts(9, 6) } },
      floor: variant({
        throttledInvocation: [cold({ firstAnswerMs: 200 }), cold({ firstAnswerMs: 200 })],
        warm: { ...naive.warm, latenciesMs: [82, 82, 82] },
      }),
    },
  };
}
