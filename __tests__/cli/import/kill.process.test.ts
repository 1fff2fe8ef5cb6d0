import { setTimeout as wait } from "node:timers/promises";
import { KILL_SEED, randomFrom } from "../../support/kills";
import { openTwoPools, type TwoPools } from "../../support/operator-without-stacks";

const KILLS = 50;
const APPLY = [
  "import",
  "--apply",
  "--drop-mfa",
  "--logs-role-arn",
  "arn:aws:iam::222222222222:role/cognito-import-logs",
  "--requests-per-second",
  "1000",
  "--rows-per-job",
  "40",
];

let pools: TwoPools;
afterEach(() => pools.close());

test(`an import that is killed ${KILLS} times loses nobody and imports nobody twice (KILL_SEED=${KILL_SEED})`, async () => {
  const random = randomFrom(KILL_SEED);
  pools = await openTwoPools({ source: { settings: { MfaConfiguration: "OFF" } } });
  const { source, destination, actions } = pools;
  const everybody: string[] = [];
  const newcomers = (): void => {
    for (let number = 0; number < 110; number += 1) {
      const name = `user-${everybody.length}`;
      everybody.push(`${name}@example.com`);
      source.users.add({
        username: `sub-${name}`,
        attributes: { sub: `sub-${name}`, email: `${name}@example.com`, email_verified: "true" },
        password: undefined,
        status: "CONFIRMED",
        enabled: true,
        mfa: [],
        created: new Date(),
        modified: new Date(),
      });
    }
  };
  newcomers();
  let killed = 0;
  while (killed < KILLS) {
    // Some jobs take their time, so that a kill finds them at work.
    if (random(3) === 0) destination.imports.hold();
    const release = setTimeout(() => destination.imports.release(), random(400));
    const { child, ended } = pools.start(...APPLY);
    const atCall = actions.length + 1 + random(30);
    let over = false;
    void ended.then(() => {
      over = true;
    });
    while (!over && actions.length < atCall) await wait(1);
    await wait(random(12));
    child.kill("SIGKILL");
    const { status, stderr } = await ended;
    clearTimeout(release);
    destination.imports.release();
    if (status === null) killed += 1;
    else {
      expect({ status, stderr }).toMatchObject({ status: 0 });
      newcomers();
    }
  }
  const last = await pools.run(...APPLY);
  expect(last).toMatchObject({ status: 0 });

  expect(everybody.filter((email) => destination.users.find(email) === undefined)).toEqual([]);
  expect(destination.users.size).toBe(everybody.length);
  const jobs = destination.imports.all;
  expect(jobs.map(({ status }) => status)).toEqual(jobs.map(() => "Succeeded"));
  expect(jobs.reduce((sum, { imported }) => sum + imported, 0)).toBe(everybody.length);
  expect(jobs.reduce((sum, { skipped, failed }) => sum + skipped + failed, 0)).toBe(0);
  // What the operator is told is what happened.
  const outcomes = Object.entries(pools.files()).filter(([name]) => name.endsWith(".outcomes"));
  expect(outcomes.map(([, { text }]) => text).join("")).toBe("I".repeat(everybody.length));
}, 300_000);
