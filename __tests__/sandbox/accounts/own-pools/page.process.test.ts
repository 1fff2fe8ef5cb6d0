import { spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ROOT, type Run } from "../../../support/program";
import { folderWith, type Ready, startSandbox } from "../../../support/started-sandbox";

/** docs/try-your-pools.md, from its first command to its last: the sandbox's own pools stand for the reader's. */
const BLOCKS = [...readFileSync(join(ROOT, "docs/try-your-pools.md"), "utf8").matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(
  ([, block = ""]) => block,
);
const directory = folderWith({ "cdktf.json": "{}" });

afterAll(() => rmSync(directory, { recursive: true, force: true }));

/** Runs lines of the page as they are, with the reader's values in the place of the page's. */
function shell(
  lines: string,
  values: Readonly<Record<string, string>>,
  environment: Readonly<Record<string, string>>,
): Promise<Run> {
  const own = Object.entries(values).reduce((text, [name, value]) => text.replaceAll(name, value), lines);
  const sh = spawn("bash", ["-ec", own], {
    cwd: directory,
    env: { PATH: process.env["PATH"], HOME: directory, ...environment },
  });
  const output = { stdout: "", stderr: "" };
  sh.stdout.on("data", (chunk) => {
    output.stdout += chunk;
  });
  sh.stderr.on("data", (chunk) => {
    output.stderr += chunk;
  });
  return new Promise((resolve) => sh.once("close", (status) => resolve({ status, ...output })));
}

const administratorOf = ({ source, destination, endpoints }: Ready, side: "source" | "destination") => {
  const { administrator, region } = { source, destination }[side];
  return {
    AWS_ACCESS_KEY_ID: administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
    AWS_SESSION_TOKEN: administrator.sessionToken,
    AWS_DEFAULT_REGION: region,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: endpoints.cognitoIdentityProvider,
  };
};

test("every command of the page does what the page says", async () => {
  const [describe = "", start = "", preflight = "", explain = "", make = ""] = BLOCKS;
  expect(BLOCKS).toHaveLength(5);

  const first = await startSandbox(["--no-users"]);
  const ids = {
    "eu-west-1_SourcePool": first.ready.source.userPoolId,
    "eu-central-1_NewPool": first.ready.destination.userPoolId,
  };
  const [ofSource = "", ofDestination = ""] = describe.trim().split("\n");
  const described = [
    await shell(ofSource, ids, administratorOf(first.ready, "source")),
    await shell(ofDestination, ids, administratorOf(first.ready, "destination")),
  ];
  await first.stop();
  expect(described).toMatchObject([
    { status: 0, stderr: "" },
    { status: 0, stderr: "" },
  ]);

  const [, parameters = ""] = /^npm run sandbox -- (.*)\n$/.exec(start) ?? [];
  const own = await startSandbox(
    parameters.split(" ").map((one) => (one.startsWith("--") ? one : join(directory, one))),
  );
  try {
    const { ready } = own;
    expect([ready.source.userPoolId, ready.destination.userPoolId]).toEqual(Object.values(ids));
    expect(own.output.stderr).toMatch(/^ - not imitated: source /m);
    const program = { "npx cognito-migration": `node ${join(ROOT, "bin/cognito-migration.mjs")}` };
    const { stderr: printed } = own.output;
    const [, sourceLine = "no line to source"] = /^ +(source \S+)$/m.exec(printed) ?? [];
    const inSecondShell = (lines: string, values: Readonly<Record<string, string>>): Promise<Run> =>
      shell(`${sourceLine}\n${lines}`, values, {});
    const checked = await inSecondShell(preflight, program);
    expect([checked.status, checked.stdout]).toEqual([0, expect.stringMatching(/ 0 failed/)]);

    const user = ready.users.find(({ expect: text }) => text.startsWith("signs in"));
    const why = await inSecondShell(explain, { ...program, USERNAME: user?.username ?? "" });
    expect([why.status, why.stdout]).toEqual([0, expect.stringContaining(user?.username ?? "nobody")]);

    const made = await inSecondShell(make, { ...ids, USERNAME: "mine@example.com" });
    expect([made.status, made.stderr]).toEqual([0, ""]);
    const mine = await inSecondShell(explain, { ...program, USERNAME: "mine@example.com" });
    // With a password that lasts, as the page says.
    expect([mine.status, mine.stdout]).toEqual([0, expect.stringMatching(/^source .* CONFIRMED, enabled$/m)]);

    const [signIn = ""] = /aws cognito-idp initiate-auth[\s\S]*?PASSWORD=\S+/.exec(printed) ?? [];
    const signedIn = await shell(signIn, {}, {});
    expect([signedIn.status, JSON.parse(signedIn.stdout)]).toEqual([
      0,
      expect.objectContaining({ AuthenticationResult: expect.anything() }),
    ]);
  } finally {
    await own.stop();
  }
});
