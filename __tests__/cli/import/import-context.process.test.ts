import {
  chmodSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { dirname, join, relative } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { AwsException } from "../../../sandbox/aws/user-pool/exception";
import { csvHeader } from "../../../sandbox/aws/user-pool/import-csv";
import type { SeedUser } from "../../../sandbox/aws/user-pool/seed";
import { openTwoPools, type TwoPools, type TwoPoolsProps } from "../../support/operator-without-stacks";
import { readImportFile } from "./cognito-csv-reader";

const ROLE = "arn:aws:iam::222222222222:role/cognito-import-logs";
const FAST = ["--requests-per-second", "1000"];
const APPLY = ["import", "--apply", "--logs-role-arn", ROLE, ...FAST];
const NO_MFA = { settings: { MfaConfiguration: "OFF" } } as const;

let pools: TwoPools;
afterEach(() => pools.close());

/** A source without MFA whose users sign in with e-mail addresses, as those of the destination. */
async function open(users: readonly SeedUser[], more: TwoPoolsProps = {}): Promise<TwoPools> {
  pools = await openTwoPools({ ...more, source: { ...NO_MFA, ...more.source, users } });
  return pools;
}

const person = (name: string, { attributes = {}, ...more }: Partial<SeedUser> = {}): SeedUser => ({
  username: `sub-${name}`,
  attributes: { sub: `sub-${name}`, email: `${name}@example.com`, email_verified: "true", ...attributes },
  ...more,
});

const people = (count: number): SeedUser[] => Array.from({ length: count }, (_, number) => person(`user-${number}`));
const fileNamed = (name: string): { mode: number; text: string } | undefined =>
  Object.entries(pools.files()).find(([path]) => path.endsWith(name))?.[1];
const linesOf = (name: string): unknown[] =>
  (fileNamed(name)?.text ?? "")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const jobs = () => pools.destination.imports.all;

/** Resolves when a job has started. */
async function jobToStart(): Promise<void> {
  while (!pools.destination.imports.active) await wait(5);
}

test("the command line that the plan ends with does what the plan says", async () => {
  await open(people(2), { source: { settings: { MfaConfiguration: "OPTIONAL" } } });
  const { stderr } = await pools.run("import", ...FAST);
  const [, line = ""] = /\nnpx cognito-migration (import .*)\n$/.exec(stderr) ?? [];
  expect(line).toBe("import --apply --logs-role-arn LOGS_ROLE_ARN --requests-per-second 1000");
  const typed = line.replace("LOGS_ROLE_ARN", ROLE).split(" ");
  // Second factors are given up by who says so, not by who copies a line.
  expect(await pools.run(...typed)).toMatchObject({ status: 1, stderr: expect.stringContaining("--drop-mfa") });
  expect(await pools.run(...typed, "--drop-mfa")).toMatchObject({ status: 0 });
  expect(pools.destination.users.size).toBe(2);
});

test("where nobody is to be imported, there is no line to copy", async () => {
  await open([person("off", { enabled: false })]);
  const nothing = await pools.run("import", ...FAST);
  expect([nothing.status, nothing.stderr]).toEqual([0, expect.stringContaining("There is nothing to do.")]);
  expect(nothing.stderr).not.toContain("npx cognito-migration");
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
});

test("without --apply it says what would happen, writes nothing and calls nothing that changes anything", async () => {
  await open([person("one"), person("off", { enabled: false }), person("two")]);
  const { status, stdout, stderr } = await pools.run("import", ...FAST);
  expect(status).toBe(0);
  expect(stdout).toMatch(/^at the source +3$/m);
  expect(stdout).toMatch(/^to import +2 +in 1 job$/m);
  expect(stdout).toMatch(/^ {2}disabled +1 +disabled at the source/m);
  for (const consequence of ["RESET_REQUIRED", "never runs for them again", "UserImportInProgressException"])
    expect(stdout).toContain(consequence);
  expect(stderr).toContain("destination  account 222222222222  eu-central-1  eu-central-1_Dest0001");
  expect(() => pools.files()).toThrow("ENOENT");
  expect([...new Set(pools.actions)].sort()).toEqual([
    "cognito-idp:DescribeUserPool",
    "cognito-idp:GetCSVHeader",
    "cognito-idp:ListUsers",
  ]);
});

test("--json prints the numbers and no name", async () => {
  await open([person("one"), person("off", { enabled: false })]);
  const { stdout } = await pools.run("import", "--json", ...FAST);
  expect(JSON.parse(stdout)).toEqual({
    counts: {
      source: 2,
      destination: 0,
      alreadyThere: 0,
      toImport: 1,
      renamed: 0,
      leftOut: { disabled: 1 },
      dropped: {},
    },
    jobs: 1,
  });
});

test("imports who is missing, with what the settings carry, and a second run changes nothing", async () => {
  await open(
    [
      person("one", { attributes: { name: "Doe, Jane", birthdate: "1985-02-01", "custom:tier": "gold" } }),
      person("two", { attributes: { email_verified: "false" } }),
    ],
    {
      source: { customAttributes: ["tier"] },
      destination: { customAttributes: ["plan", "source_sub"], passwordHashColumn: true },
    },
  );
  pools.environment["ATTRIBUTE_MAP"] = "sub=custom:source_sub,custom:tier=custom:plan";
  const first = await pools.run(...APPLY);
  expect(first).toMatchObject({ status: 0 });
  expect(pools.destination.users.find("one@example.com")).toMatchObject({
    status: "RESET_REQUIRED",
    attributes: {
      email: "one@example.com",
      email_verified: "true",
      name: "Doe, Jane",
      birthdate: "1985-02-01",
      "custom:plan": "gold",
      "custom:source_sub": "sub-one",
    },
  });
  expect(pools.destination.users.size).toBe(1);
  expect(linesOf("left-out.jsonl")).toEqual([{ username: "sub-two", reason: "no_verified_channel" }]);
  expect(first.stdout).toMatch(/^Left out: 1 user, in \.cognito-migration\/sandbox\/import\/.*\/left-out\.jsonl$/m);

  const users = pools.destination.users.size;
  const second = await pools.run(...APPLY);
  expect(second).toMatchObject({ status: 0, stdout: expect.stringContaining("Nobody was left to import.") });
  expect(pools.destination.users.size).toBe(users);
  expect(jobs()).toHaveLength(1);
});

test("nobody is imported with an alias that somebody has", async () => {
  const aliases = { usernameAttributes: [], aliasAttributes: ["email"] } as const;
  const jane = (username: string): SeedUser => person("jane", { username, attributes: { sub: `sub-${username}` } });
  await open([jane("jane"), person("bob", { username: "bob" })], {
    source: NO_MFA,
    destination: { ...aliases, users: [jane("jane2")] },
  });
  expect(await pools.run(...APPLY)).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^ {2}alias_taken +1 /m),
  });
  expect(linesOf("left-out.jsonl")).toEqual([{ username: "jane", reason: "alias_taken" }]);
  expect(pools.destination.users.find("bob@example.com")).toMatchObject({ username: "bob" });
  expect(pools.destination.users.find("jane@example.com")).toMatchObject({ username: "jane2" });
});

test("what lies on the disk is for the operator alone, and nowhere is the address to upload to", async () => {
  await open(people(3));
  const run = await pools.run(...APPLY, "--rows-per-job", "2");
  const files = pools.files();
  expect(
    Object.keys(files)
      .map((name) => name.split("/").at(-1))
      .sort(),
  ).toEqual([
    "journal.jsonl",
    "left-out.jsonl",
    "part-1.csv",
    "part-1.not-imported.jsonl",
    "part-1.outcomes",
    "part-1.users.jsonl",
    "part-2.csv",
    "part-2.not-imported.jsonl",
    "part-2.outcomes",
    "part-2.users.jsonl",
  ]);
  for (const [name, { mode }] of Object.entries(files)) expect([name, mode]).toEqual([name, 0o600]);
  const [name = ""] = Object.keys(files);
  for (let folder = dirname(name); ; folder = dirname(folder)) {
    const { mode } = statSync(join(pools.directory, ".cognito-migration", folder));
    expect([folder, mode & 0o777]).toEqual([folder, 0o700]);
    if (folder === ".") break;
  }
  expect(fileNamed("journal.jsonl")?.text).not.toMatch(/example\.com|sub-/);
  for (const { uploadKey } of jobs()) expect(JSON.stringify([run, files])).not.toContain(uploadKey);
});

test("one job after the other, never two at once", async () => {
  await open(people(7));
  const run = await pools.run(...APPLY, "--rows-per-job", "3");
  expect(run).toMatchObject({ status: 0 });
  expect(jobs().map(({ imported }) => imported)).toEqual([3, 3, 1]);
  expect(pools.destination.users.size).toBe(7);
  for (const [index, job] of jobs().entries())
    if (index > 0)
      expect(job.created.getTime()).toBeGreaterThanOrEqual(jobs()[index - 1]?.completed?.getTime() ?? Infinity);
});

test("tells whose rows failed or were skipped, and in Cognito's words why", async () => {
  await open(people(5));
  // Somebody migrates, and somebody signs up, between the export and the job.
  pools.faults.before("StartUserImportJob", () => {
    const [first] = pools.source.users.visibleFrom(0);
    if (first !== undefined) pools.destination.users.add({ ...first[0], username: "new" });
    pools.destination.settings = { ...pools.destination.settings, MfaConfiguration: "ON" };
  });
  const run = await pools.run(...APPLY);
  expect(run.status).toBe(1);
  expect(run.stdout).toMatch(/Succeeded +5 +0 +0 +5/);
  expect(linesOf("part-1.not-imported.jsonl")).toEqual(
    people(5).map(({ username }) => ({
      username,
      outcome: "FAILED",
      message: "The cognito:mfa_enabled does not fit the user pool's MFA configuration.",
    })),
  );
  pools.destination.settings = { ...pools.destination.settings, MfaConfiguration: "OFF" };
  const again = await pools.run(...APPLY);
  expect(again).toMatchObject({ status: 0, stdout: expect.stringMatching(/Succeeded +4 +4 +0 +0/) });
});

test("a user who migrates before the job begins is skipped, and that is no failure", async () => {
  await open(people(3));
  pools.faults.before("StartUserImportJob", () => {
    const user = pools.source.users.find("user-1@example.com");
    if (user !== undefined) pools.destination.users.add({ ...user, username: "migrated" });
  });
  const run = await pools.run(...APPLY);
  expect(run).toMatchObject({ status: 0, stdout: expect.stringMatching(/Succeeded +3 +2 +1 +0/) });
  expect(linesOf("part-1.not-imported.jsonl")).toEqual([
    { username: "sub-user-1", outcome: "SKIPPED", message: "The user already exists." },
  ]);
  expect(fileNamed("part-1.outcomes")?.text).toBe("ISI");
});

test("a job that fails ends the run, and the next one brings who is missing", async () => {
  await open(people(6));
  pools.destination.imports.failAfter = 1;
  pools.faults.before("StartUserImportJob", () => {
    for (const name of ["user-1", "user-2", "user-3"]) {
      const user = pools.source.users.find(`${name}@example.com`);
      if (user !== undefined) pools.destination.users.add({ ...user, username: `migrated ${name}` });
    }
  });
  const failed = await pools.run(...APPLY, "--rows-per-job", "5");
  expect(failed.status).toBe(1);
  expect(failed.stdout).toMatch(/Failed +5 +1 +2 +0 +Too many users have failed/);
  expect(failed.stdout).toMatch(/part 2 +not ended/);
  expect(failed.stderr).toContain("2 jobs did not succeed");
  const again = await pools.run(...APPLY);
  expect(again).toMatchObject({ status: 0, stdout: expect.stringMatching(/Succeeded +2 +2 +0 +0/) });
  expect(pools.destination.users.size).toBe(6);
});

test("a job that somebody stops ends the run", async () => {
  await open(people(4));
  pools.destination.imports.hold();
  const { ended } = pools.start(...APPLY);
  await jobToStart();
  const [job] = jobs();
  if (job !== undefined) pools.destination.imports.stop(job);
  pools.destination.imports.release();
  expect(await ended).toMatchObject({ status: 1, stdout: expect.stringContaining("Stopped") });
});

test("while another job is active in the user pool it refuses, and keeps the export", async () => {
  await open(people(2));
  const other = pools.destination.imports.create({ JobName: "somebody else's", CloudWatchLogsRoleArn: ROLE });
  const file = `${csvHeader(pools.destination).join(",")}\na row\n`;
  pools.destination.imports.upload(other.JobId, other.uploadKey, file, new Date());
  pools.destination.imports.hold();
  pools.destination.imports.start(other);
  const refused = await pools.run(...APPLY);
  expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining(`somebody else's (${other.JobId}`) });
  expect(jobs()).toHaveLength(1);
  pools.destination.imports.stop(other);
  pools.destination.imports.release();
  const again = await pools.run(...APPLY);
  expect(again).toMatchObject({ status: 0, stderr: expect.stringContaining("Going on with the import of") });
  expect(pools.destination.users.size).toBe(2);
});

test("a job in another user pool of the account is AWS's refusal, and the next run goes on with the same job", async () => {
  await open(people(2));
  pools.faults.fail("StartUserImportJob", {
    type: "PreconditionNotMetException",
    message: "Another user import job is in progress in this account.",
    status: 400,
  });
  const refused = await pools.run(...APPLY);
  expect(refused.status).toBe(3);
  expect(refused.stderr).toContain(
    "PreconditionNotMetException: Another user import job is in progress in this account.",
  );
  expect(refused.stderr).toContain("Run the same command again");
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
  expect(jobs().map(({ status }) => status)).toEqual(["Succeeded"]);
});

test("an address to upload to that is spent makes a new job", async () => {
  await open(people(2));
  pools.faults.fail("StartUserImportJob", { type: "PreconditionNotMetException", status: 400 });
  await pools.run(...APPLY);
  const [job] = jobs();
  Object.assign(job ?? {}, { created: new Date(Date.now() - 16 * 60_000) });
  const run = await pools.run(...APPLY);
  expect(run).toMatchObject({ status: 0, stderr: expect.stringContaining("the upload was refused with status 403") });
  expect(jobs().map(({ status }) => status)).toEqual(["Created", "Succeeded"]);
  expect(pools.destination.users.size).toBe(2);
});

test("a job that has expired before it began is made anew", async () => {
  await open(people(2));
  pools.faults.fail("StartUserImportJob", { type: "PreconditionNotMetException", status: 400 });
  await pools.run(...APPLY);
  const [job] = jobs();
  if (job !== undefined) job.status = "Expired";
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0, stderr: expect.stringContaining("has expired") });
  expect(jobs().map(({ status }) => status)).toEqual(["Expired", "Succeeded"]);
});

test("throttling is waited out", async () => {
  await open(people(130));
  pools.faults.limit("ListUsers", 2);
  for (const operation of ["CreateUserImportJob", "StartUserImportJob", "DescribeUserImportJob"])
    pools.faults.fail(operation, { type: "TooManyRequestsException" });
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
  expect(pools.destination.users.size).toBe(130);
});

test("stays below the rate that it was told", async () => {
  await open(people(300));
  pools.faults.limit("ListUsers", 5);
  const began = Date.now();
  expect(await pools.run("import", "--requests-per-second", "4")).toMatchObject({ status: 0 });
  // Eleven requests: one for the destination, and twice five for the source.
  expect(Date.now() - began).toBeGreaterThan(2000);
  expect(pools.faults.calls("ListUsers")).toBe(11);
});

test("Ctrl-C stops watching, says how to go on, and the next run sees the job's end", async () => {
  await open(people(3));
  pools.destination.imports.hold();
  const { child, ended } = pools.start(...APPLY);
  await jobToStart();
  child.kill("SIGINT");
  const { status, stderr } = await ended;
  expect({ status, stderr }).toMatchObject({ status: 130 });
  expect(stderr).toContain(`--job-id ${jobs()[0]?.JobId}`);
  pools.destination.imports.release();
  expect(await pools.run("import", ...FAST)).toMatchObject({
    status: 0,
    stdout: expect.stringMatching(/under way.*\nnpx cognito-migration import --apply --logs-role-arn LOGS_ROLE_ARN /),
  });
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
  expect(jobs()).toHaveLength(1);
});

test("Ctrl-C while users are read leaves no file with personal data", async () => {
  await open(people(200));
  const { child, ended } = pools.start("import", "--apply", "--logs-role-arn", ROLE, "--requests-per-second", "2");
  while (pools.faults.calls("ListUsers") < 3) await wait(5);
  child.kill("SIGINT");
  expect(await ended).toMatchObject({ status: 130, stderr: expect.stringContaining("Run the same command again") });
  expect(Object.keys(pools.files())).toEqual([]);
});

test("two imports at once are refused", async () => {
  await open(people(3));
  pools.destination.imports.hold();
  const { child, ended } = pools.start(...APPLY);
  await jobToStart();
  expect(await pools.run(...APPLY)).toMatchObject({
    status: 1,
    stderr: expect.stringContaining(`works on this user pool: process ${child.pid}`),
  });
  pools.destination.imports.release();
  expect(await ended).toMatchObject({ status: 0 });
});

test("the log may come late, and its end may not come at all", async () => {
  await open(people(2));
  pools.faults.before("DescribeUserImportJob", () => {
    const { stream } = pools.logs;
    let calls = 0;
    pools.logs.stream = (group, name) => {
      calls += 1;
      const whole = stream.call(pools.logs, group, name);
      if (calls === 1) throw new AwsException("ResourceNotFoundException", "The specified log stream does not exist.");
      return calls < 4 ? { ...whole, events: whole.events.slice(0, 1) } : whole;
    };
  });
  expect(await pools.run(...APPLY)).toMatchObject({ status: 0, stderr: expect.not.stringContaining("incomplete") });
  expect(fileNamed("part-1.outcomes")?.text).toBe("II");
});

/** As if the last export had been made so many hours earlier. Written in place: the program may be reading. */
function age(hours: number): void {
  const [name = "", { text } = { text: "" }] =
    Object.entries(pools.files())
      .filter(([path]) => path.endsWith("journal.jsonl"))
      .at(-1) ?? [];
  const [whole = "", at = ""] = /"at":"([^"]+)"/.exec(text) ?? [];
  const file = openSync(join(pools.directory, ".cognito-migration", name), "r+");
  writeSync(file, whole.replace(at, new Date(Date.parse(at) - hours * 3600_000).toISOString()), text.indexOf(whole));
  closeSync(file);
}

const disable = (name: string): void => {
  const user = pools.source.users.find(`${name}@example.com`);
  if (user === undefined) throw new Error(`${name} is not at the source`);
  pools.source.users.change(user, { enabled: false });
};

/** As when AWS refuses the job: there are files, and no job. */
const exportOnly = async (): Promise<void> => {
  pools.faults.fail("CreateUserImportJob", { type: "NotAuthorizedException" });
  expect((await pools.run(...APPLY)).status).not.toBe(0);
  expect(jobs()).toEqual([]);
  pools.faults.clear();
};

describe("an export that is older than a day", () => {
  const isThere = (name: string): boolean => pools.destination.users.find(`${name}@example.com`) !== undefined;

  test("is made anew while there is no job: users may have been disabled since", async () => {
    await open(people(2));
    await exportOnly();
    age(25);
    disable("user-1");
    expect(await pools.run(...APPLY)).toMatchObject({ status: 0, stderr: expect.not.stringContaining("Going on") });
    expect([isThere("user-0"), isThere("user-1")]).toEqual([true, false]);
  });

  test.each(["Created", "Expired", "named, and never made", "gone"] as const)(
    "is made anew when its job has not started: %s",
    async (kind) => {
      await open(people(2));
      const operation = kind === "named, and never made" ? "CreateUserImportJob" : "StartUserImportJob";
      pools.faults.fail(operation, { type: "PreconditionNotMetException", status: 400 });
      await pools.run(...APPLY);
      const [job] = jobs();
      if (kind === "Expired" && job !== undefined) job.status = "Expired";
      if (kind === "gone") (jobs() as unknown[]).splice(0);
      age(25);
      disable("user-1");
      const run = await pools.run(...APPLY);
      expect(run).toMatchObject({ status: 0, stderr: expect.stringContaining("is older than a day") });
      expect([isThere("user-0"), isThere("user-1")]).toEqual([true, false]);
    },
  );

  test("is gone on with when its job has started, and not beyond that job", async () => {
    await open(people(3));
    pools.destination.imports.hold();
    const { child, ended } = pools.start(...APPLY, "--rows-per-job", "2");
    await jobToStart();
    child.kill("SIGKILL");
    await ended;
    age(25);
    disable("user-2");
    pools.destination.imports.release();
    const run = await pools.run(...APPLY);
    expect(run).toMatchObject({ status: 0, stderr: expect.stringMatching(/Going on with.*is older than a day/s) });
    expect(pools.destination.users.size).toBe(2);
    expect([isThere("user-0"), isThere("user-1"), isThere("user-2")]).toEqual([true, true, false]);
  });

  test("is made anew between two jobs of one run", async () => {
    await open(people(4));
    pools.destination.imports.hold();
    const { ended } = pools.start(...APPLY, "--rows-per-job", "2");
    await jobToStart();
    age(25);
    disable("user-3");
    pools.destination.imports.release();
    const run = await ended;
    expect(run).toMatchObject({ status: 0, stderr: expect.stringContaining("is older than a day") });
    expect(jobs().map(({ imported }) => imported)).toEqual([2, 1]);
    expect(isThere("user-3")).toBe(false);
  });

  test("is made anew when it has become so while its job was made: the file is not sent", async () => {
    await open(people(2));
    pools.faults.before("CreateUserImportJob", () => {
      age(25);
      disable("user-1");
    });
    expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
    expect(isThere("user-1")).toBe(false);
    expect(jobs().map(({ file }) => file === undefined)).toEqual([true, false]);
  });

  test("is made anew when it has become so while its file went up", async () => {
    await open(people(2));
    const { imports } = pools.destination;
    const { upload } = imports;
    imports.upload = (...given) => {
      imports.upload = upload;
      age(25);
      disable("user-1");
      return upload.apply(imports, given);
    };
    expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
    expect(isThere("user-1")).toBe(false);
    expect(jobs().map(({ status }) => status)).toEqual(["Created", "Succeeded"]);
  });
});

describe("an export under other settings", () => {
  const named = (): SeedUser[] =>
    people(2).map((user) => ({ ...user, attributes: { ...user.attributes, name: "Jane" } }));
  const excludeName = (): void => {
    pools.environment["ATTRIBUTE_EXCLUDE"] = "name";
  };
  const nameOf = (user: string): unknown =>
    (pools.destination.users.find(`${user}@example.com`)?.attributes ?? { name: "nobody" })["name"];

  test("is made anew while no job has started, and the plan says so", async () => {
    await open(named());
    pools.faults.fail("StartUserImportJob", { type: "PreconditionNotMetException", status: 400 });
    await pools.run(...APPLY);
    excludeName();
    const plan = await pools.run("import", ...FAST);
    expect(plan).toMatchObject({ status: 0, stderr: expect.stringContaining("--apply exports again") });
    const run = await pools.run(...APPLY);
    expect(run.stderr).toMatch(
      /was made under other settings \(ATTRIBUTE_EXCLUDE\): the missing users are exported again/,
    );
    expect([nameOf("user-0"), nameOf("user-1")]).toEqual([undefined, undefined]);
  });

  test("is not touched while its job runs; then its end is written down, and the next export has the new settings", async () => {
    await open([...named(), person("late", { attributes: { name: "Jane" } })]);
    pools.destination.imports.hold();
    const { child, ended } = pools.start(...APPLY, "--rows-per-job", "2");
    await jobToStart();
    child.kill("SIGKILL");
    await ended;
    excludeName();
    for (const command of [["import", ...FAST], APPLY]) {
      const refused = await pools.run(...command);
      expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("(ATTRIBUTE_EXCLUDE)") });
      expect(refused.stderr).toContain(`Job ${jobs()[0]?.JobId} is under way`);
    }
    pools.destination.imports.release();
    while (pools.destination.imports.active) await wait(5);
    expect(await pools.run(...APPLY)).toMatchObject({ status: 0, stderr: expect.stringContaining("exported again") });
    expect([nameOf("user-0"), nameOf("user-1"), nameOf("late")]).toEqual(["Jane", "Jane", undefined]);
    expect(fileNamed("part-1.outcomes")?.text).toBe("II");
  });
});

test("reading for longer than a day imports nobody, and is not begun again", async () => {
  await open(people(2));
  const late = join(pools.directory, "late");
  const clock = join(pools.directory, "clock.cjs");
  writeFileSync(
    clock,
    `const { now } = Date;
     const lateBy = () => (require("node:fs").existsSync(${JSON.stringify(late)}) ? 25 * 3600_000 : 0);
     globalThis.Date = class extends Date {
       static now() { return now() + lateBy(); }
       constructor(...given) { super(...(given.length > 0 ? given : [now() + lateBy()])); }
     };`,
  );
  pools.environment["NODE_OPTIONS"] = `--require=${clock}`;
  pools.faults.before("ListUsers", () => writeFileSync(late, ""));
  const run = await pools.run(...APPLY);
  expect(run).toMatchObject({ status: 1, stderr: expect.stringContaining("took longer than a day") });
  // The destination once, the source twice.
  expect(pools.faults.calls("ListUsers")).toBe(3);
  expect(jobs()).toEqual([]);
});

test("a job that Cognito no longer knows is followed by a new export", async () => {
  await open(people(2));
  pools.faults.fail("StartUserImportJob", { type: "PreconditionNotMetException", status: 400 });
  await pools.run(...APPLY);
  (jobs() as unknown[]).splice(0);
  const run = await pools.run(...APPLY);
  expect(run).toMatchObject({ status: 0, stderr: expect.stringContaining("Cognito no longer knows job import-") });
  expect(pools.destination.users.size).toBe(2);
});

describe("refuses", () => {
  test("a source with MFA, unless it is told that the factors may go", async () => {
    await open(people(1), { source: { settings: { MfaConfiguration: "OPTIONAL" } } });
    expect(await pools.run(...APPLY)).toMatchObject({ status: 1, stderr: expect.stringContaining("--drop-mfa") });
    expect(await pools.run("import", ...FAST)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining("no second factor"),
    });
    expect(await pools.run(...APPLY, "--drop-mfa")).toMatchObject({ status: 0 });
  });

  test("a destination that verifies nothing by itself", async () => {
    await open(people(1), { destination: { settings: { AutoVerifiedAttributes: [] } } });
    expect(await pools.run("import", ...FAST)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("AutoVerifiedAttributes"),
    });
  });

  test("a destination to which nobody could come by a name of the own, before anybody is read", async () => {
    await open(people(1), { source: { ...NO_MFA, usernameAttributes: ["phone_number"] } });
    for (const command of [["import", ...FAST], APPLY])
      expect(await pools.run(...command)).toMatchObject({
        status: 1,
        stdout: "",
        stderr: expect.stringContaining(
          "eu-west-1_Source001 signs in with phone_number, eu-central-1_Dest0001 with email, and no name works at both",
        ),
      });
    expect(pools.faults.calls("ListUsers")).toBe(0);
    expect(() => pools.files()).toThrow("ENOENT");
  });

  test("a destination whose attribute names would move the columns of its files", async () => {
    await open(people(1), { destination: { customAttributes: ["a,b"] } });
    const run = await pools.run(...APPLY);
    expect(run).toMatchObject({ status: 1, stderr: expect.stringContaining('has the column "custom:a,b"') });
    expect(pools.faults.calls("ListUsers")).toBe(0);
  });

  test("a role for the log that is another account's", async () => {
    await open(people(1));
    const other = ROLE.replace("222222222222", "111111111111");
    expect(await pools.run("import", "--apply", "--logs-role-arn", other, ...FAST)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("is a role of account 111111111111; expected one of 222222222222"),
    });
    expect(pools.faults.calls("ListUsers")).toBe(0);
  });

  test("to import without a role for the log, before anything is asked or written", async () => {
    await open(people(1));
    expect(await pools.run("import", "--apply", ...FAST)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/^--logs-role-arn is required with --apply: the role/),
    });
    expect(pools.actions).toEqual([]);
    expect(() => pools.files()).toThrow("ENOENT");
  });
});

describe("--clean", () => {
  test("lists the files with personal data, and with --apply removes them and keeps the journal", async () => {
    await open(people(1));
    await pools.run(...APPLY);
    const plan = await pools.run("import", "--clean");
    expect(plan.stdout.trim().split("\n")).toHaveLength(5);
    expect(Object.keys(pools.files())).toHaveLength(6);
    const { stdout } = await pools.run("import", "--clean", "--apply");
    expect(stdout).toBe(plan.stdout);
    expect(Object.keys(pools.files()).map((name) => name.split("/").at(-1))).toEqual(["journal.jsonl"]);
    expect(await pools.run("import", "--clean")).toMatchObject({ stdout: "There are no files with personal data.\n" });
  });

  test("keeps the files of a job that is active", async () => {
    await open(people(1));
    pools.destination.imports.hold();
    const { child, ended } = pools.start(...APPLY);
    await jobToStart();
    child.kill("SIGKILL");
    await ended;
    const refused = await pools.run("import", "--clean", "--apply");
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining("is active") });
    expect(fileNamed("part-1.csv")).toBeDefined();
    pools.destination.imports.release();
    expect(await pools.run(...APPLY)).toMatchObject({ status: 0 });
  });

  /** As if the import had been one into another user pool. */
  const moveTo = (userPoolId: string): void => {
    const imports = join(pools.directory, ".cognito-migration/sandbox/import");
    renameSync(join(imports, "eu-central-1_Dest0001"), join(imports, userPoolId));
  };
  const killedAtWork = async (): Promise<void> => {
    pools.destination.imports.hold();
    const { child, ended } = pools.start(...APPLY);
    await jobToStart();
    child.kill("SIGKILL");
    await ended;
  };

  test("removes the files of all destinations, and asks nobody when no job is open", async () => {
    await open(people(1));
    await pools.run(...APPLY);
    moveTo("eu-west-3_Earlier01");
    await pools.run(...APPLY);
    pools.actions.length = 0;
    // Whatever the settings say by now.
    delete pools.environment["SOURCE_USER_POOL_ID"];
    const { status, stdout } = await pools.run("import", "--clean", "--apply");
    expect(status).toBe(0);
    expect(stdout).toContain("import/eu-west-3_Earlier01/");
    expect(Object.keys(pools.files()).map((name) => name.split("/").at(-1))).toEqual([
      "journal.jsonl",
      "journal.jsonl",
    ]);
    expect(pools.actions).toEqual([]);
  });

  test("where the user pool of an open job is gone it says so, and removes the files", async () => {
    await open(people(1));
    await killedAtWork();
    moveTo("eu-central-1_Gone00001");
    const run = await pools.run("import", "--clean", "--apply");
    expect(run).toMatchObject({ status: 0, stderr: expect.stringMatching(/eu-central-1_Gone00001.*is gone/) });
    expect(Object.keys(pools.files()).filter((name) => name.endsWith(".csv"))).toEqual([]);
    pools.destination.imports.release();
  });

  test("keeps what went into another account, which would look as if it were gone, and cleans the rest", async () => {
    await open(people(1));
    await killedAtWork();
    pools.destination.imports.release();
    moveTo("eu-west-3_Earlier01");
    await pools.run(...APPLY);
    pools.environment["DESTINATION_PROFILE"] = "source";
    const run = await pools.run("import", "--clean", "--apply");
    expect(run).toMatchObject({
      status: 1,
      stderr: expect.stringContaining("belong to account 111111111111; the import was one into account 222222222222"),
    });
    const left = Object.keys(pools.files()).filter((name) => !name.endsWith("journal.jsonl"));
    expect(left.filter((name) => name.endsWith("/part-1.csv"))).toHaveLength(1);
    expect(left.filter((name) => !name.includes("eu-west-3_Earlier01/"))).toEqual([]);
  });

  describe("of an export that does not say its account", () => {
    const forgetOrigin = (): void => {
      const [path = "", { text = "" } = {}] =
        Object.entries(pools.files()).find(([name]) => name.endsWith("journal.jsonl")) ?? [];
      const lines = text.split("\n").map((line) => line.replace(/"origin":\{.*?\},"counts"/, '"counts"'));
      expect(lines.join("\n")).not.toBe(text);
      writeFileSync(join(pools.directory, ".cognito-migration", path), lines.join("\n"));
    };

    test("keeps the files when the credentials are of another account than the settings say", async () => {
      await open(people(1));
      await killedAtWork();
      pools.destination.imports.release();
      forgetOrigin();
      pools.environment["DESTINATION_PROFILE"] = "source";
      const run = await pools.run("import", "--clean", "--apply");
      expect(run).toMatchObject({ status: 1, stderr: expect.stringContaining("one into account 222222222222") });
      expect(fileNamed("part-1.csv")).toBeDefined();
    });

    test("keeps them when nothing says the account and the job is not found", async () => {
      await open(people(1));
      await killedAtWork();
      pools.destination.imports.release();
      forgetOrigin();
      moveTo("eu-central-1_Gone00001");
      const run = await pools.run("import", "--clean", "--apply");
      expect(run).toMatchObject({ status: 1, stderr: expect.stringContaining("nothing says whether the import") });
      expect(fileNamed("part-1.csv")).toBeDefined();
    });
  });

  test("an import whose files are gone is not gone on with", async () => {
    await open(people(2));
    await exportOnly();
    expect(fileNamed("part-1.csv")).toBeDefined();
    await pools.run("import", "--clean", "--apply");
    expect(await pools.run(...APPLY)).toMatchObject({ status: 0, stderr: expect.not.stringContaining("Going on") });
    expect(pools.destination.users.size).toBe(2);
  });
});

test("what is not its own stays in the folder of an export that has failed, and the next import says so", async () => {
  await open(people(1));
  const runs = join(pools.directory, ".cognito-migration/sandbox/import/eu-central-1_Dest0001");
  pools.faults.before("ListUsers", () => {
    const [run = ""] = readdirSync(runs).filter((name) => name !== "lock");
    mkdirSync(join(runs, run, "notes"));
    writeFileSync(join(runs, run, "notes/mine.txt"), "mine");
  });
  pools.faults.fail("ListUsers", { type: "NotAuthorizedException", status: 400 });
  expect(await pools.run(...APPLY)).toMatchObject({ status: 3 });
  expect(Object.entries(pools.files())).toEqual([[expect.stringMatching(/Z\/notes\/mine\.txt$/), expect.anything()]]);
  const again = await pools.run(...APPLY);
  expect(again).toMatchObject({
    status: 0,
    stderr: expect.stringMatching(/^Kept, because it is not ours: .*Z\/notes$/m),
  });
  expect(fileNamed("notes/mine.txt")?.text).toBe("mine");
});

describe("a folder that is not the operator's own", () => {
  const work = (): string => join(pools.directory, ".cognito-migration");
  const elsewhere = (): string => join(pools.directory, "elsewhere");
  const link = (path: string) => (): void => {
    mkdirSync(elsewhere(), { mode: 0o700 });
    mkdirSync(dirname(join(work(), path)), { recursive: true, mode: 0o700 });
    symlinkSync(elsewhere(), join(work(), path));
  };
  const loose = (): void => {
    mkdirSync(join(work(), "sandbox/import"), { recursive: true, mode: 0o700 });
    chmodSync(join(work(), "sandbox/import"), 0o777);
  };

  test.each<[string, () => void, string]>([
    ["a work folder that is a link", link(""), "found a symbolic link"],
    ["the folder of a user pool that is one", link("sandbox/import/eu-central-1_Dest0001"), "found a symbolic link"],
    ["that of a run", link("sandbox/import/eu-central-1_Dest0001/20260101T000000000Z"), "found a symbolic link"],
    ["one that others may write to", loose, "found one that others may write to (mode 777)"],
  ])("%s: no import begins, and what to do is said", async (_, make, found) => {
    await open(people(1));
    make();
    for (const command of [["import", ...FAST], APPLY]) {
      const { status, stdout, stderr } = await pools.run(...command);
      expect([status, stdout]).toEqual([1, ""]);
      expect(stderr).toContain(`${found}, expected a folder of your own. `);
      expect(stderr).toMatch(/mount it there\.\n$|\(chmod go-w\)\.\n$/);
    }
    expect(existsSync(elsewhere()) ? readdirSync(elsewhere()) : []).toEqual([]);
    expect([pools.destination.users.size, jobs()]).toEqual([0, []]);
  });
});

describe("a file of an import that is not as it was written", () => {
  const pathOf = (name: string): string => {
    const [path = ""] = Object.keys(pools.files()).filter((one) => one.endsWith(name));
    return join(pools.directory, ".cognito-migration", path);
  };
  const refused = async (command: readonly string[], told: string): Promise<void> => {
    const { status, stderr } = await pools.run(...command);
    expect([status, stderr]).toEqual([1, expect.stringContaining(told)]);
    expect(stderr).not.toMatch(/bug|^ +at /m);
    // Where the operator stands, a path of the machine says nothing more.
    expect(stderr).not.toContain(pools.directory);
  };

  test("a journal that is damaged ends every command with 1, and is left as it is", async () => {
    await open(people(2));
    await exportOnly();
    const journal = pathOf("journal.jsonl");
    const whole = `${readFileSync(journal, "utf8")}<html>\n`;
    writeFileSync(journal, whole);
    for (const command of [["import", ...FAST], APPLY, ["import", "--clean"], ["import", "--clean", "--apply"]])
      await refused(
        command,
        `${relative(pools.directory, journal)}, line 3: found an HTML page, expected a step of an import.`,
      );
    expect(readFileSync(journal, "utf8")).toBe(whole);
    expect(fileNamed("part-1.csv")).toBeDefined();
    expect(jobs()).toEqual([]);
  });

  test("a journal whose last line a kill has torn is gone on with", async () => {
    await open(people(2));
    await exportOnly();
    const journal = pathOf("journal.jsonl");
    writeFileSync(journal, `${readFileSync(journal, "utf8")}{"event":"created","pa`);
    expect(await pools.run(...APPLY)).toMatchObject({ status: 0, stderr: expect.stringContaining("Going on with") });
    expect(pools.destination.users.size).toBe(2);
  });

  test.each(["part-1.csv", "journal.jsonl", "part-1.users.jsonl"])(
    "%s that others may write to, or a link, is not used",
    async (name) => {
      await open(people(2));
      await exportOnly();
      const file = pathOf(name);
      chmodSync(file, 0o666);
      await refused(
        APPLY,
        `${relative(pools.directory, file)}: found one that others may write to (mode 666), expected a file of your own.`,
      );
      chmodSync(file, 0o600);
      renameSync(file, join(pools.directory, "elsewhere"));
      symlinkSync(join(pools.directory, "elsewhere"), file);
      await refused(APPLY, `${relative(pools.directory, file)}: found a symbolic link, expected a file of your own.`);
      expect([jobs(), pools.destination.users.size]).toEqual([[], 0]);
    },
  );

  test("a list of users that is damaged is named where it would say whose row was skipped", async () => {
    await open(people(3));
    await exportOnly();
    const file = pathOf("part-1.users.jsonl");
    writeFileSync(file, `{${readFileSync(file, "utf8").slice(1)}`);
    pools.faults.before("StartUserImportJob", () => {
      const user = pools.source.users.find("user-1@example.com");
      if (user !== undefined) pools.destination.users.add({ ...user, username: "migrated" });
    });
    await refused(
      APPLY,
      `${relative(pools.directory, file)}, line 1: found text that is no JSON, expected the user of that row.`,
    );
  });
});

test("what is uploaded is what was exported", async () => {
  await open([person("one", { attributes: { nickname: 'a, b, and "c"' } })]);
  await pools.run(...APPLY);
  const uploaded = readImportFile(Buffer.from(jobs()[0]?.file ?? ""));
  expect(uploaded).toMatchObject([{ nickname: 'a, b, and "c"', "cognito:username": "one@example.com" }]);
  expect(jobs()[0]?.file).toBe(fileNamed("part-1.csv")?.text);
});
