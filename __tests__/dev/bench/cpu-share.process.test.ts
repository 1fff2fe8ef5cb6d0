import { spawn } from "node:child_process";
import { type CpuLimit, openCpuLimit, shareOf, stopAndContinue } from "../../../dev/bench/cpu-share";

/** Spins for so long, in wall time. Prints how many milliseconds of CPU it got, and the standstills of more than 4 ms. */
const SPIN = `
const pauses = [];
const end = Date.now() + Number(process.argv[1]);
for (let now = Date.now(), before = now; now < end; before = now) {
  now = Date.now();
  if (now - before > 4) pauses.push(now - before);
}
const { user, system } = process.cpuUsage();
console.log(JSON.stringify({ cpuMs: (user + system) / 1000, pauses }));`;

async function spin(limit: CpuLimit, forMs = 500): Promise<{ cpuMs: number; pauses: number[] }> {
  const [program = "", ...parameters] = [...limit.prefix, process.execPath, "-e", SPIN, `${forMs}`];
  const child = spawn(program, parameters, { stdio: ["ignore", "pipe", "inherit"] });
  const letGo = limit.hold(child.pid ?? 0);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  await new Promise((resolve) => child.once("close", resolve));
  letGo();
  limit.close();
  return JSON.parse(output) as { cpuMs: number; pauses: number[] };
}

test("a vCPU is 1769 MB", () => {
  expect(shareOf(1769)).toBe(1);
  expect(shareOf(256)).toBeCloseTo(0.145, 3);
});

// Starting Node.js takes some 50 ms of CPU time, which are in the figures; without a limit they are above 500.
describe.each<[string, typeof openCpuLimit]>([
  ["what this machine offers", openCpuLimit],
  ["stopping and continuing", stopAndContinue],
])("%s", (_, open) => {
  test("keeps a process to its share", async () => {
    const { cpuMs } = await spin(open(0.2, 20));
    expect(cpuMs).toBeGreaterThan(0);
    expect(cpuMs).toBeLessThan(300);
  });

  test("stands still for the rest of the period that it is given", async () => {
    const limit = open(0.2, 500);
    expect(limit.kind).toMatch(/\b100(\.0)? of every 500(\.0)? ms$/);
    const { pauses } = await spin(limit, 2500);
    expect(Math.max(...pauses)).toBeGreaterThan(250);
  });
});

test("a process that was stopped goes on when it is let go", async () => {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => process.exit(7), 50)"]);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  try {
    stopAndContinue(0.01, 20).hold(child.pid ?? 0)();
    const inTime = setTimeout(() => child.kill("SIGKILL"), 20_000);
    expect(await exited).toBe(7);
    clearTimeout(inTime);
  } finally {
    child.kill("SIGKILL");
  }
});
