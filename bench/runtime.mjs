// Loads a function the way Lambda does and invokes it as often as it is told to, one event at a time. The environment of this
// process is the function's own. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Milliseconds of a clock that all processes of a machine share. */
const nowMs = () => Number(process.hrtime.bigint()) / 1e6;
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

process.on("disconnect", () => process.exit());

const startedMs = nowMs();
const startedCpuMs = cpuMs();
const [file, name] = process.env.LAMBDA_HANDLER.split(".");
const path = join(process.env.LAMBDA_TASK_ROOT, file);
const { [name]: handler } = existsSync(`${path}.js`)
  ? createRequire(import.meta.url)(`${path}.js`)
  : await import(pathToFileURL(`${path}.mjs`).href);
const loadedMs = nowMs();
const loadedCpuMs = cpuMs();

async function invoke(event, number) {
  const deadlineMs = performance.now() + 5000;
  return handler(JSON.parse(event), {
    awsRequestId: `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - performance.now()),
  });
}

let number = 0;
process.on("message", async ({ event, times }) => {
  try {
    const latenciesMs = [];
    let answer;
    const beforeCpuMs = cpuMs();
    for (let i = 0; i < times; i++) {
      const before = nowMs();
      answer = await invoke(event, number++);
      latenciesMs.push(nowMs() - before);
    }
    const answeredMs = nowMs();
    const usedCpuMs = cpuMs() - beforeCpuMs;
    globalThis.gc?.();
    globalThis.gc?.();
    const { rss, heapUsed } = process.memoryUsage();
    process.send({ answer, latenciesMs, answeredMs, cpuMs: usedCpuMs, rssBytes: rss, heapBytes: heapUsed });
  } catch (error) {
    process.send({ error: error.stack ?? String(error) });
  }
});
process.send({ loaded: true, startedMs, startedCpuMs, loadedMs, loadCpuMs: loadedCpuMs - startedCpuMs });
