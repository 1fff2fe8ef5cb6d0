import { spawn } from "node:child_process";
import { type CpuLimit, openCpuLimit, shareOf, stopAndContinue } from "../../../dev/bench/cpu-share";

/** Spins for half a second of wall time, and prints how many milliseconds of CPU it got. */
const SPIN =
  "const end = Date.now() + 500; while (Date.now() < end); const { user, system } = process.cpuUsage(); console.log((user + system) / 1000);";

async function cpuMs(limit: CpuLimit): Promise<number> {
  const [program = "", ...parameters] = [...limit.prefix, process.execPath, "-e", SPIN];
  const child = spawn(program, parameters, { stdio: ["ignore", "pipe", "inherit"] });
  const letGo = limit.hold(child.pid ?? 0);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  await new Promise((resolve) => child.once("close", resolve));
  letGo();
  limit.close();
  return Number(output);
}

test("a vCPU is 1769 MB", () => {
  expect(shareOf(1769)).toBe(1);
  expect(shareOf(256)).toBeCloseTo(0.145, 3);
});

// Starting Node.js takes some 50 ms of CPU time, which are in the figures; without a limit they are above 500.
test.each<[string, (share: number) => CpuLimit]>([
  ["what this machine offers", openCpuLimit],
  ["stopping and continuing", stopAndContinue],
])("%s keeps a process to its share", async (_, open) => {
  const used = await cpuMs(open(0.2));
  expect(used).toBeGreaterThan(0);
  expect(used).toBeLessThan(300);
});

test("a process that was stopped goes on when it is let go", async () => {
  const child = spawn(process.execPath, ["-e", "setTimeout(() => process.exit(7), 50)"]);
  const exited = new Promise((resolve) => child.once("exit", resolve));
  try {
    stopAndContinue(0.01).hold(child.pid ?? 0)();
    const inTime = setTimeout(() => child.kill("SIGKILL"), 20_000);
    expect(await exited).toBe(7);
    clearTimeout(inTime);
  } finally {
    child.kill("SIGKILL");
  }
});
