import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runAwsCommand } from "../../support/aws-command";
import { startCli } from "../../support/cli-process";
import { ROOT } from "../../support/program";
import { folderWith, type StartedSandbox, startSandbox } from "../../support/started-sandbox";

/** What docs/sandbox.md says of it. */
const [, section = ""] = readFileSync(join(ROOT, "docs/sandbox.md"), "utf8").split("\n## Groups in the first token\n");
const line = (beginning: string): string =>
  section.split("\n").find((one) => one.startsWith(beginning)) ?? `no line with ${beginning}`;
const words = (text: string): string[] => text.split(" ").map((word) => word.replace(/^'(.*)'$/, "$1"));

let sandbox: StartedSandbox;
beforeAll(async () => {
  sandbox = await startSandbox(words(line("npm run sandbox -- ").replace("npm run sandbox -- ", "")));
});
afterAll(() => sandbox.stop());

const aws = (command: string): Promise<Record<string, unknown>> => {
  const { endpoints, destination } = sandbox.ready;
  return runAwsCommand(command, {
    endpoint: endpoints.cognitoIdentityProvider,
    region: destination.region,
    credentials: destination.administrator,
  });
};

const authenticate = async (flow: string, parameters: string): Promise<Record<string, string>> => {
  const { clientId } = sandbox.ready.destination;
  const { AuthenticationResult } = await aws(
    `aws cognito-idp initiate-auth --no-sign-request --auth-flow ${flow} --client-id ${clientId} --auth-parameters ${parameters}`,
  );
  return AuthenticationResult as Record<string, string>;
};
const groupsIn = (token = ""): unknown =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString())["cognito:groups"];
const memberOf = async (): Promise<unknown> => {
  const { Groups } = await aws(line("aws cognito-idp admin-list-groups-for-user"));
  return (Groups as { GroupName: string }[]).map(({ GroupName }) => GroupName);
};

test("the first answer has the source's groups, then come memberships, and one command ends it", async () => {
  const user = sandbox.ready.users.find(({ username }) => username === "ordinary@example.com");
  const first = await authenticate("USER_PASSWORD_AUTH", `USERNAME=${user?.username},PASSWORD=${user?.password}`);
  for (const token of [first["IdToken"], first["AccessToken"]])
    expect(groupsIn(token)).toEqual(["editors", "Prüfer-評価"]);
  expect(await memberOf()).toEqual(["editors", "Prüfer-評価"]);

  const revoke = words(line("npx cognito-migration groups --revoke").replace("npx cognito-migration ", ""));
  const directory = folderWith({ "cdktf.json": {} });
  const { status, stderr } = await startCli(directory, sandbox.ready.environment, revoke).ended;
  expect([status, stderr]).toEqual([0, expect.any(String)]);
  expect(await memberOf()).toEqual(["Prüfer-評価"]);
  const refreshed = await authenticate("REFRESH_TOKEN_AUTH", `REFRESH_TOKEN=${first["RefreshToken"]}`);
  expect(groupsIn(refreshed["AccessToken"])).toEqual(["Prüfer-評価"]);
});
