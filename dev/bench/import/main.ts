import { isMainThread, workerData } from "node:worker_threads";
import {
  COGNITO_USERS_PER_SECOND,
  MAX_MEGABYTES,
  type Measured,
  machine,
  measureOperator,
  wholeNumber as number,
  operatorOptions,
  serveToOperator,
  writeReport,
} from "../operator-process";
import { ACCOUNT } from "../two-pools";
import { type Population, type Seen, startServer } from "./server";

const PARAMETERS = [
  ...["import", "--apply", "--requests-per-second", "1000000"],
  ...["--logs-role-arn", `arn:aws:iam::${ACCOUNT}:role/import-logs`],
];
const ATTRIBUTE_MAP = "sub=custom:source_sub,custom:tier=custom:plan";

const secondsOfListing = ({ firstList, lastList }: Seen): number => (lastList - firstList) / 1000;

function report({ source, migrated }: Population, { seen, seconds, peakMegabytes }: Measured<Seen>): string {
  const listing = secondsOfListing(seen);
  return [
    `${machine()} One run.`,
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
  const { users, write } = operatorOptions("import", "Users at the source");
  const population = { source: users, migrated: Math.floor(users * 0.4) };
  const measured = await measureOperator<Seen>(__filename, population, PARAMETERS, ATTRIBUTE_MAP);
  process.stdout.write(measured.stdout);
  const exported = measured.seen.uploadedRows.reduce((sum, rows) => sum + rows, 0);
  if (exported !== population.source - population.migrated) throw new Error(`${exported} users were exported`);
  const text = report(population, measured);
  console.log(`\n${text}`);
  if (write) writeReport("import", text);
  const rate = measured.seen.listed / secondsOfListing(measured.seen);
  if (measured.peakMegabytes >= MAX_MEGABYTES || rate < COGNITO_USERS_PER_SECOND) process.exitCode = 1;
}

void (isMainThread ? main() : serveToOperator(startServer(workerData as Population)));
