import { type Cold, handshakes, heapGrowth, medianOf, mostOf, type Results, type VariantResults } from "./results";
import { median, quantile } from "./statistics";
import type { Judged, Target } from "./targets";

type Row = readonly [title: string, cell: (variant: VariantResults, results: Results) => string];

const ms = (value: number): string => value.toFixed(value < 10 ? 1 : 0);
const mb = (bytes: number): string => (bytes / 1e6).toFixed(1);
const kb = (bytes: number): string => (bytes / 1e3).toFixed(1);

const time =
  (of: "cold" | "throttledInvocation" | "throttledLife", name: "loadedMs" | "firstAnswerMs" | "firstInvocationMs") =>
  (variant: VariantResults): string =>
    ms(medianOf(variant[of], name));

const countsOf =
  (pick: (cold: Cold) => Cold["counts"]) =>
  ({ cold }: VariantResults): string =>
    `${mostOf(cold, (process) => pick(process).requests)} / ${mostOf(cold, (process) => handshakes(pick(process)))}`;

/** Times in milliseconds, medians unless they say otherwise. */
function rowsOf({ memoryMb, heapSteps, invocationsPerHeapStep }: Results["plan"]): readonly Row[] {
  const all = (heapSteps * invocationsPerHeapStep).toLocaleString("en");
  return [
    ["**Cold**: process start to loaded", time("cold", "loadedMs")],
    ["process start to first answer", time("cold", "firstAnswerMs")],
    ["first invocation, after INIT", time("cold", "firstInvocationMs")],
    ["requests / TLS handshakes to the first answer", countsOf(({ counts }) => counts)],
    ["of these during INIT", countsOf(({ initCounts }) => initCounts)],
    ["CPU time of loading", ({ cold }) => ms(median(cold.map(({ bootCpuMs, loadCpuMs }) => bootCpuMs + loadCpuMs)))],
    ["CPU time of the first invocation", ({ cold }) => ms(median(cold.map((process) => process.firstInvocationCpuMs)))],
    [`**CPU of ${memoryMb} MB, after INIT**: to first answer`, time("throttledInvocation", "firstAnswerMs")],
    ["first invocation", time("throttledInvocation", "firstInvocationMs")],
    [`**CPU of ${memoryMb} MB, from birth**: to first answer`, time("throttledLife", "firstAnswerMs")],
    ["**Warm**: p50", ({ warm }) => ms(median(warm.latenciesMs))],
    ["p95", ({ warm }) => ms(quantile(warm.latenciesMs, 0.95))],
    ["CPU time of a sign-in", ({ warm }) => ms(warm.cpuMs / warm.latenciesMs.length)],
    [
      "requests / TLS handshakes of a sign-in",
      ({ warm: { counts, latenciesMs } }) =>
        `${perSignIn(counts.requests, latenciesMs)} / ${perSignIn(handshakes(counts), latenciesMs)}`,
    ],
    ["RSS / heap, MB", ({ warm }) => `${mb(warm.rssBytes)} / ${mb(warm.heapBytes)}`],
    [
      `bytes of heap that a sign-in leaves behind, over ${all}`,
      ({ heapBytes }, { plan }) => (heapBytes ? heapGrowth(heapBytes, plan).toFixed(0) : ""),
    ],
    ["**Size**: bundle / zip, kB", ({ bundleBytes, zipBytes }) => `${kb(bundleBytes)} / ${kb(zipBytes)}`],
  ];
}

/** Whole where it is whole in every sign-in, so that one odd request among many shows. */
function perSignIn(count: number, signIns: readonly unknown[]): string {
  return String(Number((count / signIns.length).toFixed(3)));
}

function table(head: readonly string[], rows: readonly (readonly string[])[], alignment: string): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), alignment, ...rows.map(line)].join("\n");
}

const value = (number: number, unit: Target["unit"]): string => {
  if (unit === "x") return `${number.toFixed(2)} x`;
  return `${Number(number.toFixed(1)).toLocaleString("en")}${unit && ` ${unit}`}`;
};

/** A run, as docs/performance.md shows it. */
export function markdown(results: Results, judged: Readonly<Record<string, readonly Judged[]>>): string {
  const { node, machine, throttledBy, plan, calibration, variants } = results;
  const names = Object.keys(variants);
  const measured = rowsOf(plan).map(([title, cell]) => [
    title,
    ...Object.values(variants).map((variant) => cell(variant, results)),
  ]);
  const parts = [
    `Node.js ${node}, ${machine}. Time scale ${plan.timeScale.toFixed(2)}: the floor loads in ${ms(calibration.floorCpuMs)} ms of CPU, ` +
      `and in ${calibration.referenceCpuMs} where the targets were set. Round trip ${plan.rttMs} ms, ${plan.throttledRttMs} ms where the CPU is throttled (${throttledBy}). ` +
      `${plan.rounds} processes of each variant for each cold row, ${plan.invocations} warm sign-ins. Times in ms, medians unless they say otherwise.`,
    table(["", ...names], measured, `|---|${names.map(() => "--:|").join("")}`),
  ];
  for (const [name, verdicts] of Object.entries(judged))
    parts.push(
      table(
        [`Target of \`${name}\``, "At most", "Measured", ""],
        verdicts.map(({ title, limit, unit, measured: found, verdict }) => [
          title,
          value(limit, unit),
          found === undefined ? "" : value(found, unit),
          verdict,
        ]),
        "|---|--:|--:|---|",
      ),
    );
  return parts.join("\n\n");
}
