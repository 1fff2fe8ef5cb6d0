import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { parentPort, Worker } from "node:worker_threads";
import { spawnCli } from "../../sandbox/demo/spawn-cli";
import { ACCOUNT, DESTINATION_POOL, SOURCE_POOL } from "./two-pools";

/** Below this an operator's command stays, however many users there are. */
export const MAX_MEGABYTES = 300;

/** 30 requests per second for 60 users each. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
export const COGNITO_USERS_PER_SECOND: number = 30 * 60;

export const wholeNumber = (value: number): string => Math.round(value).toLocaleString("en-US");

/** An AWS for a command, and what it has seen of it. */
export interface Served<Seen = unknown> {
  readonly url: string;
  seen?(): Seen;
}

export interface Measured<Seen> {
  readonly stdout: string;
  readonly seconds: number;
  readonly peakMegabytes: number;
  readonly seen: Seen;
}

/**
 * Runs one of the operator's commands, as built, against an AWS in a thread of its own.
 *
 * @param file The program that calls {@link serveToOperator} in that thread.
 * @param data Its `workerData`.
 * @throws when the command does not end with 0.
 */
export async function measureOperator<Seen>(
  file: string,
  data: unknown,
  parameters: readonly string[],
  attributeMap: string,
): Promise<Measured<Seen>> {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-bench-"));
  const worker = new Worker(file, { workerData: data });
  try {
    const [url] = await once(worker, "message");
    const began = performance.now();
    const run = await runOperator(directory, url, parameters, attributeMap);
    const seconds = (performance.now() - began) / 1000;
    worker.postMessage("seen");
    const [seen] = await once(worker, "message");
    return { ...run, seconds, seen };
  } finally {
    await worker.terminate();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Tells the thread that measures where this AWS is, and what it has seen whenever it is asked. */
export async function serveToOperator(starting: Promise<Served>): Promise<void> {
  const { url, seen } = await starting;
  parentPort?.on("message", () => parentPort?.postMessage(seen?.()));
  parentPort?.postMessage(url);
}

async function runOperator(
  directory: string,
  url: string,
  parameters: readonly string[],
  attributeMap: string,
): Promise<Pick<Measured<unknown>, "stdout" | "peakMegabytes">> {
  const peakFile = join(directory, "peak");
  writeFileSync(join(directory, "cdktf.json"), "{}");
  const environment = {
    NODE_OPTIONS: `--require ${JSON.stringify(resolve("dev/bench/peak-memory.cjs"))}`,
    BENCH_PEAK_FILE: peakFile,
    AWS_ACCESS_KEY_ID: "bench",
    AWS_SECRET_ACCESS_KEY: "bench",
    AWS_ENDPOINT_URL: url,
    USER_POOL_NAME: "bench",
    SOURCE_USER_POOL_ID: SOURCE_POOL,
    DESTINATION_USER_POOL_ARN: `arn:aws:cognito-idp:eu-central-1:${ACCOUNT}:userpool/${DESTINATION_POOL}`,
    ATTRIBUTE_MAP: attributeMap,
  };
  const child = spawnCli({ root: resolve("."), directory, environment, parameters }, ["ignore", "pipe", "inherit"]);
  const [stdout, [status]] = await Promise.all([child.stdout === null ? "" : text(child.stdout), once(child, "close")]);
  if (status !== 0) throw new Error(`${parameters[0]} ended with ${status}`);
  return { stdout, peakMegabytes: Number(readFileSync(peakFile, "utf8")) / 1024 };
}
