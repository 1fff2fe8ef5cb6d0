import { chmodSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { join } from "node:path";
import { upload } from "../../cli/import/upload";
import type { StartedCli } from "../support/cli-process";
import { type InBetween, type Silence, standBefore } from "../support/in-between";
import { type Operator, openOperator } from "../support/operator";
import { openTwoPools, type TwoPools } from "../support/operator-without-stacks";
import type { Run } from "../support/program";

/*
 * Servers that take every request and never answer, with the limits as they are: each command takes one and a half minutes of doing
 * nothing, so all of them run side by side.
 */

const TWO_MINUTES = 120;
jest.setTimeout(4 * TWO_MINUTES * 1000);

interface Ended extends Run {
  readonly seconds: number;
}

/** From the first word, which comes with the first answer or three seconds after the first request: many programs start here at once. */
async function timed({ child, ended }: StartedCli): Promise<Ended> {
  const first = new Promise<number>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) stream?.once("data", () => resolve(performance.now() - 3000));
  });
  const endless = setTimeout(() => child.kill("SIGKILL"), 1.5 * TWO_MINUTES * 1000);
  const run = await ended;
  clearTimeout(endless);
  return { ...run, seconds: (performance.now() - (await first)) / 1000 };
}

const COGNITO = "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER";
const ROLE = "arn:aws:iam::222222222222:role/cognito-import-logs";
const FAST = ["--requests-per-second", "1000"];
const APPLY = ["import", "--apply", "--logs-role-arn", ROLE, ...FAST];
const STATUS = ["status"];
/** Two pages of ListUsers. */
const USERS = Array.from({ length: 61 }, (_, at) => ({
  username: `sub-${at}`,
  attributes: { sub: `sub-${at}`, email: `user-${at}@example.com`, email_verified: "true" },
}));

const opened: { close(): void | Promise<void> }[] = [];
afterAll(async () => {
  for (const one of opened) await one.close();
});

/** Two pools behind a server that is silent when it is told to be. */
async function poolsBehind(silence: InBetween["silence"]): Promise<{ pools: TwoPools; cognito: InBetween }> {
  const pools = await openTwoPools({ source: { settings: { MfaConfiguration: "OFF" }, users: USERS } });
  const cognito = await standBefore(pools.environment[COGNITO] ?? "");
  cognito.silence = silence;
  pools.environment[COGNITO] = cognito.url;
  pools.environment["AWS_ENDPOINT_URL_CLOUDWATCH"] = cognito.url;
  opened.push(cognito, pools);
  return { pools, cognito };
}

/** An operator with the stacks, and what is to stand before one or all services. */
async function operatorBehind(silence: InBetween["silence"]): Promise<{ operator: Operator; between: InBetween }> {
  const operator = await openOperator();
  const between = await standBefore(operator.environment[COGNITO] ?? "");
  between.silence = silence;
  opened.push(between, operator);
  return { operator, between };
}

const second: InBetween["silence"] = (operation, call) =>
  operation === "ListUsers" && call >= 2 ? "unasked" : undefined;
const halfOfSecond: InBetween["silence"] = (operation, call) =>
  operation === "ListUsers" && call >= 2 ? "half" : undefined;
const only =
  (name: string, how: Silence): InBetween["silence"] =>
  (operation) =>
    operation === name ? how : undefined;
const everything: InBetween["silence"] = () => "unasked";

interface Scene {
  readonly title: string;
  run(): Promise<Ended>;
  readonly status: number;
  /** What stderr or stdout says. */
  readonly says: readonly RegExp[];
  /** What AWS was asked, and is as it was. */
  holds?(): void;
}

const NOTHING_CHANGED = /^Nothing was changed, and what was read is not kept\.$/m;
const AGAIN =
  /^(source|destination): no answer from 127\.0\.0\.1 to \w+ for 20 s; it is asked again soon \(1 of 3\)\.$/m;
const LAST = /this is the last of 3 tries/;

const scenes: Scene[] = [];

const ATTACH = ["attach", "--all-clients", "--apply"];

/** There is something to take back. */
async function silentUndo(): Promise<void> {
  const attached = await operatorBehind(everything);
  expect(await attached.operator.run(...ATTACH)).toMatchObject({ status: 0 });
  await silentCommand("undo", ["undo", "--apply"], attached);
}

/** The pool gets the trigger, and the command does not hear of it. */
async function lostUpdate(): Promise<void> {
  const { operator, between } = await operatorBehind((operation) =>
    operation === "UpdateUserPool"
      ? "lost"
      : operation.startsWith("Describe") && between.calls.includes("UpdateUserPool")
        ? "unasked"
        : undefined,
  );
  operator.environment[COGNITO] = between.url;
  scenes.push({
    title: "attach: the pool is updated, and from then on nobody answers",
    run: () => timed(operator.start(...ATTACH)),
    status: 1,
    says: [/127\.0\.0\.1 has not answered UpdateUserPool/, /Whether UpdateUserPool was done is not known\./],
    holds: () => {
      expect(times(between.calls, "UpdateUserPool")).toBe(1);
      expect(operator.world.destination.userPool.settings.LambdaConfig).toHaveProperty("UserMigration");
    },
  });
}

/** All services silent. */
async function silentCommand(
  title: string,
  parameters: readonly string[],
  behind?: Awaited<ReturnType<typeof operatorBehind>>,
): Promise<void> {
  const { operator, between } = behind ?? (await operatorBehind(everything));
  for (const name of Object.keys(operator.environment))
    if (name.startsWith("AWS_ENDPOINT_URL")) operator.environment[name] = between.url;
  scenes.push({
    title: `${title}: nobody ever answers`,
    run: () => timed(operator.start(...parameters)),
    status: 1,
    says: [
      /No answer of AWS for the destination \(eu-central-1, profile destination\): 127\.0\.0\.1 has not answered GetCallerIdentity: no whole answer within 30 s, 3 times\./,
      AGAIN,
      LAST,
      ...(title === "preflight" ? [] : [NOTHING_CHANGED]),
    ],
    holds: () => expect(new Set(between.calls)).toEqual(new Set(["GetCallerIdentity"])),
  });
}

async function reading(title: string, silence: InBetween["silence"], parameters: readonly string[]): Promise<void> {
  const { pools } = await poolsBehind(silence);
  const isApply = parameters.includes("--apply");
  scenes.push({
    title: `${parameters.join(" ")}: ${title}`,
    run: () => timed(pools.start(...parameters)),
    status: 1,
    says: [
      /^No answer of AWS for the source \(account 111111111111, eu-west-1, profile source\): 127\.0\.0\.1 has not answered ListUsers: no whole answer within 30 s, 3 times\.$/m,
      AGAIN,
      isApply
        ? /^What was read is not kept, and no job has begun with it\. Run the same command again/m
        : NOTHING_CHANGED,
    ],
    holds: () => {
      if (isApply) expect(Object.keys(pools.files()).filter((name) => name.endsWith(".csv"))).toEqual([]);
    },
  });
}

async function importJob(
  title: string,
  silence: InBetween["silence"],
  expected: { readonly status: number; readonly says: readonly RegExp[] },
  holds: (calls: readonly string[], pools: TwoPools) => void,
): Promise<void> {
  const { pools, cognito } = await poolsBehind(silence);
  scenes.push({
    title: `import --apply: ${title}`,
    run: () => timed(pools.start(...APPLY)),
    ...expected,
    holds: () => holds(cognito.calls, pools),
  });
}

const times = (calls: readonly string[], operation: string): number => calls.filter((one) => one === operation).length;

async function credentials(title: string, environment: (pools: TwoPools) => Record<string, string>): Promise<void> {
  const { pools } = await poolsBehind(() => undefined);
  Object.assign(pools.environment, environment(pools));
  scenes.push({
    title: `status: ${title}`,
    run: () => timed(pools.start(...STATUS)),
    status: 1,
    says: [/No answer of AWS for the destination .*: the credentials .* have not come within 90 s/, NOTHING_CHANGED],
  });
}

const uploads: { readonly found: string; readonly seconds: number }[] = [];

/** More than what the two systems keep for each other. */
const FILE_BYTES = 32_000_000;

async function uploadTo(url: string, file: string): Promise<{ found: string; seconds: number }> {
  writeFileSync(file, Buffer.alloc(FILE_BYTES));
  const began = performance.now();
  const found = await upload(file, `${url}/import?signature=canary`, new AbortController().signal).catch(String);
  return { found: String(found), seconds: (performance.now() - began) / 1000 };
}

/** Accepts connections and reads no byte. */
async function takesNothing(): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer({ pauseOnConnect: true }, (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  opened.push({
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** By title. */
const ended = new Map<string, Ended>();

beforeAll(async () => {
  await silentCommand("preflight", ["preflight", "--json"]);
  await silentCommand("status", STATUS);
  await silentCommand("import", APPLY);
  await silentCommand("attach", ATTACH);
  await silentUndo();
  await lostUpdate();
  await reading("the second page never begins", second, STATUS);
  await reading("the second page ends in the middle", halfOfSecond, STATUS);
  await reading("the second page never begins", second, ["import", ...FAST]);
  await reading("the second page ends in the middle", halfOfSecond, APPLY);

  await importJob(
    "a job is made, and the answer is lost",
    only("CreateUserImportJob", "lost"),
    { status: 0, says: [/it is not asked again, because that could do it twice/] },
    (calls, { destination }) => {
      expect(times(calls, "CreateUserImportJob")).toBe(1);
      expect(destination.imports.all.map(({ status }) => status)).toEqual(["Succeeded"]);
    },
  );
  await importJob(
    "a job is asked for in vain",
    only("CreateUserImportJob", "unasked"),
    {
      status: 1,
      says: [
        /127\.0\.0\.1 has not answered CreateUserImportJob: no whole answer within 30 s\.$/m,
        /Whether CreateUserImportJob was done is not known\./,
        /^What was exported is kept\. Run the same command again: it continues where it was\.$/m,
      ],
    },
    (calls, { destination }) => {
      expect(times(calls, "CreateUserImportJob")).toBe(1);
      expect(destination.imports.all).toEqual([]);
    },
  );
  await importJob(
    "a job is started, and the answer is lost",
    only("StartUserImportJob", "lost"),
    { status: 0, says: [/no answer from 127\.0\.0\.1 to StartUserImportJob for 20 s/] },
    (calls, { destination }) => {
      expect(times(calls, "StartUserImportJob")).toBe(1);
      expect(destination.imports.all.map(({ status }) => status)).toEqual(["Succeeded"]);
    },
  );
  await importJob(
    "from the start of a job on nobody answers",
    (operation, call) =>
      operation === "StartUserImportJob" || (operation === "DescribeUserImportJob" && call >= 1)
        ? "unasked"
        : undefined,
    {
      status: 1,
      says: [/^Job import-\w+ may go on at AWS, and what was exported is kept\. Run the same command again/m],
    },
    (calls) => expect([times(calls, "StartUserImportJob"), times(calls, "DescribeUserImportJob")]).toEqual([1, 1]),
  );

  await credentials("a program that gives credentials does not end", ({ directory }) => {
    const program = join(directory, "sleeps");
    writeFileSync(program, "#!/bin/sh\nexec sleep 200\n");
    chmodSync(program, 0o700);
    writeFileSync(join(directory, "config"), `[profile sleepy]\ncredential_process = ${program}\n`);
    return { DESTINATION_PROFILE: "sleepy" };
  });
  const container = await poolsBehind(everything);
  await credentials("a container's endpoint for credentials is silent", () => ({
    DESTINATION_PROFILE: "",
    AWS_CONTAINER_CREDENTIALS_FULL_URI: `${container.cognito.url}/credentials`,
  }));

  const paths = [await takesNothing(), container.cognito.url];
  await Promise.all([
    ...scenes.map(async (scene) => ended.set(scene.title, await scene.run())),
    ...paths.map(async (url) => uploads.push(await uploadTo(url, join(container.pools.directory, "file")))),
  ]);
});

const TITLES = [
  "preflight: nobody ever answers",
  "status: nobody ever answers",
  "import: nobody ever answers",
  "attach: nobody ever answers",
  "undo: nobody ever answers",
  "attach: the pool is updated, and from then on nobody answers",
  "status: the second page never begins",
  "status: the second page ends in the middle",
  `import ${FAST.join(" ")}: the second page never begins`,
  `${APPLY.join(" ")}: the second page ends in the middle`,
  "import --apply: a job is made, and the answer is lost",
  "import --apply: a job is asked for in vain",
  "import --apply: a job is started, and the answer is lost",
  "import --apply: from the start of a job on nobody answers",
  "status: a program that gives credentials does not end",
  "status: a container's endpoint for credentials is silent",
];

test.each(TITLES)("%s", (title) => {
  const scene = scenes.find((one) => one.title === title);
  const found = ended.get(title);
  if (scene === undefined || found === undefined) throw new Error("no such scene");
  const said = found.stdout + found.stderr;
  for (const words of scene.says) expect(said).toMatch(words);
  expect(found.status).toBe(scene.status);
  expect(found.seconds).toBeLessThan(TWO_MINUTES);
  expect(said).not.toMatch(/This is a bug|^ +at /m);
  scene.holds?.();
});

test("a file that nobody takes, or for which nobody gives a receipt", () => {
  for (const upload of uploads) {
    expect(upload.found).toMatch(/^NoAnswer: 127\.0\.0\.1 does not take the file: nothing has moved for 30 s$/);
    expect(upload.seconds).toBeLessThan(TWO_MINUTES);
  }
  expect(uploads.length).toBe(2);
});

test("no scene is left out", () => {
  expect(scenes.map(({ title }) => title)).toEqual(TITLES);
});
