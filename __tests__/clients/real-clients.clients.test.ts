import { execFile, execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import type { Browser } from "playwright-core";
import { openWorld, type PaperWorld } from "../../sandbox/accounts/from-synth";
import { type SampleUser, seedPerson } from "../../sandbox/accounts/sample-users";
import { type Endpoint, listen } from "../../sandbox/aws/http";
import { chromium, describeInChromium } from "../support/chromium";
import { ROOT } from "../support/program";
import { browserBundle } from "./browser-bundle";
import type { Row } from "./row";

declare global {
  interface Window {
    play(config: object): Promise<readonly Row[]>;
  }
}

const HERE = join(ROOT, "__tests__/clients");
const RUN = join(HERE, "run.json");

/** By the name of the client in the recorded run. */
const CLIENTS = {
  "Amplify 6": { program: "amplify", transport: "amplify" },
  "amazon-cognito-identity-js": { program: "identity-js", transport: "identity-js" },
  "AWS SDK for JavaScript 3": { program: "requests", transport: "sdk" },
  "AWS CLI": { program: "requests", transport: "cli" },
  boto3: { program: "requests", transport: "boto3" },
} as const;
const NAMES = Object.keys(CLIENTS) as (keyof typeof CLIENTS)[];

/** What a machine may not have, unless `CI` says that it must. */
const isMissing = (name: string): boolean => {
  const command = { "AWS CLI": ["aws", "--version"], boto3: ["python3", "-c", "import boto3"] }[name];
  if (command === undefined || process.env["CI"] !== undefined) return false;
  try {
    execFileSync(command[0] ?? "", command.slice(1), { stdio: "ignore" });
    return false;
  } catch {
    return true;
  }
};

const people = (of: string): readonly Omit<SampleUser, "expect">[] =>
  ["first", "second"].map((which) => seedPerson(`${which}-${of}`, { attributes: { given_name: "Sample" } }));
const users = new Map(NAMES.map((name) => [name, people(CLIENTS[name].transport)]));
/** Those that run in a browser, too, from another origin than the sandbox's. */
const IN_CHROMIUM = ["Amplify 6", "amazon-cognito-identity-js"] as const;
const chromiumUsers = new Map(IN_CHROMIUM.map((name) => [name, people(`${CLIENTS[name].transport}-chromium`)]));
const runs = new Map<string, readonly Row[]>();

let folder: string;
let world: PaperWorld;
let state: Endpoint;
let code = "";

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "cognito-migration-clients-"));
  for (const name of readdirSync(HERE).filter((one) => /\.(json|mjs|py)$/.test(one) && one !== "run.json"))
    copyFileSync(join(HERE, name), join(folder, name));
  const options = ["--ignore-scripts", "--engine-strict=false", "--no-audit", "--no-fund"];
  execFileSync("npm", ["ci", ...options], { cwd: folder, timeout: 300_000, stdio: "pipe" });
  const tell = {
    code: (sent: string) => {
      code = sent;
    },
  };
  world = await openWorld({ root: ROOT, users: [...users.values(), ...chromiumUsers.values()].flat(), tell });
  const { userPool, clientId } = world.destination;
  userPool.clients.update(clientId, undefined, {
    ExplicitAuthFlows: ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "REFRESH_TOKEN_AUTH"].map(
      (flow) => `ALLOW_${flow}`,
    ),
    PreventUserExistenceErrors: "ENABLED",
  });
  state = await listen(async () => ({ status: 200, headers: {}, body: JSON.stringify(now()) }));
}, 400_000);

afterAll(async () => {
  await state?.close();
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** How often the migration trigger was asked, and the last code that went out. */
const now = () => ({ asked: world.function.invocations.length, code });

function configOf(of: string, [first, second]: readonly Omit<SampleUser, "expect">[]) {
  const { destination, urls } = world;
  return {
    project: ROOT,
    stateUrl: state.url,
    endpoint: urls.cognitoIdentityProvider,
    region: destination.region,
    userPoolId: destination.userPoolId,
    clientId: destination.clientId,
    first: first?.email,
    second: second?.email,
    fresh: `fresh-${of}@example.com`,
    // One password for both: it is the sandbox's own, made anew every time.
    password: first?.password,
    changed: `Bb2-${first?.password}`,
    reset: `Cc3-${first?.password}`,
  };
}

async function play(name: keyof typeof CLIENTS): Promise<readonly Row[]> {
  const { program, transport } = CLIENTS[name];
  const config = { program, ...configOf(transport, users.get(name) ?? []) };
  const { PATH, HOME } = process.env;
  const env = {
    PATH: [PATH, "/usr/bin"].join(delimiter),
    HOME,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_REGION: config.region,
  };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(folder, "run.mjs"), transport, JSON.stringify(config)],
    { cwd: folder, env, timeout: 200_000 },
  );
  return JSON.parse(stdout.split("\n").at(-2) ?? "[]") as Row[];
}

const recordedOf = (name: string): readonly Row[] =>
  (JSON.parse(readFileSync(RUN, "utf8")) as Record<string, Row[]>)[name] ?? [];

describe.each(NAMES)("%s", (name) => {
  (isMissing(name) ? test.skip : test)(
    "sees what docs/clients.md says of it",
    async () => {
      const rows = await play(name);
      runs.set(name, rows);
      if (process.env["RECORD_CLIENTS"] === undefined) expect(rows).toEqual(recordedOf(name));
    },
    250_000,
  );
});

describeInChromium("in Chromium, from another origin", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await chromium();
  });
  afterAll(() => browser?.close());

  test.each(IN_CHROMIUM)(
    "%s sees the same",
    async (name) => {
      const { program, transport } = CLIENTS[name];
      const script = browserBundle(folder, program);
      const origin = await listen(async ({ path }) =>
        path === "/app.js"
          ? { status: 200, headers: { "content-type": "text/javascript" }, body: script }
          : { status: 200, headers: { "content-type": "text/html" }, body: '<script src="/app.js"></script>' },
      );
      const page = await (await browser.newContext()).newPage();
      const hosts = new Set<string>();
      page.on("request", (request) => hosts.add(new URL(request.url()).hostname));
      try {
        await page.exposeFunction("world", now);
        await page.goto(origin.url);
        const config = configOf(`${transport}-chromium`, chromiumUsers.get(name) ?? []);
        const rows = await page.evaluate((given) => window.play(given), config);
        expect(rows).toEqual(recordedOf(name));
        expect([...hosts]).toEqual(["127.0.0.1"]);
        expect(new URL(config.endpoint).origin).not.toBe(new URL(origin.url).origin);
      } finally {
        await page.close();
        await origin.close();
      }
    },
    250_000,
  );
});

/** Whatever was recorded: what must be so of every client. */
test("every client migrates by the password, once, and by nothing else", () => {
  if (process.env["RECORD_CLIENTS"] !== undefined)
    writeFileSync(RUN, `${JSON.stringify(Object.fromEntries(runs), undefined, 2)}\n`);
  for (const [name, rows] of runs) {
    const asked = rows.filter(({ trigger }) => trigger > 0).map(({ step, trigger }) => [step, trigger]);
    expect([name, asked]).toEqual([
      name,
      [
        ["a wrong password, before the migration", 1],
        ["the password: the migration", 1],
        ["a forgotten password, before the migration", 1],
      ],
    ]);
    const saw = (step: string) => rows.find((row) => row.step === step)?.saw;
    expect([
      saw("the password: the migration"),
      saw("the tokens, by their signatures"),
      saw("a refresh"),
      saw("SRP, after the migration"),
      saw("its code and a new password"),
      saw("its confirmation"),
    ]).toEqual(["signed in", "good", "new tokens", "signed in", "signed in", "signed in"]);
    expect(saw("SRP, before the migration")).toBe(saw("a wrong password, after the migration"));
  }
  expect(runs.size).toBeGreaterThan(2);
});
