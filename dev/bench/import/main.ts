import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { isMainThread, workerData } from "node:worker_threads";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { withBlock } from "../../../sandbox/demo/marked-block";
import {
  COGNITO_USERS_PER_SECOND,
  MAX_MEGABYTES,
  type Measured,
  measureOperator,
  wholeNumber as number,
  serveToOperator,
} from "../operator-process";
import { ACCOUNT } from "../two-pools";
import { type Population, type Seen, startServer } from "./server";

const PAGE = "docs/performance.md";
const PARAMETERS = [
  ...["import", "--apply", "--requests-per-second", "1000000"],
  ...["--logs-role-arn", `arn:aws:iam::${ACCOUNT}:role/import-logs`],
];
const ATTRIBUTE_MAP = "sub=custom:source_sub,custom:tier=custom:plan";

const secondsOfListing = ({ firstList, lastList }: Seen): number => (lastList - firstList) / 1000;

function report({ source, migrated }: Population, { seen, seconds, peakMegabytes }: Measured<Seen>): string {
  const listing = secondsOfListing(seen);
  return [
    `Node.js ${process.version}, ${process.platform}, ${cpus().length} CPUs (${cpus()[0]?.model.split(" ").slice(0, 2).join(" ")}). One run.`,
    "",
    "|  |  |",
    "|---|--:|",
    `| Users at the source / at the destination already | ${number(source)} / ${number(migrated)} |`,
    `| Exported, in ${seen.uploadedRows.length} files | ${number(seen.uploadedRows.reduce((sum, rows) => sum + rows, 0))} |`,
    `| Users read and compared per second | ${number(seen.listed / listing)} |`,
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
  const measured = await measureOperator<Seen>(__filename, population, PARAMETERS, ATTRIBUTE_MAP);
  process.stdout.write(measured.stdout);
  const exported = measured.seen.uploadedRows.reduce((sum, rows) => sum + rows, 0);
  if (exported !== population.source - population.migrated) throw new Error(`${exported} users were exported`);
  const text = report(population, measured);
  console.log(`\n${text}`);
  if (write) writeFileSync(PAGE, withBlock(readFileSync(PAGE, "utf8"), "bench-import", text));
  const rate = measured.seen.listed / secondsOfListing(measured.seen);
  if (measured.peakMegabytes >= MAX_MEGABYTES || rate < COGNITO_USERS_PER_SECOND) process.exitCode = 1;
}

void (isMainThread ? main() : serveToOperator(startServer(workerData as Population)));
