import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { isDeepStrictEqual } from "node:util";
import { holds } from "../../assertion";
import type { Person } from "../crowd";
import { type Migration, record } from "../migration";
import { ended, numbersAre, shows } from "../screen-numbers";
import { comeAnew, setPasswordByCode } from "../sign-ins";
import type { RunbookStep } from "../step";

const PLAN = "npx cognito-migration import";
const APPLY = `${PLAN} --apply --logs-role-arn LOGS_ROLE_ARN --drop-mfa`;
const GROUPS = "npx cognito-migration groups";
const GROUPS_APPLY = `${GROUPS} --apply`;
const CLEAN = "npx cognito-migration import --clean";
const CLEAN_APPLY = `${CLEAN} --apply`;

/** Of the imported, those who set a new password at once. */
const FIRST_TO_COME_BACK = 5;

export const importTheRest: RunbookStep = {
  heading: "Import the rest",
  commands: [PLAN, APPLY, GROUPS, GROUPS_APPLY, CLEAN, CLEAN_APPLY],
  run: async (migration) => {
    const rest = restOf(migration);
    const wanted = rest.filter(({ atImport }) => atImport === "row");
    const planned = await plan(migration, rest, wanted);
    const interrupted = await interrupt(migration);
    const imported = await resume(migration, wanted);
    const groups = await restoreGroups(migration);
    const [first] = wanted;
    holds(first !== undefined, "people to import");
    const answer = await migration.destination.signIn(first.email, first.password);
    holds(
      answer === "PasswordResetRequiredException",
      `PasswordResetRequiredException for the imported, not ${answer}`,
    );
    for (const person of wanted.slice(0, FIRST_TO_COME_BACK)) await setPasswordByCode(migration, person);
    const last = wanted.findLast(({ kind }) => kind === "ordinary");
    holds(last !== undefined, "an ordinary user among the imported");
    await comeAnew(migration, last);
    const cleaned = await clean(migration);
    return [
      planned,
      interrupted,
      imported,
      groups,
      `the old password of the imported is refused; ${FIRST_TO_COME_BACK} of them set a new one by a code, and sign in`,
      "one more was deleted at the destination, and came anew with the old password: the trigger is still on",
      cleaned,
    ];
  },
};

/** Who is not at the destination. */
function restOf({ people, world }: Migration): readonly Person[] {
  return people.filter(({ email }) => world.destination.userPool.users.find(email) === undefined);
}

async function plan(migration: Migration, rest: readonly Person[], wanted: readonly Person[]): Promise<string> {
  const { terminal, world, people, workDirectory } = migration;
  const { userPool } = world.destination;
  const before = userPool.users.size;
  const screen = await terminal.type(PLAN);
  const leftOut = rest.map(({ atImport }) => atImport).filter((reason) => reason !== "row");
  numbersAre(screen, {
    "at the source": people.length,
    "at the destination already": people.length - rest.length,
    "to import": wanted.length,
    ...Object.fromEntries(leftOut.map((reason) => [reason, leftOut.filter((one) => one === reason).length])),
  });
  holds(userPool.users.size === before && userPool.groups.all.length === 1, "a plan that changes nothing");
  holds(userPool.imports.all.length === 0 && !existsSync(join(workDirectory, "import")), "no job and no file");
  record(migration, "import plan", PLAN, screen);
  return `the plan has ${wanted.length} to import and ${rest.length - wanted.length} left out, each with a reason; nothing changed, no file written`;
}

/** Presses Ctrl-C while the job runs. */
async function interrupt({ terminal, world }: Migration): Promise<string> {
  const { imports } = world.destination.userPool;
  imports.hold();
  const { child, ended: end } = terminal.start(APPLY);
  let over = false;
  void end.then(() => {
    over = true;
  });
  while (!imports.active && !over) await wait(5);
  child.kill("SIGINT");
  const screen = await end;
  ended(screen, 130);
  shows(screen, "run the same command again");
  holds(imports.active, "a job that goes on at AWS");
  imports.release();
  return "Ctrl-C while the job runs: exit code 130, the job goes on at AWS, and the same command is to be run again";
}

async function resume(migration: Migration, wanted: readonly Person[]): Promise<string> {
  const { terminal, world, people } = migration;
  const { userPool } = world.destination;
  const there = people.length - restOf(migration).length;
  const screen = await terminal.type(APPLY);
  const [job, ...others] = userPool.imports.all;
  holds(job !== undefined && others.length === 0, "one job, and no second one");
  const { imported, skipped, failed } = job;
  holds(
    imported === wanted.length && skipped + failed === 0,
    `${wanted.length} imported, not ${imported}, with ${skipped} skipped and ${failed} failed`,
  );
  const lost = wanted.filter(({ email }) => userPool.users.find(email)?.status !== "RESET_REQUIRED");
  holds(lost.length === 0, `everybody RESET_REQUIRED at the destination, and nobody lost; ${lost.length} are not`);
  const subs = [...userPool.users.visibleFrom(0)].map(([user]) => user.attributes["custom:source_sub"]);
  holds(new Set(subs).size === subs.length, "nobody there twice");
  holds(there <= subs.length && restOf(migration).every(({ atImport }) => atImport !== "row"), "nobody forgotten");
  record(migration, "import", APPLY, screen);
  return `run again: it goes on with the same job; ${imported} are RESET_REQUIRED at the destination, nobody is lost, nobody is there twice`;
}

async function restoreGroups(migration: Migration): Promise<string> {
  const { terminal, world } = migration;
  const { source, destination } = world;
  const { groups, users } = destination.userPool;
  const before = groups.all.length;
  await terminal.type(GROUPS);
  holds(groups.all.length === before, "a plan that makes no group");
  const screen = await terminal.type(GROUPS_APPLY);
  record(migration, "groups", GROUPS_APPLY, screen);
  for (const { GroupName } of source.userPool.groups.all) {
    const atSource = source.userPool.groups.membersOf(GroupName).map((name) => source.userPool.users.find(name));
    const expected = atSource.flatMap((user) => users.find(user?.attributes["email"] ?? "")?.username ?? []);
    const isThere = groups.all.some((group) => group.GroupName === GroupName);
    const found = isThere ? groups.membersOf(GroupName) : [];
    holds(
      expected.length > 0 && isDeepStrictEqual([...found].sort(), [...expected].sort()),
      `in ${GroupName} the ${expected.length} who are at the destination, not ${found.length}`,
    );
  }
  holds(
    groups.get("staff").Description === "Works here, as the destination puts it",
    "the destination's own group kept",
  );
  const counts = groups.all.map(({ GroupName }) => `${GroupName} ${groups.membersOf(GroupName).length}`);
  return `groups are restored for migrated and imported users alike (${counts.join(", ")}); the destination's own description stays`;
}

/** Removes the files with personal data. @returns what was checked. */
async function clean({ terminal, workDirectory }: Migration): Promise<string> {
  const before = personalFiles(workDirectory).length;
  holds(before > 0, "files with personal data after an import");
  await terminal.type(CLEAN);
  holds(personalFiles(workDirectory).length === before, "a plan that removes nothing");
  await terminal.type(CLEAN_APPLY);
  const left = personalFiles(workDirectory);
  holds(left.length === 0, `no file with an address in it, not ${left.join(", ")}`);
  return `${before} files had addresses of users in them; after --clean --apply none has`;
}

/** Files in which an address stands. */
function personalFiles(directory: string): readonly string[] {
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .map((name) => join(directory, name))
    .filter((file) => statSync(file).isFile() && readFileSync(file, "utf8").toLowerCase().includes("@example.com"));
}
