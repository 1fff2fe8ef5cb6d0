import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { parse } from "dotenv";
import { sampleUsers } from "../../../sandbox/accounts/sample-users";
import { runAwsCommand } from "../../support/aws-command";
import { startCli } from "../../support/cli-process";
import { ROOT, type Run, run } from "../../support/program";

/** A temporary folder that nobody else writes to. */
const TMPDIR = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
let child: ChildProcess;
let screen = "";
let ended: Promise<unknown>;

beforeAll(async () => {
  child = spawn(process.execPath, ["build/sandbox.js"], { cwd: ROOT, env: { PATH: process.env["PATH"], TMPDIR } });
  ended = new Promise((resolve) => child.once("exit", resolve));
  await new Promise<void>((resolve, reject) => {
    child.once("exit", () => reject(new Error("the sandbox did not start")));
    child.stdout?.on("data", (chunk: Buffer) => {
      screen += chunk.toString();
      if (screen.includes("Ctrl-C stops everything")) resolve();
    });
  });
});
afterAll(async () => {
  child.kill("SIGINT");
  await ended;
  rmSync(TMPDIR, { recursive: true, force: true });
});

/** The line that it prints for a shell. */
const sourceLine = (): string => /^ +(source \S+)$/m.exec(screen)?.[1] ?? "no line to source";
const environmentFile = (): string => sourceLine().replace("source ", "");

/** What that line sets. */
const environment = (): Record<string, string> =>
  parse(readFileSync(environmentFile(), "utf8").replaceAll("export ", ""));

/** Every setting that there is. */
const inEnvExample = (): string[] =>
  [...readFileSync(join(ROOT, ".env.example"), "utf8").matchAll(/^(?:# )?([A-Z][A-Z_]+)=/gm)].map(
    ([, name]) => `${name}`,
  );

/** What it has printed since then, as soon as it is anything. */
async function printedAfter(length: number): Promise<string> {
  for (let tries = 0; tries < 50 && screen.length === length; tries += 1) await setTimeout(20);
  return screen.slice(length);
}

/** Not execFileSync: the sandbox has to be read meanwhile. */
async function shell(lines: string, more: NodeJS.ProcessEnv = {}): Promise<Run> {
  const sh = spawn("bash", ["-c", lines], { cwd: ROOT, env: { PATH: process.env["PATH"], HOME: TMPDIR, ...more } });
  const output = { stdout: "", stderr: "" };
  sh.stdout.on("data", (chunk) => {
    output.stdout += chunk;
  });
  sh.stderr.on("data", (chunk) => {
    output.stderr += chunk;
  });
  return new Promise((resolve) => sh.once("close", (status) => resolve({ status, ...output })));
}

test.each([
  ["preflight", /\d+ passed, \d+ warnings, 0 failed/],
  ["status", /The trigger|users|migrated/i],
  ["import", /^at the source +[1-9]/m],
  ["groups", /^editors +to create /m],
  ["attach --all-clients", /^$/],
  ["detach --all-clients", /-.*"UserMigration"/],
])("with the line that it prints, npx cognito-migration %s works from the checkout", async (command, said) => {
  const { status, stdout, stderr } = await shell(`${sourceLine()}\nnpx --no -- cognito-migration ${command}`);
  expect([status, stderr]).toEqual([0, expect.stringMatching(/^destination +account 222222222222/m)]);
  expect(stdout).toMatch(said);
});

test("says that the trigger is attached already, and that is so", async () => {
  expect(screen).toMatch(/^ +destination .*, trigger attached$/m);
  const { stderr } = await shell(`${sourceLine()}\nnpx --no -- cognito-migration attach --all-clients`);
  expect(stderr).toContain("Nothing to do");
});

test("fits a screen: 40 lines of 80 columns, nothing to copy but commands", () => {
  // The folder that this test has is deeper than most.
  const lines = screen.trimEnd().replaceAll(TMPDIR, "/tmp").split("\n");
  expect(lines.length).toBeLessThanOrEqual(40);
  expect(lines.filter((line) => line.length > 80)).toEqual([]);
  expect(screen).not.toMatch(/export |AWS_SECRET/);
});

test("names every sample user with a password, and ends with a sign-in and what it shows", async () => {
  const onOneLine = screen.replaceAll(/\n {40,}/g, " ");
  for (const { email, status, expect: expected } of sampleUsers()) {
    const password = status === "EXTERNAL_PROVIDER" ? "\\(none\\)" : "\\S{12,}";
    expect(onOneLine).toMatch(new RegExp(`^ +${email} +${password} +${expected.replaceAll(/[.;:]/g, ".")}$`, "m"));
  }
  const [, command = ""] =
    /^Sign in at the destination\n([\s\S]*?)\nIt answers with an AccessToken/m.exec(screen) ?? [];
  const before = screen.length;
  // It needs nothing of the environment.
  const answer = await runAwsCommand(command, { endpoint: "none", region: "none" });
  expect(answer["AuthenticationResult"]).toMatchObject({ AccessToken: expect.any(String) });
  const event = /^\d\d:\d\d:\d\d {2}user [0-9a-f]{16} {2}migrated: handed over with a proven password, /;
  expect(await printedAfter(before)).toMatch(event);
  expect(screen.slice(before).trimEnd().split("\n")).toHaveLength(1);
  // As it was announced.
  expect(screen.slice(0, before).trimEnd().split("\n").at(-1)).toMatch(
    /^ +HH:MM:SS {2}user .* {2}migrated: handed over with a/,
  );
});

test("forgetting a password goes as docs/sandbox.md says, with the code that is shown", async () => {
  const page = readFileSync(join(ROOT, "docs/sandbox.md"), "utf8");
  const section = page.split(/^## /m).find((text) => text.includes("forgot-password")) ?? "";
  const lines = section.match(/^aws cognito-idp .*$/gm) ?? [];
  expect(lines).toHaveLength(3);
  const credentials =
    readFileSync(environment()["AWS_SHARED_CREDENTIALS_FILE"] ?? "", "utf8").split("[destination]")[1] ?? "";
  const value = (name: string): string => new RegExp(`^${name} = (.*)$`, "m").exec(credentials)?.[1] ?? "";
  const destination = {
    endpoint: environment()["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] ?? "",
    region: "eu-central-1",
    credentials: { accessKeyId: value("aws_access_key_id"), sessionToken: value("aws_session_token") },
  };
  const [, clientId = ""] = /--client-id (\S+)/.exec(screen) ?? [];
  const before = screen.length;
  const answers: Record<string, unknown>[] = [];
  for (const line of lines) {
    const [, code = ""] =
      /^\d\d:\d\d:\d\d {2}code (\d+) \(destination, e-mail to r\*\*\*@e\*\*\*, forgotten password\)$/m.exec(
        await printedAfter(before),
      ) ?? [];
    answers.push(await runAwsCommand(line.replace("CLIENT_ID", clientId).replace("CODE", code), destination));
  }
  const [sent, set, listed] = answers;
  expect(sent).toMatchObject({ CodeDeliveryDetails: { DeliveryMedium: "EMAIL" } });
  expect(set).toEqual({});
  expect(JSON.stringify(listed)).toContain("reset-required@example.com");
});

/** Of every kind that there is, and some that come only later. */
const OF_AWS =
  "REGION DEFAULT_REGION PROFILE ENDPOINT_URL ENDPOINT_URL_SNS IGNORE_CONFIGURED_ENDPOINT_URLS USE_FIPS_ENDPOINT ACCESS_KEY_ID SECRET_ACCESS_KEY SESSION_TOKEN CONTAINER_CREDENTIALS_FULL_URI ROLE_ARN WEB_IDENTITY_TOKEN_FILE CA_BUNDLE NEW_2031";

test.each([
  ["bash", "source"],
  ["dash", "."],
])("with that line %s has for AWS and of settings what the sandbox has, and nothing from before", async (sh, how) => {
  const names = [...OF_AWS.split(" ").map((name) => `AWS_${name}`), "SETTINGS_FILE", ...inEnvExample()];
  expect(names.length).toBeGreaterThan(40);
  const before = Object.fromEntries(names.map((name) => [name, "of-the-shell\nAWS_AND=$(exit 1)'"]));
  const { status, stdout } = await shell(`${sh} -ec '${how} ${environmentFile()}; cat $AWS_CONFIG_FILE; env'`, before);
  for (const [side, region] of [
    ["source", "eu-west-1"],
    ["destination", "eu-central-1"],
  ])
    expect(stdout).toContain(`[profile ${side}]\nregion = ${region}\n`);
  expect([status, stdout.split("\n").filter((line) => line.includes("of-the-shell"))]).toEqual([0, []]);
  const ofAws = [...stdout.matchAll(/^(AWS_\w+)=/gm)].map(([, name]) => name);
  expect(ofAws.sort()).toEqual(
    Object.keys(environment())
      .filter((name) => name.startsWith("AWS_"))
      .sort(),
  );
});

test.each(["sns list-topics", "s3api list-buckets", "dynamodb list-tables"])(
  "in that shell nothing reaches AWS: aws %s",
  async (command) => {
    const { status, stderr } = await shell(`${sourceLine()}\naws ${command} --profile source`, {
      AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true",
    });
    expect(status).not.toBe(0);
    expect(stderr).toContain(`The sandbox does not have the service ${command.split(" ")[0]?.replace("api", "")}.`);
  },
);

test("every endpoint is in the file and in docs/sandbox.md", () => {
  const page = readFileSync(join(ROOT, "docs/sandbox.md"), "utf8");
  const names = [...readFileSync(environmentFile(), "utf8").matchAll(/^export (AWS_ENDPOINT_URL_\w+)='?http:/gm)];
  expect(names).toHaveLength(8);
  for (const [, name] of names) expect(page).toContain(`\`${name}\``);
});

test("the source has groups, and the lines of docs/sandbox.md import the rest and restore them", async () => {
  const page = readFileSync(join(ROOT, "docs/sandbox.md"), "utf8");
  const [importing = "", restoring = ""] = page.match(/^npx cognito-migration .*--apply.*$/gm) ?? [];
  // What an import leaves behind stays out of the checkout.
  const directory = join(TMPDIR, "project");
  mkdirSync(directory);
  writeFileSync(join(directory, "cdktf.json"), "{}");
  const type = (line: string): Promise<Run> => startCli(directory, environment(), line.split(" ").slice(2)).ended;
  expect(await type(importing)).toMatchObject({ status: 0, stdout: expect.stringMatching(/^import-\S+ +Succeeded /m) });
  const { status, stdout, stderr } = await type(restoring);
  expect([status, stderr]).toEqual([0, expect.stringMatching(/^editors +to create +3 .*its role stays behind/m)]);
  expect(stderr).toMatch(/^Prüfer-評価 +to create +3 /m);
  expect(stdout).toMatch(/^[1-9]\d* memberships restored\.$/m);
});

test("credentials are its own user's alone, and gone when it ends", async () => {
  const file = environmentFile();
  const { stdout } = await shell(`${sourceLine()}\ncat $AWS_SHARED_CREDENTIALS_FILE`);
  expect(stdout).toContain("[source]");
  for (const name of readdirSync(dirname(file)).filter((one) => one !== "config")) {
    const stats = statSync(join(dirname(file), name));
    expect([name, stats.mode & 0o777]).toEqual([name, stats.isDirectory() ? 0o700 : 0o600]);
  }
  child.kill("SIGINT");
  await ended;
  expect(readdirSync(TMPDIR).filter((name) => name.startsWith("cognito-migration-"))).toEqual([]);
});

test("with --log json each event is the line that the function wrote", async () => {
  const raw = spawn(process.execPath, ["build/sandbox.js", "--log", "json"], {
    cwd: ROOT,
    env: { PATH: process.env["PATH"], TMPDIR },
  });
  const gone = new Promise((resolve) => raw.once("exit", resolve));
  let shown = "";
  const until = (text: string) =>
    new Promise<void>((resolve) =>
      raw.stdout.on("data", (chunk: Buffer) => {
        shown += chunk.toString();
        if (shown.includes(text)) resolve();
      }),
    );
  try {
    await until("It answers with an AccessToken");
    const [, command = ""] = /^( {3}aws cognito-idp initiate-auth [\s\S]*?)\nIt answers/m.exec(shown) ?? [];
    shown = "";
    const event = until("migrated");
    await runAwsCommand(command, { endpoint: "none", region: "none" });
    await event;
  } finally {
    raw.kill("SIGINT");
    await gone;
  }
  const [first = ""] = shown.split("\n").filter((line) => line.startsWith("{"));
  expect(JSON.parse(first)).toMatchObject({ outcome: "migrated", calls: expect.any(Array), _aws: expect.any(Object) });
});

test.each([["--log", "xml"], ["--lgo", "json"], ["json"]])(
  "starts nothing when it is asked for what there is not: %s %s",
  (...options) => {
    const { status, stdout, stderr } = run(ROOT, [process.execPath, "build/sandbox.js", ...options.filter(Boolean)], {
      TMPDIR,
    });
    expect([status, stdout]).toEqual([2, ""]);
    expect(stderr).toMatch(
      new RegExp(
        `${options.at(-1) === "xml" ? "xml" : options[0]?.replace(/^--/, "")}[\\s\\S]*\nSee npm run sandbox -- --help\\.\n$`,
      ),
    );
  },
);
