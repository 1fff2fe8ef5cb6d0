import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { spawnCli } from "../../sandbox/demo/spawn-cli";
import { ACCOUNT, DESTINATION_POOL, SOURCE_POOL } from "./two-pools";

/** Below this an operator's command stays, however many users there are. */
export const MAX_MEGABYTES = 300;

/** 30 requests per second for 60 users each. https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html */
export const COGNITO_USERS_PER_SECOND: number = 30 * 60;

export interface OperatorRun {
  readonly stdout: string;
  readonly peakMegabytes: number;
}

/**
 * Runs one of the operator's commands, as built, against AWS at `url`.
 *
 * @param directory Where it runs, and leaves what it leaves.
 * @throws when it does not end with 0.
 */
export function runOperator(
  directory: string,
  url: string,
  parameters: readonly string[],
  attributeMap: string,
): Promise<OperatorRun> {
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
  let stdout = "";
  child.stdout?.on("data", (chunk) => {
    stdout += chunk;
  });
  return new Promise((ended, failed) =>
    child.once("close", (status) =>
      status === 0
        ? ended({ stdout, peakMegabytes: Number(readFileSync(peakFile, "utf8")) / 1024 })
        : failed(new Error(`${parameters[0]} ended with ${status}`)),
    ),
  );
}
