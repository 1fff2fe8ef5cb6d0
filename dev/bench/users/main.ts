import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { COGNITO_USERS_PER_SECOND, MAX_MEGABYTES, runOperator } from "../operator-process";
import { serveUsers } from "./two-million-users";

/** Users in each pool. */
const USERS = Number(process.argv[2] ?? 1_000_000);

/** Runs `status` on two pools and fails when it takes more memory than it may, or reads more slowly than Cognito lists. */
async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-bench-users-"));
  const worker = new Worker(__filename, { workerData: USERS });
  try {
    const url = await new Promise<string>((resolved) => worker.once("message", resolved));
    const began = performance.now();
    const { stdout, peakMegabytes } = await runOperator(directory, url, ["status", "--json"], "sub=custom:source_sub");
    const seconds = (performance.now() - began) / 1000;
    const { users } = JSON.parse(stdout) as { users: Record<string, number> };
    const perSecond = (2 * USERS) / seconds;
    if (users["sourceUsers"] !== USERS || users["migrated"] !== USERS / 2)
      throw new Error(`status counted ${JSON.stringify(users)}`);
    const text = (value: number): string => Math.round(value).toLocaleString("en-US");
    console.log(`${text(USERS)} users in each pool, half of the source migrated: ${text(seconds)} s`);
    console.log(`${text(perSecond)} users a second (Cognito lists ${text(COGNITO_USERS_PER_SECOND)} at most)`);
    console.log(`${text(peakMegabytes)} MB at most (target: below ${MAX_MEGABYTES} MB)`);
    if (peakMegabytes >= MAX_MEGABYTES || perSecond < COGNITO_USERS_PER_SECOND) process.exitCode = 1;
  } finally {
    await worker.terminate();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function serve(): Promise<void> {
  const { url } = await serveUsers(workerData as number);
  parentPort?.postMessage(url);
}

void (isMainThread ? main() : serve());
