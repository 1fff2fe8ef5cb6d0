import { QUICK } from "../../../dev/bench/plan";
import type { VariantResults } from "../../../dev/bench/results";
import { exitCodeOf, judge, TARGETS } from "../../../dev/bench/targets";
import { cold, results, variant } from "../../support/bench-results";

const missed = (handler: Partial<VariantResults>): string[] =>
  judge(results(handler), "handler")
    .filter(({ verdict }) => verdict === "missed")
    .map(({ title }) => title);

const { warm } = variant();

/** A handler for each target: worse than that one allows, and otherwise as promised. */
const WORSE: Readonly<Record<string, Partial<VariantResults>>> = {
  "Warm p50, against the floor": { warm: { ...warm, latenciesMs: [88, 88, 88] } },
  "Requests of a warm sign-in": { warm: { ...warm, counts: { ...warm.counts, requests: 7 } } },
  "TLS handshakes of all warm sign-ins": { warm: { ...warm, counts: { ...warm.counts, resumedHandshakes: 1 } } },
  "Cold, process start to first answer, against the floor": {
    cold: [cold({ firstAnswerMs: 330 }), cold({ firstAnswerMs: 330 })],
  },
  "The same with the CPU of 256 MB, against the floor": {
    throttledInvocation: [cold({ firstAnswerMs: 275 }), cold({ firstAnswerMs: 275 })],
  },
  "CPU of the first invocation, against the floor": {
    cold: [cold({ firstInvocationCpuMs: 7.6 }), cold({ firstInvocationCpuMs: 7.6 })],
  },
  "First invocation after INIT, against the floor's warm p50": { cold: [cold({ firstInvocationMs: 104 })] },
  Zip: { zipBytes: 85_001 },
  "Heap that a sign-in leaves behind": { heapBytes: [7e6, 8e6, 9e6, 9.06e6, 9.12e6] },
};

test("a handler as fast and small as promised meets every target", () => {
  expect(judge(results(), "handler").map(({ verdict }) => verdict)).toEqual(TARGETS.map(() => "met"));
});

test.each(Object.entries(WORSE))("%s: a worse handler misses it, and no other target", (title, handler) => {
  expect(missed(handler)).toEqual([title]);
});

/** The same time is measured against both: who is slower than naive allows is slower than the floor allows, too. */
const WORSE_THAN_BOTH: Readonly<Record<string, Partial<VariantResults>>> = {
  "Warm p50, against": { warm: { ...warm, latenciesMs: [97, 97, 97] } },
  "Cold, process start to first answer, against": {
    cold: [cold({ firstAnswerMs: 360 }), cold({ firstAnswerMs: 360 })],
  },
  "The same with the CPU of 256 MB, against": {
    throttledInvocation: [cold({ firstAnswerMs: 290 }), cold({ firstAnswerMs: 290 })],
  },
};

test.each(Object.entries(WORSE_THAN_BOTH))("%s naive: who misses it misses the floor's as well", (title, handler) => {
  expect(missed(handler).sort()).toEqual([`${title} naive`, `${title} the floor`]);
});

test("every target has a handler that misses it", () => {
  const naive = Object.keys(WORSE_THAN_BOTH).map((title) => `${title} naive`);
  expect([...Object.keys(WORSE), ...naive].sort()).toEqual(TARGETS.map(({ title }) => title).sort());
});

describe("the functions of groups", () => {
  const none = { requests: 0, connections: 0, fullHandshakes: 0, resumedHandshakes: 0 };
  const idle = cold({ counts: none, initCounts: none });
  const token = variant({ zipBytes: 15_000, cold: [idle], warm: { ...warm, latenciesMs: [0.2], counts: none } });
  const missedBy = (name: string, over: Partial<VariantResults>): string[] => {
    const run = results();
    const { handler } = run.variants;
    const ours = { "handler-groups": handler as VariantResults, token };
    const one = { ...ours[name as keyof typeof ours], ...over };
    return judge({ ...run, variants: { ...run.variants, ...ours, [name]: one } }, name)
      .filter(({ verdict }) => verdict !== "met")
      .map(({ title }) => title);
  };

  test.each(["handler-groups", "token"])("%s as it is meets every target", (name) => {
    expect(missedBy(name, {})).toEqual([]);
  });

  test.each<[string, string, Partial<VariantResults>]>([
    [
      "handler-groups",
      "Requests of a warm sign-in, over those without groups",
      { warm: { ...warm, counts: { ...warm.counts, requests: 7 } } },
    ],
    [
      "handler-groups",
      "Requests to the first answer, over those without groups",
      { cold: [cold(), cold({ counts: { ...cold().counts, requests: 4 } })] },
    ],
    [
      "handler-groups",
      "Warm, against without groups: lower end of the 95 % confidence interval",
      { warm: { ...warm, latenciesMs: [87, 86, 85] } },
    ],
    [
      "handler-groups",
      "Cold, process start to first answer, against without groups: the same",
      { cold: [cold({ firstAnswerMs: 310 }), cold({ firstAnswerMs: 310 })] },
    ],
    ["token", "Warm p99, with nothing to send", { warm: { ...token.warm, latenciesMs: [0.2, 9] } }],
    ["token", "Requests, of all measurements", { cold: [cold({ counts: { ...none, requests: 1 } })] }],
    ["token", "Zip", { zipBytes: 100_001 }],
  ])("%s: %s", (name, title, worse) => {
    expect(missedBy(name, worse)).toEqual([title]);
  });
});

test("a slow round slows both sides and changes no ratio", () => {
  const run = results({ cold: [cold(), cold({ firstAnswerMs: 3000, firstInvocationMs: 90 })] });
  const naive = { ...run.variants["naive"], cold: [cold({ firstAnswerMs: 500 }), cold({ firstAnswerMs: 5000 })] };
  const floor = { ...run.variants["floor"], cold: [cold(), cold({ firstAnswerMs: 3000 })] };
  const slow = {
    ...run,
    variants: { ...run.variants, naive: naive as VariantResults, floor: floor as VariantResults },
  };
  expect(judge(slow, "handler").filter(({ verdict }) => verdict !== "met")).toEqual([]);
});

test("what was left out of the run is not measured, and neither met nor missed", () => {
  const { handler } = results().variants;
  const alone = { ...results(), variants: { handler: { ...(handler as VariantResults), zipBytes: 90_000 } } };
  expect(Object.fromEntries(judge(alone, "handler").map(({ title, verdict }) => [title, verdict]))).toEqual({
    "Warm p50, against the floor": "not measured",
    "Warm p50, against naive": "not measured",
    "Requests of a warm sign-in": "met",
    "TLS handshakes of all warm sign-ins": "met",
    "Cold, process start to first answer, against the floor": "not measured",
    "The same with the CPU of 256 MB, against the floor": "not measured",
    "CPU of the first invocation, against the floor": "not measured",
    "Cold, process start to first answer, against naive": "not measured",
    "The same with the CPU of 256 MB, against naive": "not measured",
    "First invocation after INIT, against the floor's warm p50": "not measured",
    Zip: "missed",
    "Heap that a sign-in leaves behind": "met",
  });
});

test("a quick run judges counts and sizes, and no times", () => {
  const quick = { ...results({ zipBytes: 90_000 }), plan: QUICK };
  const verdicts = Object.fromEntries(judge(quick, "handler").map(({ title, verdict }) => [title, verdict]));
  expect(verdicts["Zip"]).toBe("missed");
  expect(verdicts["Requests of a warm sign-in"]).toBe("met");
  expect(Object.values(verdicts).filter((verdict) => verdict === "not judged")).toHaveLength(9);
});

test("the exit code tells a missed target, of whichever build, from all others", () => {
  const good = judge(results(), "handler");
  const bad = judge(results({ zipBytes: 90_000 }), "handler");
  const { handler } = results().variants;
  const alone = judge({ ...results(), variants: { handler: handler as VariantResults } }, "handler");
  expect(exitCodeOf({ handler: good })).toBe(0);
  expect(exitCodeOf({ handler: alone })).toBe(0);
  expect(exitCodeOf({ handler: good, "handler-zip": bad })).toBe(1);
});
