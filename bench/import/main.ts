import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { withBlock } from "../../scripts/marked-block";
import type { Population } from "./people";
import { ACCOUNT, DESTINATION_POOL, type Seen, SOURCE_POOL, startServer } from "./server";

const PAGE = "docs/performance.md";
const MAX_MEGABYTES = 300;
/** 30 requests per second for 60 users each. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const COGNITO_USERS_PER_SECOND = 30 * 60;

interface Measured {
  readonly seen: Seen;
  readonly seconds: number;
  readonly peakMegabytes: number;
}

async function measure(population: Population): Promise<Measured> {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-bench-import-"));
  const worker = new Worker(__filename, { workerData: population });
  try {
    const url = await new Promise<string>((resolved, rejected) => {
      worker.once("message", resolved);
      worker.once("error", rejected);
    });
    const began = performance.now();
    const status = await runImport(directory, url);
    const seconds = (performance.now() - began) / 1000;
    if (status !== 0) throw new Error(`import ended with ${status}`);
    worker.postMessage("seen");
    const seen = await new Promise<Seen>((resolved) => worker.once("message", resolved));
    return { seen, seconds, peakMegabytes: Number(readFileSync(join(directory, "peak"), "utf8")) / 1024 };
  } finally {
    await worker.terminate();
    rmSync(directory, { recursive: true, force: true });
  }
}

function runImport(directory: string, url: string): Promise<number | null> {
  const parameters = ["import", "--apply", "--requests-per-second", "1000000"];
  parameters.push("--logs-role-arn", `arn:aws:iam::${ACCOUNT}:role/import-logs`);
  const child = spawn(
    process.execPath,
    ["--require", resolve("bench/import/peak-memory.cjs"), resolve("build/cli.js"), ...parameters],
    {
      cwd: directory,
      stdio: ["ignore", "inherit", "inherit"],
      env: {
        PATH: process.env["PATH"],
        HOME: directory,
        BENCH_PEAK_FILE: join(directory, "peak"),
        AWS_ACCESS_KEY_ID: "bench",
        AWS_SECRET_ACCESS_KEY: "bench",
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
        AWS_ENDPOINT_URL: url,
        USER_POOL_NAME: "bench",
        SOURCE_USER_POOL_ID: SOURCE_POOL,
        DESTINATION_USER_POOL_ARN: `arn:aws:cognito-idp:eu-central-1:${ACCOUNT}:userpool/${DESTINATION_POOL}`,
        ATTRIBUTE_MAP: "sub=custom:source_sub,custom:tier=custom:plan",
      },
    },
  );
  return new Promise((ended) => child.once("close", ended));
}

function report({ source, migrated }: Population, { seen, seconds, peakMegabytes }: Measured): string {
  const listing = (seen.lastList - seen.firstList) / 1000;
  const rate = Math.round(seen.listed / listing);
  const number = (value: number): string => Math.round(value).toLocaleString("en-US");
  return [
    `Node.js ${process.version}, ${process.platform}, ${cpus().length} CPUs (${cpus()[0]?.model.split(" ").slice(0, 2).join(" ")}). One run.`,
    "",
    "|  |  |",
    "|---|--:|",
    `| Users at the source / at the destination already | ${number(source)} / ${number(migrated)} |`,
    `| Exported, in ${seen.uploadedRows.length} files | ${number(seen.uploadedRows.reduce((sum, rows) => sum + rows, 0))} |`,
    `| Users read and compared per second | ${number(rate)} |`,
    `| Users per second that ListUsers gives at most | ${number(COGNITO_USERS_PER_SECOND)} |`,
    `| Reading, comparing, exporting | ${number(listing)} s |`,
    `| The whole command, with uploads and the jobs' logs | ${number(seconds)} s |`,
    `| Memory of the process at most (target: below ${MAX_MEGABYTES} MB) | ${number(peakMegabytes)} MB |`,
  ].join("\n");
}

async function main(): Promise<void> {
  const { users, write } = yargs(hideBin(process.argv))
    .scriptName("npm run bench:import --")
    .usage(
      "$0 [options]\n\nMeasures the command `import` against a server on loopback. Exits with 1 when a target is missed.",
    )
    .option("users", { type: "number", default: 1_000_000, describe: "Users at the source" })
    .option("write", { type: "boolean", default: false, describe: `Put the table into ${PAGE}` })
    .strict()
    .version(false)
    .parseSync();
  const population = { source: users, migrated: Math.floor(users * 0.4) };
  const measured = await measure(population);
  const exported = measured.seen.uploadedRows.reduce((sum, rows) => sum + rows, 0);
  if (exported !== population.source - population.migrated) throw new Error(`${exported} users were exported`);
  const text = report(population, measured);
  console.log(`\n${text}`);
  if (write) writeFileSync(PAGE, withBlock(readFileSync(PAGE, "utf8"), "bench-import", text));
  const rate = (measured.seen.listed / (measured.seen.lastList - measured.seen.firstList)) * 1000;
  if (measured.peakMegabytes >= MAX_MEGABYTES || rate < COGNITO_USERS_PER_SECOND) process.exitCode = 1;
}

async function serve(): Promise<void> {
  const server = await startServer(workerData as Population);
  parentPort?.on("message", () => parentPort?.postMessage(server.seen()));
  parentPort?.postMessage(server.url);
}

void (isMainThread ? main() : serve());
