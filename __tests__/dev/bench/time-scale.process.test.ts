import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificates } from "../../../dev/bench/certificates";
import { type Surroundings, startFunction } from "../../../dev/bench/function-process";
import { SIGN_IN } from "../../../dev/bench/jobs";
import { measureWarm } from "../../../dev/bench/measure";
import { QUICK } from "../../../dev/bench/plan";
import { USER } from "../../../dev/bench/sign-in";
import { dilated } from "../../../dev/bench/time-scale";
import { buildFloor, type Variant, variantsOf } from "../../../dev/bench/variants";
import { ROOT } from "../../support/program";

const directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
let surroundings: Surroundings;
let handler: Variant;

beforeAll(async () => {
  const home = join(directory, "home");
  mkdirSync(home);
  const certificates = await makeCertificates(directory);
  const { signal } = new AbortController();
  surroundings = { root: ROOT, home, node: process.execPath, certificates, signal };
  [handler] = variantsOf(["handler"], ROOT, directory) as [Variant];
});

afterAll(() => rmSync(directory, { recursive: true, force: true }));

test("a sign-in of two round trips waits for dilated ones", async () => {
  const plan = dilated({ ...QUICK, warmUps: 1 }, 50);
  const warm = await measureWarm(surroundings, [buildFloor(ROOT, directory)], plan, () => undefined);
  // A timer may be a millisecond early; a round trip is two.
  for (const latencyMs of warm.get("floor")?.latenciesMs ?? [0]) expect(latencyMs).toBeGreaterThanOrEqual(2 * 200 - 4);
});

// In real time the first AssumeRole would be given up after 1.5 s, and the sign-in, cold start included, after 5 s.
test("the function's time-outs are as many times longer", async () => {
  const options = { rttMs: 1200, timeScale: 6, memoryMb: 1024 };
  const started = await startFunction(surroundings, handler, options);
  try {
    const { answeredMs } = await started.invoke();
    expect(answeredMs).toBeGreaterThan(5000);
    expect(started.counts()).toMatchObject({ requests: 3, connections: 2 });
  } finally {
    await started.stop();
  }
});

// Its first use costs as much as the whole sign-in of the floor. A bench that loads it ahead makes the floor cheaper, and the handler look dearer.
test("a slower clock loads nothing of Node.js ahead of the function", async () => {
  const untouched = join(directory, "untouched");
  mkdirSync(untouched);
  const lines = [
    'const isLazy = !process.moduleLoadList.includes("NativeModule internal/perf/performance");',
    `const response = { finalUserStatus: "CONFIRMED", userAttributes: { email: "${USER.email}" } };`,
    // Migrates only where the runtime has not read `performance`.
    "export const handler = async () => isLazy && { response };",
  ];
  writeFileSync(join(untouched, "index.mjs"), lines.join("\n"));
  const variant = {
    name: "untouched",
    directory: untouched,
    handler: "index.handler",
    bundleBytes: 0,
    zipBytes: 0,
    job: SIGN_IN,
  };
  const started = await startFunction(surroundings, variant, { rttMs: 2, timeScale: 3, memoryMb: 1024 });
  try {
    await expect(started.invoke()).resolves.toBeDefined();
  } finally {
    await started.stop();
  }
});
