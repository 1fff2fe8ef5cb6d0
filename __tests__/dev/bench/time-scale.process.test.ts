import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificates } from "../../../dev/bench/certificates";
import { type Surroundings, startFunction } from "../../../dev/bench/function-process";
import { measureWarm } from "../../../dev/bench/measure";
import { QUICK } from "../../../dev/bench/plan";
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
