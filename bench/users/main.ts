import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { ACCOUNT, DESTINATION_POOL, SOURCE_POOL, serveUsers } from "./two-million-users";

/** Users in each pool. */
const USERS = Number(process.argv[2] ?? 1_000_000);
const MAX_MEGABYTES = 300;
/** 30 requests a second for 60 users each. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
const COGNITO_USERS_PER_SECOND = 1800;

/** Runs `status` on two pools and fails when it takes more memory than it may, or reads more slowly than Cognito lists. */
async function main(): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-bench-users-"));
  const worker = new Worker(__filename, { workerData: USERS });
  try {
    const url = await new Promise<string>((resolved) => worker.once("message", resolved));
    const began = performance.now();
    const { users } = JSON.parse(await statusOf(directory, url)) as { users: Record<string, number> };
    const seconds = (performance.now() - began) / 1000;
    const megabytes = Number(readFileSync(join(directory, "peak"), "utf8")) / 1024;
    const perSecond = (2 * USERS) / seconds;
    if (users["sourceUsers"] !== USERS || users["migrated"] !== USERS / 2)
      throw new Error(`status counted ${JSON.stringify(users)}`);
    const text = (value: number): string => Math.round(value).toLocaleString("en-US");
    console.log(`${text(USERS)} users in each pool, half of the source migrated: ${text(seconds)} s`);
    console.log(`${text(perSecond)} users a second (Cognito lists ${text(COGNITO_USERS_PER_SECOND)} at most)`);
    console.log(`${text(megabytes)} MB at most (target: below ${MAX_MEGABYTES} MB)`);
    if (megabytes >= MAX_MEGABYTES || perSecond < COGNITO_USERS_PER_SECOND) process.exitCode = 1;
  } finally {
    await worker.terminate();
    rmSync(directory, { recursive: true, force: true });
  }
}

function statusOf(directory: string, url: string): Promise<string> {
  const parameters = ["--require", resolve("bench/users/peak-memory.cjs"), resolve("build/cli.js"), "status", "--json"];
  const child = spawn(process.execPath, parameters, {
    cwd: directory,
    stdio: ["ignore", "pipe", "inherit"],
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
      ATTRIBUTE_MAP: "sub=custom:source_sub",
    },
  });
  let stdout = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  return new Promise((ended, failed) =>
    child.once("close", (status) => (status === 0 ? ended(stdout) : failed(new Error(`status ended with ${status}`)))),
  );
}

async function serve(): Promise<void> {
  parentPort?.postMessage(await serveUsers(workerData as number));
}

void (isMainThread ? main() : serve());
