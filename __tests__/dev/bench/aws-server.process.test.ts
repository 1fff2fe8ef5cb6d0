import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { Agent, request } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AwsServer, startAwsServer } from "../../../dev/bench/aws-server";
import { makeCertificates } from "../../../dev/bench/certificates";
import { signatureOf } from "../../../dev/bench/sigv4";

const directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
let aws: AwsServer;
let ca: Buffer;

beforeAll(async () => {
  const certificates = await makeCertificates(directory);
  ca = readFileSync(certificates.authorityFile);
  aws = await startAwsServer(certificates, 0);
});

afterAll(async () => {
  await aws.close();
  rmSync(directory, { recursive: true, force: true });
});

async function assumeRole(agent: Agent, secret = aws.environment["AWS_SECRET_ACCESS_KEY"] ?? ""): Promise<string> {
  const url = new URL(aws.environment["AWS_ENDPOINT_URL_STS"] ?? "");
  const body = "Action=AssumeRole&Version=2011-06-15";
  const time = new Date().toISOString().replace(/[:-]|\.\d{3}/g, "");
  const headers: Record<string, string> = {
    host: url.host,
    "x-amz-date": time,
    "x-amz-security-token": aws.environment["AWS_SESSION_TOKEN"] ?? "",
  };
  const names = Object.keys(headers);
  const signature = signatureOf(
    { method: "POST", path: "/", headers, body },
    names,
    { region: "eu-central-1", service: "sts", time },
    secret,
  );
  headers["authorization"] =
    `AWS4-HMAC-SHA256 Credential=${aws.environment["AWS_ACCESS_KEY_ID"]}/${time.slice(0, 8)}/eu-central-1/sts/aws4_request, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers, agent, ca }, (answer) => {
      let text = "";
      answer.on("data", (chunk: Buffer) => {
        text += chunk.toString();
      });
      answer.on("end", () => resolve(`${answer.statusCode} ${text}`));
    });
    sent.on("error", reject).end(body);
  });
}

const since = (before: ReturnType<AwsServer["counts"]>): Record<string, number> =>
  Object.fromEntries(Object.entries(aws.counts()).map(([name, value]) => [name, value - before[name as "requests"]]));

test("a kept connection serves several requests with one handshake", async () => {
  const agent = new Agent({ keepAlive: true });
  const before = aws.counts();
  expect(await assumeRole(agent)).toMatch(/^200 <AssumeRoleResponse/);
  await assumeRole(agent);
  expect(since(before)).toEqual({ requests: 2, connections: 1, fullHandshakes: 1, resumedHandshakes: 0 });
  agent.destroy();
});

test("a connection per request costs a handshake each, resumed where the client kept the session", async () => {
  const before = aws.counts();
  const forgetful = [new Agent(), new Agent()];
  for (const agent of forgetful) await assumeRole(agent);
  expect(since(before)).toEqual({ requests: 2, connections: 2, fullHandshakes: 2, resumedHandshakes: 0 });
  await assumeRole(forgetful[0] as Agent);
  expect(since(before)).toEqual({ requests: 3, connections: 3, fullHandshakes: 2, resumedHandshakes: 1 });
});

test("a wrong signature is refused, and the run can say why", async () => {
  expect(await assumeRole(new Agent(), "another secret")).toMatch(/^403 .*InvalidSignatureException/);
  expect(aws.problems.at(-1)).toContain("sts AssumeRole");
  expect(aws.problems.at(-1)).toContain("the signature does not match");
});
