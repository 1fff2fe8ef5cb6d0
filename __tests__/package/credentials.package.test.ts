import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { credentialsFile } from "../../sandbox/accounts/operator-environment";
import { type Endpoint, json, listen } from "../../sandbox/aws/http";
import { runInstalled } from "../support/installed";
import { type Operator, openOperator } from "../support/operator";

/** Every way is a file of its own in the package, loaded only when a profile asks for it: a missing one would be found by the first user. */
let operator: Operator;
let home: string;
let server: Endpoint;
let asked: string[];
const expiration = new Date(Date.now() + 3_600_000);
beforeAll(async () => {
  operator = await openOperator();
  home = mkdtempSync(join(tmpdir(), "cognito-migration-credentials-"));
  server = await listen(async ({ path, headers, body }) => {
    const { accessKeyId, secretAccessKey, sessionToken } = operator.world.source.administrator;
    const [, action] = /Action=(AssumeRole\w*)/.exec(body) ?? [];
    const keys = { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey };
    if (action !== undefined) {
      asked.push(action);
      const members = Object.entries({ ...keys, SessionToken: sessionToken, Expiration: expiration.toISOString() });
      const xml = members.map(([name, value]) => `<${name}>${value}</${name}>`).join("");
      const text = `<${action}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><${action}Result><Credentials>${xml}</Credentials></${action}Result></${action}Response>`;
      return { status: 200, headers: { "content-type": "text/xml" }, body: text };
    }
    if (path.startsWith("/federation/credentials")) {
      asked.push("GetRoleCredentials");
      return json(200, {
        roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiration.getTime() },
      });
    }
    if (path.startsWith("/container")) {
      asked.push("container");
      return json(200, { ...keys, Token: sessionToken, Expiration: expiration.toISOString() });
    }
    // What else is asked of STS, the sandbox answers: it checks signatures, which name the host that the program knows.
    const answer = await fetch(String(operator.environment["AWS_ENDPOINT_URL_STS"]), {
      method: "POST",
      headers: {
        "content-type": String(headers["content-type"]),
        authorization: String(headers["authorization"]),
        "x-amz-date": String(headers["x-amz-date"]),
        "x-amz-security-token": String(headers["x-amz-security-token"]),
        "x-forwarded-host": String(headers["host"]),
      },
      body,
    });
    return { status: answer.status, headers: { "content-type": "text/xml" }, body: await answer.text() };
  });
  const { source, destination } = operator.world;
  writeFileSync(
    join(home, "credentials"),
    credentialsFile({ keys: source.administrator, destination: destination.administrator }),
    { mode: 0o600 },
  );
  writeFileSync(join(home, "token"), "a.web.identity");
  const {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
  } = source.administrator;
  writeFileSync(
    join(home, "keys.json"),
    JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey, SessionToken, Expiration: expiration.toISOString() }),
  );
  mkdirSync(join(home, ".aws/sso/cache"), { recursive: true });
  const session = {
    accessToken: "token",
    expiresAt: expiration.toISOString(),
    startUrl: "https://example.awsapps.com/start",
    region: "eu-west-1",
  };
  writeFileSync(
    join(home, ".aws/sso/cache", `${createHash("sha1").update("company").digest("hex")}.json`),
    JSON.stringify(session),
  );
});
beforeEach(() => {
  asked = [];
});
afterAll(async () => {
  await server.close();
  await operator.close();
  rmSync(home, { recursive: true });
});

const ROLE = "role_arn = arn:aws:iam::111111111111:role/admin";
const STS = (url: string) => ({ AWS_ENDPOINT_URL_STS: url });

test.each<[string, (home: string) => string, (url: string) => Record<string, string>, string[]]>([
  ["a process", (folder) => `credential_process = cat ${join(folder, "keys.json")}`, () => ({}), []],
  [
    "SSO",
    () =>
      "sso_session = company\nsso_account_id = 111111111111\nsso_role_name = admin\n[sso-session company]\nsso_start_url = https://example.awsapps.com/start\nsso_region = eu-west-1",
    (url) => ({ AWS_ENDPOINT_URL_SSO: url }),
    ["GetRoleCredentials"],
  ],
  [
    "a web identity",
    (folder) => `${ROLE}\nweb_identity_token_file = ${join(folder, "token")}`,
    STS,
    ["AssumeRoleWithWebIdentity"],
  ],
  ["an assumed role", () => `${ROLE}\nsource_profile = keys`, STS, ["AssumeRole"]],
  [
    "a container",
    () => `${ROLE}\ncredential_source = EcsContainer`,
    (url) => ({ ...STS(url), AWS_CONTAINER_CREDENTIALS_FULL_URI: `${url}/container` }),
    ["container", "AssumeRole"],
  ],
])("credentials by %s are asked for", async (_, profile, environment, calls) => {
  writeFileSync(join(home, "config"), `[profile way]\n${profile(home)}\n`);
  const files = { AWS_SHARED_CREDENTIALS_FILE: join(home, "credentials"), AWS_CONFIG_FILE: join(home, "config") };
  const env = { ...operator.environment, ...files, SOURCE_PROFILE: "way", ...environment(server.url) };
  const { status, stderr } = await runInstalled(home, env, "status", "--json");
  expect([stderr.split("\n").slice(-3), status]).toEqual([expect.anything(), 0]);
  expect([...new Set(asked)]).toEqual(calls);
});
