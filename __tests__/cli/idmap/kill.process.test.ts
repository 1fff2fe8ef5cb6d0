import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parse } from "csv-parse/sync";
import type { SeedUser } from "../../../sandbox/aws/user-pool/seed";
import { KILL_SEED, randomFrom } from "../../support/kills";
import { minted, STAMP_ATTRIBUTE, STAMPED_AT, stampingFunction } from "../../support/minted";
import { openTwoPools, type TwoPools } from "../../support/operator-without-stacks";

const KILLS = 12;
const USERS = 3000;
const COMMAND = ["idmap", "--out", "ids.csv", "--not-migrated", "--requests-per-second", "1000"];

let pools: TwoPools;
afterEach(() => pools.close());

const came = (number: number, old = number): SeedUser => ({
  username: `new-${number}`,
  created: STAMPED_AT,
  attributes: {
    sub: `new-${number}`,
    email: `${number}@example.com`,
    email_verified: "true",
    [STAMP_ATTRIBUTE]: minted(`email verified ${number}@example.com`, { sourceSub: `old-${old}` }),
  },
});

test(`killed ${KILLS} times, the map has everybody once, and no half of it ever had its name (KILL_SEED=${KILL_SEED})`, async () => {
  const random = randomFrom(KILL_SEED);
  const migrated = USERS / 2;
  pools = await openTwoPools({
    source: {
      users: Array.from({ length: USERS }, (_, number) => ({
        username: `old-${number}`,
        attributes: { sub: `old-${number}`, email: `${number}@example.com` },
      })),
    },
    // The last one claims to have been the first.
    destination: {
      customAttributes: ["migration"],
      users: [...Array.from({ length: migrated }, (_, number) => came(number)), came(USERS, 0)],
    },
  });
  pools.functions.set("cognito_migration_sandbox", stampingFunction);
  const file = (name: string): string => join(pools.directory, name);
  const rows = (name: string): string[] =>
    parse(readFileSync(file(name), "utf8"))
      .slice(1)
      .map(([old, to, , how]: string[]) => `${old} ${to} ${how}`);
  const duplicates = ["old-0 new-0 proven", `old-0 new-${USERS} proven`];
  const everybody = Array.from({ length: USERS - 1 }, (_, at) =>
    at + 1 < migrated ? `old-${at + 1} new-${at + 1} proven` : `old-${at + 1}  not_migrated`,
  );
  const expectWhole = (): void => {
    expect(rows("ids.csv").sort()).toEqual([...everybody].sort());
    expect(rows("ids.duplicates.csv")).toEqual(duplicates);
  };
  let goneOn = 0;
  for (let killed = 0; killed < KILLS; ) {
    const atCall = pools.faults.calls("ListUsers") + 1 + random(30);
    const { child, ended } = pools.start(...COMMAND);
    let isOver = false;
    void ended.then(() => {
      isOver = true;
    });
    while (!isOver && pools.faults.calls("ListUsers") < atCall) await wait(1);
    child.kill("SIGKILL");
    const { status, stderr } = await ended;
    if (stderr.includes("Going on with")) goneOn += 1;
    if (status === null) killed += 1;
    if (existsSync(file("ids.duplicates.csv"))) expect(rows("ids.duplicates.csv")).toEqual(duplicates);
    if (!existsSync(file("ids.csv"))) continue;
    expectWhole();
    for (const name of readdirSync(pools.directory).filter((one) => one.startsWith("ids."))) rmSync(file(name));
  }
  expect(goneOn).toBeGreaterThan(KILLS / 4);
  expect(await pools.run(...COMMAND)).toMatchObject({ status: 1 });
  expectWhole();
  const left = readdirSync(pools.directory).filter((name) => name.startsWith("ids."));
  expect(left.sort()).toEqual(["ids.csv", "ids.duplicates.csv"]);
}, 300_000);
