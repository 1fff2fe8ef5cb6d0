import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificates } from "./certificates";
import { openCpuLimit, shareOf } from "./cpu-share";
import type { Bench } from "./function-process";
import { measureCold, measureHeap, measureWarm } from "./measure";
import { median, quantile } from "./statistics";
import { baseline, packagedHandler, unpack } from "./variants";

const root = process.cwd();
const directory = mkdtempSync(join(tmpdir(), "cognito-migration-bench-"));
process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));

const option = (name: string): string | undefined =>
  process.argv.find((text) => text.startsWith(`--${name}=`))?.slice(name.length + 3);

async function run(): Promise<void> {
  const home = join(directory, "home");
  mkdirSync(home);
  const certificates = await makeCertificates(directory);
  const bench: Bench = { root, home, node: process.env["BENCH_NODE"] ?? process.execPath, certificates };
  const zip = option("handler-zip");
  const all = ["handler", ...(zip ? ["handler-zip"] : []), "naive", "everyday", "floor"];
  const names = option("variants")?.split(",") ?? all;
  const variants = names.map((name) =>
    name === "handler"
      ? packagedHandler(root, directory)
      : name === "handler-zip"
        ? unpack(name, zip ?? "", directory)
        : baseline(name, root, directory),
  );
  for (const { name, bundleBytes, zipBytes } of variants)
    console.log(name.padEnd(12), `bundle ${bundleBytes} zip ${zipBytes}`);
  const rounds = Number(option("rounds") ?? 20);
  const limit = openCpuLimit(shareOf(256));
  const only = (option("only") ?? "cold,birth,init,warm,heap").split(",");
  console.log(limit.kind);
  const show = (title: string, cold: Awaited<ReturnType<typeof measureCold>>): void => {
    console.log(title);
    for (const [name, rows] of Object.entries(cold)) {
      const m = (pick: (row: (typeof rows)[number]) => number): string => median(rows.map(pick)).toFixed(1).padStart(7);
      console.log(
        name.padEnd(12),
        `loaded ${m((r) => r.loadedMs)} first answer ${m((r) => r.firstAnswerMs)} invocation ${m((r) => r.firstInvocationMs)}`,
        `cpu boot ${m((r) => r.bootCpuMs)} load ${m((r) => r.loadCpuMs)} invocation ${m((r) => r.firstInvocationCpuMs)}`,
        JSON.stringify(rows[0]?.init),
        JSON.stringify(rows[0]?.counts),
      );
    }
  };
  if (only.includes("cold")) show("cold", await measureCold(bench, variants, { rounds, rttMs: 40 }));
  if (only.includes("birth"))
    show(
      "throttled from birth",
      await measureCold(bench, variants, { rounds, rttMs: 2, cpu: { limit, from: "birth" } }),
    );
  if (only.includes("init"))
    show(
      "throttled after INIT",
      await measureCold(bench, variants, { rounds, rttMs: 2, cpu: { limit, from: "first invocation" } }),
    );
  if (only.includes("warm")) {
    const warm = await measureWarm(bench, variants, {
      warmUp: 20,
      invocations: Number(option("invocations") ?? 200),
      rttMs: 40,
    });
    for (const [name, w] of Object.entries(warm))
      console.log(
        name.padEnd(12),
        `p50 ${median(w.latenciesMs).toFixed(1)} p95 ${quantile(w.latenciesMs, 0.95).toFixed(1)} cpu ${w.cpuMsPerInvocation.toFixed(2)}`,
        JSON.stringify(w.counts),
        `rss ${(w.rssBytes / 2 ** 20).toFixed(1)} heap ${(w.heapBytes / 2 ** 20).toFixed(1)} MiB`,
      );
  }
  if (only.includes("heap"))
    for (const variant of variants.filter(({ name }) => name.startsWith("handler"))) {
      const heap = await measureHeap(bench, variant, { thousands: 10, perStep: 1000 });
      console.log(variant.name, heap.map((bytes) => (bytes / 2 ** 20).toFixed(2)).join(" "));
    }
  limit.close();
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
