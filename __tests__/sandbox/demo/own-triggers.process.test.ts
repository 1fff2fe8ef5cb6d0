import { rmSync } from "node:fs";
import { join } from "node:path";
import { CognitoIdentityProviderClient, InitiateAuthCommand } from "@aws-sdk/client-cognito-identity-provider";
import { folderWith, type Ready, runSandbox, type StartedSandbox, startSandbox } from "../../support/started-sandbox";

/** One says what it gets, in CommonJS and with a callback; one puts a group into tokens; one is no function. */
const files = folderWith({
  "says.cjs":
    'exports.handler = (event, _, callback) => { console.log("SAW " + event.triggerSource + " " + Boolean(process.env.AWS_ENDPOINT_URL)); callback(null, event); };',
  "lib.mjs": 'export const GROUP = "from-own-file";',
  "tokens.mjs": `import { GROUP } from "./lib.mjs";
    export const handler = async (event) => {
      const groups = [...event.request.groupConfiguration.groupsToOverride, GROUP];
      event.response = { claimsOverrideDetails: { groupOverrideDetails: { groupsToOverride: groups } } };
      return event;
    };`,
  "none.mjs": "export const other = 1;",
});
afterAll(() => rmSync(files, { recursive: true, force: true }));
const file = (name: string): string => join(files, name);

async function signIn({ endpoints, destination, users }: Ready): Promise<Record<string, unknown>> {
  const ordinary = users.find(({ username }) => username.startsWith("ordinary"));
  const client = new CognitoIdentityProviderClient({
    region: destination.region,
    endpoint: endpoints.cognitoIdentityProvider,
    credentials: destination.administrator,
  });
  const { AuthenticationResult } = await client.send(
    new InitiateAuthCommand({
      AuthFlow: "USER_PASSWORD_AUTH",
      ClientId: destination.clientId,
      AuthParameters: { USERNAME: ordinary?.username ?? "", PASSWORD: ordinary?.password ?? "" },
    }),
  );
  return JSON.parse(Buffer.from(AuthenticationResult?.AccessToken?.split(".")[1] ?? "", "base64url").toString());
}

describe("with functions of one's own", () => {
  let sandbox: StartedSandbox;
  beforeAll(async () => {
    sandbox = await startSandbox([
      ...["--trigger", `PreSignUp=${file("says.cjs")}`],
      ...["--trigger", `PreTokenGeneration=${file("tokens.mjs")}`],
      ...["--pre-sign-up", "PreSignUp_AdminCreateUser"],
    ]);
  });
  afterAll(() => sandbox.stop());

  test("a migration runs them, and shows what they write", async () => {
    const claims = await signIn(sandbox.ready);
    expect(claims["cognito:groups"]).toEqual(["from-own-file"]);
    expect(sandbox.output.stderr).toMatch(/^PreSignUp: SAW PreSignUp_AdminCreateUser true$/m);
  });
});

test.each([
  [["--trigger", "PreSignUp=nowhere.mjs"], "--trigger: found no such file: nowhere.mjs"],
  [["--trigger", `PreSignUp=${files}`], "--trigger: found no file: "],
  [["--trigger", `PreSignup=${file("says.cjs")}`], '--trigger: found "PreSignup='],
  [["--trigger", `UserMigration=${file("says.cjs")}`], "--trigger: found UserMigration, which is this migration's"],
  [["--trigger", `CustomMessage=${file("says.cjs")}`], '--trigger: found "CustomMessage='],
  [["--trigger", `PreSignUp:V2_0=${file("says.cjs")}`], "--trigger: found a version for PreSignUp"],
  [
    ["--trigger", `PreSignUp=${file("says.cjs")}`, "--trigger", `PreSignUp=${file("tokens.mjs")}`],
    "--trigger: found PreSignUp twice",
  ],
  [["--trigger", `PreSignUp=${file("none.mjs")}`], "no function is exported as handler"],
])("%j is refused, and says why", async (parameters, said) => {
  const { status, stderr } = await runSandbox(parameters);
  expect([status, stderr]).toEqual([2, expect.stringContaining(said)]);
  expect(stderr).toMatch(/^The sandbox did not start\./m);
});
