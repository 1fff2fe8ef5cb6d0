// Loads a function the way Lambda does and invokes it as often as it is told to, one event at a time. The environment of this
// process is the function's own. https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
import { existsSync } from "node:fs";
import { createRequire, syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Milliseconds of a clock that all processes of a machine share. */
const nowMs = () => Number(process.hrtime.bigint()) / 1e6;
const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** In the order of Lambda's own runtime. https://github.com/aws/aws-lambda-nodejs-runtime-interface-client, UserFunction.js */
function load(path) {
  const require = createRequire(import.meta.url);
  if (existsSync(`${path}.js`)) return require(`${path}.js`);
  if (existsSync(`${path}.mjs`)) return import(pathToFileURL(`${path}.mjs`).href);
  return require(`${path}.cjs`);
}

/** Slows the clock that the function sees, so that its time-outs hold on a slow machine. What is measured here is real time. */
function dilate(scale) {
  // Node.js loads `performance` at its first use. Loaded here, it would be missing from the first invocation of a function that
  // has no use for it while it loads, such as the floor.
  const lazy = Object.getOwnPropertyDescriptor(globalThis, "performance");
  Object.defineProperty(globalThis, "performance", {
    ...lazy,
    get() {
      const loaded = lazy.get.call(globalThis);
      Object.defineProperty(globalThis, "performance", { value: loaded, configurable: true, writable: true });
      const { now } = loaded;
      loaded.now = () => now.call(loaded) / scale;
      return loaded;
    },
  });
  const later = (wait, at) =>
    new Proxy(wait, {
      apply: (target, self, given) => {
        const values = [...given];
        values[at] = Math.round((values[at] ?? 0) * scale);
        return Reflect.apply(target, self, values);
      },
    });
  globalThis.setTimeout = later(setTimeout, 1);
  AbortSignal.timeout = later(AbortSignal.timeout, 0);
  const promises = process.getBuiltinModule("node:timers/promises");
  promises.setTimeout = later(promises.setTimeout, 0);
  syncBuiltinESMExports();
}

process.on("disconnect", () => process.exit());

const timeScale = Number(process.argv[2]);
if (timeScale !== 1) dilate(timeScale);

const startedMs = nowMs();
const bootCpuMs = cpuMs();
const [file, name] = process.env.LAMBDA_HANDLER.split(".");
const { [name]: handler } = await load(join(process.env.LAMBDA_TASK_ROOT, file));
const loadedMs = nowMs();
const loadCpuMs = cpuMs() - bootCpuMs;

let number = 0;
function invoke(event) {
  const deadlineMs = performance.now() + 5000;
  return handler(JSON.parse(event), {
    awsRequestId: `00000000-0000-4000-8000-${String(number++).padStart(12, "0")}`,
    functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
    getRemainingTimeInMillis: () => Math.max(0, deadlineMs - performance.now()),
  });
}

async function run({ event, times, settleMs }) {
  const latenciesMs = [];
  let answer;
  const cpuBeforeMs = cpuMs();
  for (let i = 0; i < times; i++) {
    const beforeMs = nowMs();
    answer = await invoke(event);
    latenciesMs.push(nowMs() - beforeMs);
  }
  const answeredMs = nowMs();
  const usedCpuMs = cpuMs() - cpuBeforeMs;
  if (settleMs !== undefined) {
    await new Promise((resolve) => setTimeout(resolve, settleMs));
    globalThis.gc();
  }
  const { rss: rssBytes, heapUsed: heapBytes } = process.memoryUsage();
  return { answer, latenciesMs, answeredMs, cpuMs: usedCpuMs, rssBytes, heapBytes };
}

process.on("message", (order) => {
  run(order).then(
    (result) => process.send(result),
    (error) => process.send({ error: error.stack ?? String(error) }),
  );
});
process.send({ startedMs, loadedMs, bootCpuMs, loadCpuMs });
