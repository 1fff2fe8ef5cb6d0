import { execFile, execFileSync } from "node:child_process";
import { copyFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { openWorld, type PaperWorld } from "../../sandbox/accounts/from-synth";
import { type SampleUser, seedPerson } from "../../sandbox/accounts/sample-users";
import { type Endpoint, listen } from "../../sandbox/aws/http";
import { ROOT } from "../support/program";
import type { Row } from "./row";

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

const people = (name: string): readonly Omit<SampleUser, "expect">[] =>
  ["first", "second"].map((which) =>
    seedPerson(`${which}-${CLIENTS[name as keyof typeof CLIENTS].transport}`, { attributes: { given_name: "Sample" } }),
  );
const users = new Map(NAMES.map((name) => [name, people(name)]));
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
  world = await openWorld({ root: ROOT, users: [...users.values()].flat(), tell });
  const { userPool, clientId } = world.destination;
  userPool.clients.update(clientId, undefined, {
    ExplicitAuthFlows: ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "REFRESH_TOKEN_AUTH"].map(
      (flow) => `ALLOW_${flow}`,
    ),
    PreventUserExistenceErrors: "ENABLED",
  });
  const asked = () => world.function.invocations.length;
  state = await listen(async () => ({ status: 200, headers: {}, body: JSON.stringify({ asked: asked(), code }) }));
}, 400_000);

afterAll(async () => {
  await state?.close();
  await world?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function play(name: keyof typeof CLIENTS): Promise<readonly Row[]> {
  const { program, transport } = CLIENTS[name];
  const { destination, urls } = world;
  const [first, second] = users.get(name) ?? [];
  const config = {
    program,
    project: ROOT,
    stateUrl: state.url,
    endpoint: urls.cognitoIdentityProvider,
    region: destination.region,
    userPoolId: destination.userPoolId,
    clientId: destination.clientId,
    first: first?.email,
    second: second?.email,
    fresh: `fresh-${transport}@example.com`,
    // One password for both: it is the sandbox's own, made anew every time.
    password: first?.password,
    changed: `Bb2-${first?.password}`,
    reset: `Cc3-${first?.password}`,
  };
  const { PATH, HOME } = process.env;
  const env = {
    PATH: [PATH, "/usr/bin"].join(delimiter),
    HOME,
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_REGION: config.region,
  };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(folder, "story.mjs"), transport, JSON.stringify(config)],
    { cwd: folder, env, timeout: 200_000 },
  );
  return JSON.parse(stdout.split("\n").at(-2) ?? "[]") as Row[];
}

describe.each(NAMES)("%s", (name) => {
  const recorded = (): readonly Row[] => (JSON.parse(readFileSync(RUN, "utf8")) as Record<string, Row[]>)[name] ?? [];

  (isMissing(name) ? test.skip : test)(
    "sees what docs/clients.md says of it",
    async () => {
      const rows = await play(name);
      runs.set(name, rows);
      if (process.env["RECORD_CLIENTS"] === undefined) expect(rows).toEqual(recorded());
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
