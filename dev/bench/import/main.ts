import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { withBlock } from "../../../sandbox/demo/marked-block";
import { COGNITO_USERS_PER_SECOND, MAX_MEGABYTES, runOperator } from "../operator-process";
import { ACCOUNT } from "../two-pools";
import type { Population } from "./people";
import { type Seen, startServer } from "./server";

const PAGE = "docs/performance.md";
const PARAMETERS = [
  ...["import", "--apply", "--requests-per-second", "1000000"],
  ...["--logs-role-arn", `arn:aws:iam::${ACCOUNT}:role/import-logs`],
];
const ATTRIBUTE_MAP = "sub=custom:source_sub,custom:tier=custom:plan";

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
    const { stdout, peakMegabytes } = await runOperator(directory, url, PARAMETERS, ATTRIBUTE_MAP);
    const seconds = (performance.now() - began) / 1000;
    process.stdout.write(stdout);
    worker.postMessage("seen");
    const seen = await new Promise<Seen>((resolved) => worker.once("message", resolved));
    return { seen, seconds, peakMegabytes };
  } finally {
    await worker.terminate();
    rmSync(directory, { recursive: true, force: true });
  }
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
    .scriptName("npm run bench -- import")
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
