import { spawn } from "node:child_process";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { isMainThread, workerData } from "node:worker_threads";
import { CognitoIdentityProviderClient, paginateListUsers } from "@aws-sdk/client-cognito-identity-provider";
import {
  COGNITO_USERS_PER_SECOND,
  MAX_MEGABYTES,
  machine,
  wholeNumber as number,
  type Operator,
  operate,
  operatorOptions,
  serveToOperator,
  timed,
  writeReport,
} from "../operator-process";
import { DESTINATION_POOL } from "../two-pools";
import { serveStamped } from "./server";

const FLOOR = "floor";

interface Row {
  readonly seconds: number;
  readonly megabytes: number;
}

interface Result {
  readonly floor: Row;
  readonly whole: Row;
  /** Both parts together; the memory of the second. */
  readonly killed: Row;
  /** Users whom the second part listed again, or for the first time. */
  readonly listedAfterKill: number;
}

/** What no command can spare: every page, by the same SDK, and nothing is done with it. */
async function listEverybody(): Promise<void> {
  const client = new CognitoIdentityProviderClient({ region: "eu-central-1" });
  let users = 0;
  for await (const { Users = [] } of paginateListUsers({ client, pageSize: 60 }, { UserPoolId: DESTINATION_POOL }))
    users += Users.length;
  console.log(users);
}

const idmap = (out: string): readonly string[] => ["idmap", "--out", out, "--requests-per-second", "1000000"];

async function measure(users: number): Promise<Result> {
  return operate<number, Result>(__filename, users, "", async (operator) => {
    const env = { ...process.env, ...operator.environment };
    const floorRun = await timed(
      spawn(process.execPath, [__filename, FLOOR], { env, stdio: ["ignore", "pipe", "inherit"] }),
    );
    const floor = { seconds: floorRun.seconds, megabytes: operator.peakMegabytes() };
    const wholeRun = await timed(operator.start(...idmap("whole.csv")));
    const whole = { seconds: wholeRun.seconds, megabytes: operator.peakMegabytes() };
    const before = await killHalfWay(operator, users);
    const listed = await operator.seen();
    const rest = await timed(operator.start(...idmap("killed.csv")));
    const killed = { seconds: before + rest.seconds, megabytes: operator.peakMegabytes() };
    for (const file of ["whole.csv", "killed.csv"]) await expectEverybody(join(operator.directory, file), users);
    return { floor, whole, killed, listedAfterKill: (await operator.seen()) - listed };
  });
}

/** @returns after how many seconds. */
async function killHalfWay(operator: Operator<number>, users: number): Promise<number> {
  const listed = await operator.seen();
  const began = performance.now();
  const child = operator.start(...idmap("killed.csv"));
  while ((await operator.seen()) - listed < users / 2) await wait(20);
  child.kill("SIGKILL");
  await once(child, "close");
  return (performance.now() - began) / 1000;
}

/** @throws when anybody is missing, is there twice, or stands beside somebody else. */
async function expectEverybody(file: string, users: number): Promise<void> {
  const there = new Uint8Array(users);
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const [, old, hex] = /^old-(\d+),([0-9a-f]{8})-/.exec(line) ?? [];
    if (old === undefined || hex === undefined) continue;
    if (Number.parseInt(hex, 16) - 0x4000_0000 !== Number(old)) throw new Error(`${file}: ${line}`);
    there[Number(old)] = (there[Number(old)] ?? 0) + 1;
  }
  const wrong = there.findIndex((count) => count !== 1);
  if (wrong !== -1) throw new Error(`${file} has user ${wrong} ${there[wrong]} times`);
}

function report(users: number, { floor, whole, killed, listedAfterKill }: Result): string {
  const row = (name: string, { seconds, megabytes }: Row): string =>
    `| ${name} | ${number(seconds)} s | ${(seconds / floor.seconds).toFixed(2)} x | ${number(megabytes)} MB | ${(megabytes / floor.megabytes).toFixed(2)} x |`;
  return [
    `${machine()} ${number(users)} users, each with a stamp. One run.`,
    "",
    "|  | Time | to the floor | Memory at most | to the floor |",
    "|---|--:|--:|--:|--:|",
    row("Floor: every page of ListUsers, by the same SDK", floor),
    row("`idmap`", whole),
    row("`idmap`, killed half-way and gone on with", killed),
    "",
    `Users per second: ${number(users / whole.seconds)}; ListUsers gives ${number(COGNITO_USERS_PER_SECOND)} at most. After the kill ${number(listedAfterKill)} users were listed. ` +
      `Target: below ${MAX_MEGABYTES} MB.`,
  ].join("\n");
}

async function main(): Promise<void> {
  const { users, write } = operatorOptions("idmap", "Users at the destination");
  const result = await measure(users);
  const text = report(users, result);
  console.log(text);
  if (write) writeReport("idmap", text);
  const peak = Math.max(result.whole.megabytes, result.killed.megabytes);
  if (peak >= MAX_MEGABYTES || users / result.whole.seconds < COGNITO_USERS_PER_SECOND) process.exitCode = 1;
}

if (!isMainThread) void serveToOperator(serveStamped(workerData as number));
else void (process.argv[2] === FLOOR ? listEverybody() : main());
