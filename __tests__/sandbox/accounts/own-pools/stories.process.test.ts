import { execFile } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { userIn } from "../../../support/cli-process";
import { describedPool, required, SMS, text } from "../../../support/described-pools";
import type { Run } from "../../../support/program";
import {
  folderWith,
  type Ready,
  type ReadySide,
  runSandbox,
  type StartedSandbox,
  startSandbox,
} from "../../../support/started-sandbox";

const SOURCE = { id: "eu-west-1_AAAAAAAAA" };
const DESTINATION = { id: "us-east-1_BBBBBBBBB", account: "444444444444" };
const PASSWORD = "Aa1-a-password";
const EMAIL = { UsernameAttributes: ["email" as const] };

/** The AWS CLI as somebody who has the line of JSON runs it. @returns what it prints, or the name of the exception. */
async function aws(
  { endpoints }: Ready,
  { region, administrator }: ReadySide,
  ...parameters: readonly string[]
): Promise<string> {
  const env = {
    PATH: process.env["PATH"],
    AWS_ACCESS_KEY_ID: administrator.accessKeyId,
    AWS_SECRET_ACCESS_KEY: administrator.secretAccessKey,
    AWS_SESSION_TOKEN: administrator.sessionToken,
    AWS_CONFIG_FILE: "/dev/null",
  };
  const all = [
    "cognito-idp",
    ...parameters,
    "--endpoint-url",
    endpoints.cognitoIdentityProvider,
    "--region",
    region,
    "--output",
    "json",
  ];
  try {
    return (await promisify(execFile)("aws", all, { env })).stdout;
  } catch (error) {
    return /\((\w+)\)/.exec((error as Run).stderr)?.[1] ?? String(error);
  }
}

/** Makes a user of the source with a lasting password. */
async function add(ready: Ready, name: string, attributes: Readonly<Record<string, string>>): Promise<void> {
  const { source } = ready;
  const who = ["--user-pool-id", source.userPoolId, "--username", name];
  const given = Object.entries(attributes).map(([Name, Value]) => ({ Name, Value }));
  const made = await aws(
    ready,
    source,
    "admin-create-user",
    ...who,
    "--message-action",
    "SUPPRESS",
    "--user-attributes",
    JSON.stringify(given),
  );
  expect(made).toContain("FORCE_CHANGE_PASSWORD");
  await aws(ready, source, "admin-set-user-password", ...who, "--password", PASSWORD, "--permanent");
}

/** @returns "tokens", the challenge or the exception. */
async function signIn(ready: Ready, name: string, password = PASSWORD): Promise<string> {
  const { destination } = ready;
  const answer = await aws(
    ready,
    destination,
    "initiate-auth",
    "--client-id",
    destination.clientId,
    "--auth-flow",
    "USER_PASSWORD_AUTH",
    "--auth-parameters",
    JSON.stringify({ USERNAME: name, PASSWORD: password }),
  );
  if (!answer.startsWith("{")) return answer;
  const { AuthenticationResult, ChallengeName } = JSON.parse(answer);
  return AuthenticationResult?.AccessToken ? "tokens" : ChallengeName;
}

interface Described {
  readonly Username: string;
  readonly UserAttributes: readonly { readonly Name: string; readonly Value: string }[];
}

/** The user as a side has it. */
async function userAt(ready: Ready, side: "source" | "destination", name: string): Promise<Described> {
  const { userPoolId } = ready[side];
  return JSON.parse(await aws(ready, ready[side], "admin-get-user", "--user-pool-id", userPoolId, "--username", name));
}

async function attributesAt(ready: Ready, name: string): Promise<Record<string, string>> {
  const { UserAttributes } = await userAt(ready, "destination", name);
  return Object.fromEntries(UserAttributes.map(({ Name, Value }) => [Name, Value]));
}

/** A sandbox of these two files and nobody in it, for one story. */
async function between(
  source: Parameters<typeof describedPool>[1],
  destination: Parameters<typeof describedPool>[1],
  more: readonly string[],
  story: (ready: Ready, sandbox: StartedSandbox) => Promise<void>,
  [sourcePlace, destinationPlace]: readonly Parameters<typeof describedPool>[0][] = [SOURCE, DESTINATION],
): Promise<void> {
  const directory = folderWith({
    "source.json": describedPool(sourcePlace ?? SOURCE, source),
    "destination.json": describedPool(destinationPlace ?? DESTINATION, destination),
  });
  const files = [
    "--source-pool",
    join(directory, "source.json"),
    "--destination-pool",
    join(directory, "destination.json"),
  ];
  const sandbox = await startSandbox([...files, ...more]);
  try {
    await story(sandbox.ready, sandbox);
  } finally {
    await sandbox.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

test("who signs in with a phone number comes to a pool of usernames under it, and back", () =>
  between({ UsernameAttributes: ["phone_number"] }, {}, ["--no-users"], async (ready, { output }) => {
    expect([ready.source, ready.destination]).toMatchObject([
      { account: "333333333333", region: "eu-west-1", userPoolId: SOURCE.id },
      { account: "444444444444", region: "us-east-1", userPoolId: DESTINATION.id },
    ]);
    expect(ready.users).toEqual([]);
    await add(ready, "+4915550100", {});
    expect([await signIn(ready, "+4915550100"), await signIn(ready, "+4915550100")]).toEqual(["tokens", "tokens"]);
    expect(await signIn(ready, "+4915550199")).toBe("NotAuthorizedException");
    // Where the number is an attribute, Cognito makes the username; where there are usernames, the number is one.
    expect((await userAt(ready, "source", "+4915550100")).Username).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect((await userAt(ready, "destination", "+4915550100")).Username).toBe("+4915550100");
    expect(output.stdout.trim().split("\n")).toHaveLength(1);
    expect(output.stderr).toMatch(/^\d\d:\d\d:\d\d {2}user [0-9a-f]{16} {2}migrated: /m);
    expect(output.stderr).toMatch(/^Users in the source .*\n {3}nobody$/m);
  }));

test("another's number in one's own profile is nobody's name, whoever comes first", () =>
  between(EMAIL, { UsernameAttributes: ["email", "phone_number"] }, ["--no-users"], async (ready) => {
    const verified = { phone_number_verified: "true" };
    for (const [number, order] of [
      ["+4915550100", ["owner", "borrower"]],
      ["+4915550101", ["borrower", "owner"]],
    ] as const) {
      await add(ready, `owner${number}@example.com`, { phone_number: number, ...verified });
      await add(ready, `borrower${number}@example.com`, { phone_number: number });
      for (const who of order) expect(await signIn(ready, `${who}${number}@example.com`)).toBe("tokens");
      expect(await attributesAt(ready, `owner${number}@example.com`)).toMatchObject({ phone_number: number });
      expect(await attributesAt(ready, `borrower${number}@example.com`)).not.toHaveProperty("phone_number");
      expect((await attributesAt(ready, number))["email"]).toBe(`owner${number}@example.com`);
    }
  }));

test("a value that is too long for the destination stays behind", () =>
  between(
    { ...EMAIL, SchemaAttributes: [text("custom:tier", 256)] },
    { ...EMAIL, SchemaAttributes: [text("custom:tier", 5)] },
    ["--no-users"],
    async (ready) => {
      await add(ready, "long@example.com", { "custom:tier": "platinum" });
      await add(ready, "short@example.com", { "custom:tier": "gold" });
      for (const who of ["long", "short"]) expect(await signIn(ready, `${who}@example.com`)).toBe("tokens");
      expect(await attributesAt(ready, "long@example.com")).not.toHaveProperty("custom:tier");
      expect(await attributesAt(ready, "short@example.com")).toHaveProperty("custom:tier", "gold");
    },
  ));

test.each([
  ["sms", ["tokens", "SMS_MFA"]],
  ["allow", ["tokens", "tokens"]],
  ["reject", ["NotAuthorizedException", "NotAuthorizedException"]],
])("with --set MFA_POLICY=%s text messages do as it says", (policy, seen) =>
  between(
    { ...EMAIL, MfaConfiguration: "OPTIONAL", SmsConfiguration: SMS },
    { ...EMAIL, MfaConfiguration: "OPTIONAL", SmsConfiguration: SMS },
    ["--no-users", "--set", `MFA_POLICY=${policy}`],
    async (ready) => {
      await add(ready, "sms@example.com", { phone_number: "+4915550100", phone_number_verified: "true" });
      const { userPoolId } = ready.source;
      const factor = ["--sms-mfa-settings", "Enabled=true,PreferredMfa=true"];
      await aws(
        ready,
        ready.source,
        "admin-set-user-mfa-preference",
        "--user-pool-id",
        userPoolId,
        "--username",
        "sms@example.com",
        ...factor,
      );
      expect([await signIn(ready, "sms@example.com"), await signIn(ready, "sms@example.com")]).toEqual(seen);
    },
  ),
);

test("preflight says what is wrong with the operator's own pools, before anybody has credentials", () =>
  between(EMAIL, { ...EMAIL, SchemaAttributes: [required("custom:contract", 20)] }, ["--no-users"], async (ready) => {
    await add(ready, "somebody@example.com", {});
    const directory = folderWith({});
    const { status, stdout, stderr } = await userIn(directory, ready.environment).run("preflight");
    expect([status, stderr]).toEqual([1, expect.stringContaining("444444444444")]);
    expect(stdout).toMatch(/^ *failed +attributes-required +The destination requires custom:contract/m);
    rmSync(directory, { recursive: true, force: true });
  }));

test.each([
  [
    "another partition",
    { id: "us-gov-west-1_AAAAAAAAA" },
    { id: "us-gov-east-1_BBBBBBBBB", account: "444444444444" },
    "aws-us-gov",
  ],
  ["one account", { id: "eu-west-1_AAAAAAAAA" }, { id: "eu-west-1_BBBBBBBBB" }, "aws"],
])("groups and the role for an import's log are of the pools' own accounts: %s", (_, from, to, partition) =>
  between(
    EMAIL,
    EMAIL,
    [],
    async (ready, { output }) => {
      const { source, destination } = ready;
      const groups = await aws(ready, source, "list-groups", "--user-pool-id", source.userPoolId);
      expect(groups).toContain(`"arn:${partition}:iam::${source.account}:role/editors"`);
      expect(
        JSON.parse(
          await aws(
            ready,
            source,
            "list-users-in-group",
            "--user-pool-id",
            source.userPoolId,
            "--group-name",
            "editors",
          ),
        ).Users,
      ).not.toHaveLength(0);
      const role = (name: string) => `arn:${partition}:iam::${destination.account}:role/${name}`;
      const directory = folderWith({ "cdktf.json": "{}" });
      const cli = (...parameters: readonly string[]): Promise<Run> =>
        userIn(directory, ready.environment).run(...parameters, "--apply");
      const imported = await cli("import", "--logs-role-arn", role("cognito-import-logs"));
      expect(imported).toMatchObject({ status: 0, stdout: expect.stringMatching(/^import-\S+ +Succeeded /m) });
      const { status, stderr } = await cli("groups");
      rmSync(directory, { recursive: true, force: true });
      expect([status, stderr]).toEqual([0, expect.stringMatching(/^editors +to create +[1-9]/m)]);
      const due = ready.users.find((one) => one.expect.startsWith("must set"))?.username ?? "nobody";
      const forgotten = ["forgot-password", "--client-id", destination.clientId, "--username", due];
      expect(await aws(ready, destination, ...forgotten)).toContain("CodeDeliveryDetails");
      expect(output.stderr).toMatch(
        /^\d\d:\d\d:\d\d {2}code \d{6} \(destination, e-mail to \w\*\*\*@e\*\*\*, forgotten password\)$/m,
      );
      expect(output.stdout.trim().split("\n")).toHaveLength(1);
    },
    [from, to],
  ),
);

/** What steers a terminal, and begins a line that would be the program's. */
const FORGING = "\u001b[2J\u009b31m\u202e\nnot imitated: nothing";

function expectNothingForged(text: string): void {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  expect(text).not.toMatch(/^not imitated: nothing/m);
}

test("no text of a description or setting steers the terminal or forges a line, on the screen and in what happens", () =>
  between(
    {
      ...EMAIL,
      ...({ [`Unknown${FORGING}`]: 1 } as object),
      LambdaConfig: { [`PreSignUp${FORGING}`]: "arn" } as object,
      UserPoolTags: { [FORGING]: FORGING },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: [FORGING as "PASSWORD"] } },
      SchemaAttributes: [text(`custom:${FORGING}`, 20)],
    },
    EMAIL,
    [],
    async (ready, { output }) => {
      const user = ready.users.find(({ standsFor }) => standsFor === "ordinary");
      expect(await signIn(ready, user?.username ?? "nobody", user?.password)).toBe("tokens");
      expect(output.stderr).toContain(" migrated: ");
      for (const named of ["Unknown", "PreSignUp", "no sign-in by ", "custom:"])
        expect(output.stderr.replaceAll(/\s+/g, " ")).toContain(`${named}\\u001b[2J\\u009b31m\\u202e\\u000anot`);
      expectNothingForged(output.stderr);
    },
  ));

describe("what cannot be is refused with 2, all of it at once, and nothing on stdout", () => {
  const directory = folderWith({
    "pool.json": describedPool(SOURCE, EMAIL),
    "plain.json": describedPool(DESTINATION, {}),
    "broken.json": { UserPool: { Id: "x", MfaConfiguration: "MAYBE" } },
    "text.json": "no JSON",
    "empty.json": "",
    "deep.json": `{"UserPool":{"MfaConfiguration":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`,
    "long.json": describedPool(SOURCE, {
      SchemaAttributes: [text("custom:a", 1, { StringAttributeConstraints: { MinLength: "999999999999" } })],
    }),
    "forging.json": describedPool(SOURCE, {
      UsernameAttributes: [`email${FORGING}` as "email"],
      MfaConfiguration: FORGING as "ON",
      SchemaAttributes: [text(`custom:${FORGING}`, 1, { StringAttributeConstraints: { MaxLength: FORGING } })],
    }),
    "settings.env": "USER_POOL_NAME=customers\nMFA_POLICY=sms\nMFA_POLICY=allow\nSOURCE_ACCOUNT=999999999999\n",
  });
  const at = (name: string): string => join(directory, name);
  afterAll(() => rmSync(directory, { recursive: true, force: true }));

  test.each<[string, readonly string[], readonly string[]]>([
    [
      "files that describe no pool",
      ["--source-pool", at("broken.json"), "--destination-pool", at("text.json"), "--set", "MFA_POLCY=x"],
      [
        "Id: found",
        "Arn: found nothing",
        'MfaConfiguration: found "MAYBE"',
        "text.json: found text that is no JSON",
        "such as MFA_POLICY",
      ],
    ],
    [
      "files that are not there",
      ["--source-pool", at("none.json"), "--settings", directory],
      ["none.json: found no such file", "found a folder"],
    ],
    [
      "settings that contradict a pool",
      ["--source-pool", at("pool.json"), "--settings", at("settings.env")],
      ['SOURCE_ACCOUNT: found "999999999999"', "333333333333", "MFA_POLICY: found it in lines 2 and 3 of"],
    ],
    [
      "one pool twice",
      ["--source-pool", at("pool.json"), "--destination-pool", at("pool.json")],
      ["another user pool than the one in DESTINATION_USER_POOL_ARN"],
    ],
    [
      "what Terraform would not plan",
      [
        "--source-pool",
        at("pool.json"),
        "--destination-pool",
        at("plain.json"),
        "--set",
        "MFA_POLICY=sms",
        "--set",
        "ATTRIBUTE_MAP=sub=custom:old",
      ],
      ["MFA is off in us-east-1_BBBBBBBBB", "ATTRIBUTE_MAP names custom:old"],
    ],
    [
      "files of which one is empty and one nested too deep",
      ["--source-pool", at("empty.json"), "--destination-pool", at("deep.json")],
      ["empty.json: found an empty file (did the `aws` command fail?)", "deep.json: found more than 50 levels"],
    ],
    ["a length that no value has", ["--source-pool", at("long.json")], ['MinLength: found "999999999999"', "2048"]],
    [
      "texts that would steer the terminal",
      ["--source-pool", at("forging.json"), "--set", `X${FORGING}=1`, "--set", `MFA_POLICY=${FORGING}`],
      [
        "UsernameAttributes.0: found",
        "MfaConfiguration: found",
        "MaxLength: found",
        '--set: found "X',
        "MFA_POLICY: found",
      ],
    ],
    ["an option that steers the terminal", [`--${FORGING}`], ["--help"]],
    ["an option that there is not", ["--sauce"], ["sauce", "--help"]],
    ["a forgotten value", ["--source-pool", ""], ["--source-pool: found nothing, expected a value"]],
  ])("%s", async (_, parameters, said) => {
    const { status, stdout, stderr } = await runSandbox([...parameters, "--json"]);
    expect([status, stdout]).toEqual([2, ""]);
    for (const text of said) expect(stderr).toContain(text);
    expectNothingForged(stderr);
  });
});

test("settings come from a file; those of an account are named and left out, and an own side stands alone", async () => {
  const directory = folderWith({
    "source.json": describedPool(SOURCE, EMAIL),
    ".env": `USER_POOL_NAME=customers\nSOURCE_USER_POOL_ID=${SOURCE.id}\nSOURCE_PROFILE=legacy\nSTATE_BACKEND=s3\nSTATE_BUCKET=ours\nSTATE_REGION=eu-west-1\nDESTINATION_ACCOUNT=444444444444\nUNPROVEN_PASSWORD=refuse\n`,
  });
  const sandbox = await startSandbox([
    "--source-pool",
    join(directory, "source.json"),
    "--settings",
    join(directory, ".env"),
  ]);
  const { stderr } = await sandbox.stop();
  rmSync(directory, { recursive: true, force: true });
  expect(sandbox.ready.environment).toMatchObject({ USER_POOL_NAME: "customers", SOURCE_PROFILE: "source" });
  expect(sandbox.ready.environment).not.toHaveProperty("STATE_BUCKET");
  for (const name of ["SOURCE_PROFILE", "STATE_BUCKET", "DESTINATION_ACCOUNT"])
    expect(stderr).toMatch(new RegExp(`^ - ${name} \\(.*\\.env\\)\\s+does not\\s+count`, "m"));
  expect(sandbox.ready.destination).toMatchObject({ account: "222222222222" });
  const texts = sandbox.ready.users.map((one) => one.expect);
  expect(texts.filter((one) => one.startsWith("signs in"))).not.toHaveLength(0);
  expect(texts.filter((one) => one.startsWith("must set"))).toEqual([]);
});
