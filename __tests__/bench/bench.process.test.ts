import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { type Cold, handshakes, type Results, type VariantResults } from "../../bench/results";
import type { Judged } from "../../bench/targets";
import { VARIANTS } from "../../bench/variants";
import { ROOT, type Run, run } from "../support/program";

const directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** What `npm run bench` starts once it has built it, which the first test lets it do. */
const built = (...options: string[]): Run => run(ROOT, [process.execPath, "build/bench.js", ...options], {});

test("a quick run counts what each variant asks of AWS, and writes all it measured", () => {
  const json = join(directory, "results.json");
  const { status, stdout, stderr } = run(
    ROOT,
    ["npm", "run", "--silent", "bench", "--", "--quick", `--json=${json}`],
    {},
  );
  const { plan, variants, judged } = JSON.parse(readFileSync(json, "utf8")) as Results & {
    judged: Record<string, Judged[]>;
  };
  expect([status, stderr]).toEqual([0, expect.stringContaining("heap: handler")]);
  expect(Object.keys(variants)).toEqual([...VARIANTS]);

  const ofVariants = <T>(pick: (variant: VariantResults) => T): Record<string, T> =>
    Object.fromEntries(Object.entries(variants).map(([name, variant]) => [name, pick(variant)]));
  const untilFirstAnswer = ({ counts }: Cold): number[] => [counts.requests, handshakes(counts)];
  for (const kind of ["cold", "throttledInvocation", "throttledLife"] as const)
    expect(ofVariants((variant) => variant[kind].map(untilFirstAnswer))).toEqual(ofVariants(() => [[3, 2]]));
  expect(ofVariants(({ warm: { counts } }) => [counts.requests, handshakes(counts)])).toEqual({
    handler: [2 * plan.invocations, 0],
    naive: [3 * plan.invocations, 2 * plan.invocations],
    everyday: [2 * plan.invocations, 0],
    floor: [2 * plan.invocations, 0],
  });
  expect(ofVariants(({ warm }) => warm.latenciesMs.length)).toEqual(ofVariants(() => plan.invocations));
  expect(ofVariants(({ heapBytes }) => heapBytes?.length)).toEqual({ handler: plan.heapSteps });

  const notNumbers = JSON.stringify(variants).match(/null/g);
  expect(notNumbers).toBeNull();
  expect(judged["handler"]?.filter(({ verdict }) => verdict !== "not judged").map(({ title }) => title)).toEqual([
    "Requests of a warm sign-in",
    "TLS handshakes of all warm sign-ins",
    "Zip",
  ]);
  expect(stdout).toContain("|  | handler | naive | everyday | floor |");
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
  const documented = readFileSync(join(ROOT, "docs/performance.md"), "utf8").match(/(?<=`)--[a-z-]+/g) ?? [];
  const { stdout } = built("--help");
  expect(documented.length).toBeGreaterThan(5);
  expect(documented.filter((option) => !stdout.includes(`  ${option} `))).toEqual([]);
});

test.each([
  [["--variants=handler,nave"], "--variants has nave; there are handler, naive, everyday, floor"],
  [["--quick", "--write"], "--write is for a whole run"],
  [["--quik"], "Unknown argument: quik"],
])("%j is refused with what is wrong", (options, message) => {
  const { status, stdout, stderr } = built(...options);
  expect([status, stdout, stderr]).toEqual([1, "", expect.stringContaining(message)]);
});
