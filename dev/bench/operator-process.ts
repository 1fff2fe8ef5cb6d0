import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { text } from "node:stream/consumers";
import { parentPort, Worker } from "node:worker_threads";
import yargs from "yargs";
import { hideBin } from "yargs/helpers";
import { withBlock } from "../../sandbox/demo/marked-block";
import { spawnCli } from "../../sandbox/demo/spawn-cli";
import { ACCOUNT, DESTINATION_POOL, SOURCE_POOL } from "./two-pools";

const PAGE = "docs/performance.md";

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

/** An operator in a folder of the own, whose AWS is a server in a thread. */
export interface Operator<Seen> {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  /** Starts a command, as built. It writes how much memory it had at its end, unless it is killed. */
  start(...parameters: readonly string[]): ChildProcess;
  /** What the AWS has seen until now. */
  seen(): Promise<Seen>;
  peakMegabytes(): number;
}

/**
 * @param file The program that calls {@link serveToOperator} in that thread.
 * @param data Its `workerData`.
 */
export async function operate<Seen, T>(
  file: string,
  data: unknown,
  attributeMap: string,
  act: (operator: Operator<Seen>) => Promise<T>,
): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), "cognito-migration-bench-"));
  const worker = new Worker(file, { workerData: data });
  try {
    const [url] = await once(worker, "message");
    writeFileSync(join(directory, "cdktf.json"), "{}");
    const peakFile = join(directory, "peak");
    const environment = environmentOf(url, peakFile, attributeMap);
    return await act({
      directory,
      environment,
      start: (...parameters) =>
        spawnCli({ root: resolve("."), directory, environment, parameters }, ["ignore", "pipe", "inherit"]),
      seen: async () => {
        worker.postMessage("seen");
        const [seen] = await once(worker, "message");
        return seen;
      },
      peakMegabytes: () => Number(readFileSync(peakFile, "utf8")) / 1024,
    });
  } finally {
    await worker.terminate();
    rmSync(directory, { recursive: true, force: true });
  }
}

/** What it prints, how long it takes. @throws when the child does not end with 0. */
export async function timed(child: ChildProcess): Promise<{ readonly stdout: string; readonly seconds: number }> {
  const began = performance.now();
  const [stdout, [status]] = await Promise.all([child.stdout === null ? "" : text(child.stdout), once(child, "close")]);
  if (status !== 0) throw new Error(`${child.spawnargs.join(" ")} ended with ${status}`);
  return { stdout, seconds: (performance.now() - began) / 1000 };
}

/**
 * Runs one of the operator's commands, as built, against an AWS in a thread of its own: {@link operate}.
 *
 * @throws when the command does not end with 0.
 */
export function measureOperator<Seen>(
  file: string,
  data: unknown,
  parameters: readonly string[],
  attributeMap: string,
): Promise<Measured<Seen>> {
  return operate<Seen, Measured<Seen>>(file, data, attributeMap, async (operator) => {
    const run = await timed(operator.start(...parameters));
    return { ...run, peakMegabytes: operator.peakMegabytes(), seen: await operator.seen() };
  });
}

/** The machine of a run, as its report begins. */
export const machine = (): string =>
  `Node.js ${process.version}, ${process.platform}, ${cpus().length} CPUs (${cpus()[0]?.model.split(" ").slice(0, 2).join(" ")}).`;

/** What `npm run bench -- NAME` takes: how many users, and whether its report goes into the page. */
export const operatorOptions = (name: string, users: string) =>
  yargs(hideBin(process.argv))
    .scriptName(`npm run bench -- ${name}`)
    .usage(
      `$0 [options]\n\nMeasures the command \`${name}\` against a server on loopback. Exits with 1 when a target is missed.`,
    )
    .option("users", { type: "number", default: 1_000_000, describe: users })
    .option("write", { type: "boolean", default: false, describe: `Put the table into ${PAGE}` })
    .strict()
    .version(false)
    .parseSync();

/** Puts the report of a bench into the page. */
export const writeReport = (name: string, text: string): void =>
  writeFileSync(PAGE, withBlock(readFileSync(PAGE, "utf8"), `bench-${name}`, text));

/** Tells the thread that measures where this AWS is, and what it has seen whenever it is asked. */
export async function serveToOperator(starting: Promise<Served>): Promise<void> {
  const { url, seen } = await starting;
  parentPort?.on("message", () => parentPort?.postMessage(seen?.()));
  parentPort?.postMessage(url);
}

const environmentOf = (url: string, peakFile: string, attributeMap: string): Record<string, string> => ({
  NODE_OPTIONS: `--require ${JSON.stringify(resolve("dev/bench/peak-memory.cjs"))}`,
  BENCH_PEAK_FILE: peakFile,
  AWS_ACCESS_KEY_ID: "bench",
  AWS_SECRET_ACCESS_KEY: "bench",
  AWS_ENDPOINT_URL: url,
  USER_POOL_NAME: "bench",
  SOURCE_USER_POOL_ID: SOURCE_POOL,
  DESTINATION_USER_POOL_ARN: `arn:aws:cognito-idp:eu-central-1:${ACCOUNT}:userpool/${DESTINATION_POOL}`,
  ATTRIBUTE_MAP: attributeMap,
});
