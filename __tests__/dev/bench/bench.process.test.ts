import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync, zipSync } from "fflate";
import { handshakes, type Results, type VariantResults } from "../../../dev/bench/results";
import type { Judged } from "../../../dev/bench/targets";
import type { Counts } from "../../../dev/bench/tls-service";
import { ROOT, type Run, run } from "../../support/program";

const directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What `npm run bench` starts once it has built it, which the first test lets it do. */
const built = (...options: string[]): Run => run(ROOT, [process.execPath, "build/bench.js", ...options], {});

/** The packaged handler, and beside it what makes the zip too large. */
function oversized(): string {
  const zip = join(directory, "oversized.zip");
  const files = unzipSync(readFileSync(join(ROOT, "dist/handler.zip")));
  writeFileSync(zip, zipSync({ ...files, "ballast.bin": [randomBytes(85_000), { level: 0 }] }));
  return zip;
}

/** Requests, and TLS handshakes. */
const asked = (counts: Counts): number[] => [counts.requests, handshakes(counts)];

test("a quick run counts what each variant asks of AWS, and writes all it measured", () => {
  const json = join(directory, "results.json");
  const options = ["--quick", `--json=${json}`, `--handler-zip=${oversized()}`];
  const { status, stdout } = run(ROOT, ["npm", "run", "--silent", "bench", "--", ...options], {});
  const { plan, calibration, throttledBy, variants, judged } = JSON.parse(readFileSync(json, "utf8")) as Results & {
    judged: Record<string, Judged[]>;
  };
  const ofVariants = <T>(pick: (variant: VariantResults) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(variants).map(([name, variant]) => [name, pick(variant)]));

  const names = ["handler", "handler-groups", "token", "handler-zip", "naive", "everyday", "floor"];
  expect(Object.keys(variants)).toEqual(names);
  const [ready, others] = [
    ["handler", "handler-groups", "handler-zip", "floor"],
    ["naive", "everyday"],
  ];
  for (const kind of ["cold", "throttledInvocation", "throttledLife"] as const) {
    const counted = ofVariants((variant) => variant[kind].map(({ counts }) => asked(counts)));
    for (const name of ready) expect(counted[name]).toEqual(Array.from({ length: plan.rounds }, () => [3, 2]));
    expect(counted["token"]).toEqual(Array.from({ length: plan.rounds }, () => [0, 0]));
    for (const name of others) expect(counted[name]?.map(([requests]) => requests)).toEqual([3]);
  }
  expect(ofVariants(({ warm }) => warm.latenciesMs.length)).toEqual(ofVariants(() => plan.invocations));
  const warm = ofVariants((variant) => asked(variant.warm.counts).map((count) => count / plan.invocations));
  for (const name of ready) expect(warm[name]).toEqual([2, 0]);
  // What they need, and short of CPU one connection more.
  expect(warm).toMatchObject({ naive: [3, expect.any(Number)], everyday: [2, expect.any(Number)] });
  expect(warm["naive"]?.[1]).toBeGreaterThanOrEqual(2);
  expect(ofVariants(({ heapBytes }) => heapBytes?.length)).toEqual({
    handler: plan.heapSteps,
    "handler-groups": plan.heapSteps,
    "handler-zip": plan.heapSteps,
  });
  const scale = Math.max(1, calibration.floorCpuMs / calibration.referenceCpuMs);
  expect(plan.timeScale).toBeCloseTo(scale, 1);
  expect([plan.rttMs / 4, plan.cpuPeriodMs / 20].map((times) => Math.abs(times - scale) < 0.6)).toEqual([true, true]);
  expect(throttledBy).toContain(`of every ${plan.cpuPeriodMs} ms`);
  // JSON has no other word for what is not a number.
  expect(JSON.stringify(variants)).not.toContain("null");

  const verdictsOf = (name: string): string[] =>
    (judged[name] ?? []).filter((target) => target.verdict !== "not judged").map((t) => `${t.title}: ${t.verdict}`);
  const counted = ["Requests of a warm sign-in: met", "TLS handshakes of all warm sign-ins: met"];
  expect(verdictsOf("handler")).toEqual([...counted, "Zip: met"]);
  expect(verdictsOf("handler-zip")).toEqual([...counted, "Zip: missed"]);
  expect(verdictsOf("handler-groups").map((verdict) => verdict.split(": ").at(-1))).toEqual(["met", "met"]);
  expect(verdictsOf("token")).toEqual(["Requests, of all measurements: met", "Zip: met"]);
  expect(status).toBe(1);
  expect(stdout).toContain(`|  | ${names.join(" | ")} |`);
});

test("a build that does not migrate the user ends the run, and is told from a slow one", () => {
  const zip = join(directory, "broken.zip");
  writeFileSync(zip, zipSync({ "index.mjs": Buffer.from("export const handler = async (event) => event;") }));
  const { status, stderr } = built(
    "--quick",
    "--variants=floor",
    `--handler-zip=${zip}`,
    `--json=${directory}/no.json`,
  );
  expect(status).toBe(1);
  expect(stderr).toContain("handler-zip did not migrate the user");
});

test("every documented option is there", () => {
  const documented =
    readFileSync(join(ROOT, "docs/performance.md"), "utf8")
      .split("## What is measured")[0]
      ?.match(/(?<=`)--[a-z-]+/g) ?? [];
  const { stdout } = built("--help");
  expect(documented.length).toBeGreaterThan(5);
  expect(documented.filter((option) => !stdout.includes(`  ${option} `))).toEqual([]);
});

test.each([
  [
    ["--variants=handler,nave"],
    "--variants has nave; there are handler, handler-groups, token, naive, everyday, floor",
  ],
  [["--quick", "--write"], "--write is for a whole run"],
  [["--quik"], "Unknown argument: quik"],
])("%j is refused with what is wrong", (options, message) => {
  const { status, stdout, stderr } = built(...options);
  expect([status, stdout, stderr]).toEqual([1, "", expect.stringContaining(message)]);
});
