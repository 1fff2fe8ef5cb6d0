import { createServer } from "node:net";
import { signatureProblem } from "../../../dev/bench/sigv4";
import { nameOf } from "../../../handler/aws/error-name";
import { connectTokenCalls } from "../../../handler/aws/token-calls";
import { json, type Misbehaviour, type Response } from "../../../sandbox/aws/http";
import { awsError, type ScriptedAws, scriptedAws } from "../../support/scripted-aws";
import { POOL } from "../../support/token-event";

const CREDENTIALS = { secretAccessKey: "canary-execution-secret", sessionToken: "canary-execution-token" };
const BUS = "arn:aws:events:eu-central-1:222222222222:event-bus/default";
const MIGRATED = {
  sourceSub: "source-sub",
  sub: "destination-sub",
  userPoolId: POOL,
  how: "proven",
  at: "2027-01-15T08:00:00.000Z",
} as const;
const environment = (url: string) => ({
  AWS_REGION: "eu-central-1",
  AWS_ACCESS_KEY_ID: "ASIAEXECUTION",
  AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
  AWS_SESSION_TOKEN: CREDENTIALS.sessionToken,
  AWS_ENDPOINT_URL: url,
});

let aws: ScriptedAws;
beforeEach(async () => {
  aws = await scriptedAws();
});
afterEach(() => aws.close());

const calls = (env = {}, ms = 3000) => connectTokenCalls({ ...environment(aws.url), ...env }, AbortSignal.timeout(ms));
const add = (env?: object, ms?: number) => calls(env, ms).addToGroup({ userPoolId: POOL, username: "jänë" }, "editörs");
const send = () => calls().sendEvent(BUS, MIGRATED);
const problem = (service: string, known: typeof CREDENTIALS | { secretAccessKey: string } = CREDENTIALS) => {
  const [request] = aws.requests;
  return request && signatureProblem(request, service, (id) => (id === "ASIAEXECUTION" ? known : undefined));
};

test("a membership is one signed request of AWS's JSON protocol", async () => {
  aws.answers = { AdminAddUserToGroup: () => json(200, {}) };
  await add();
  expect(aws.requests).toHaveLength(1);
  expect(problem("cognito-idp")).toBeUndefined();
  const { method, path, headers, body } = aws.requests[0] ?? { method: "", path: "", headers: {}, body: "" };
  expect([method, path, headers["content-type"], headers["x-amz-target"]]).toEqual([
    "POST",
    "/",
    "application/x-amz-json-1.1",
    "AWSCognitoIdentityProviderService.AdminAddUserToGroup",
  ]);
  expect(JSON.parse(body)).toEqual({ UserPoolId: POOL, Username: "jänë", GroupName: "editörs" });
});

test("an event is one entry for one bus", async () => {
  aws.answers = { PutEvents: () => json(200, { FailedEntryCount: 0, Entries: [{ EventId: "1" }] }) };
  await send();
  expect(aws.requests).toHaveLength(1);
  expect(problem("events")).toBeUndefined();
  expect(aws.requests[0]?.headers["x-amz-target"]).toBe("AWSEvents.PutEvents");
  const { Entries } = JSON.parse(aws.requests[0]?.body ?? "");
  const [{ Detail, ...entry }] = Entries;
  expect(Entries).toHaveLength(1);
  expect(entry).toEqual({ EventBusName: BUS, Source: "cognito-migration", DetailType: "UserMigrated" });
  expect(JSON.parse(Detail)).toEqual(MIGRATED);
});

test("credentials without a session token sign without one", async () => {
  aws.answers = { AdminAddUserToGroup: () => json(200, {}) };
  await add({ AWS_SESSION_TOKEN: undefined });
  expect(problem("cognito-idp", { secretAccessKey: CREDENTIALS.secretAccessKey })).toBeUndefined();
  expect(aws.requests[0]?.headers).not.toHaveProperty("x-amz-security-token");
});

const NO_JSON: Response = { status: 400, headers: {}, body: "<html>" };

test.each<[string, Response, object]>([
  ["an exception", awsError("TooManyRequestsException"), { name: "TooManyRequestsException", status: 400 }],
  ["one with a namespace", awsError("com.amazonaws#NotAuthorizedException"), { name: "NotAuthorizedException" }],
  ["a fault", awsError("InternalErrorException", "m", 500), { name: "InternalErrorException", status: 500 }],
  ["a name that is none", awsError("a sentence of jänë"), { name: "UnknownError", status: 400 }],
  ["a type that is no text", json(400, { __type: 7 }), { name: "UnknownError" }],
  ["no type", json(400, {}), { name: "UnknownError" }],
  ["null", json(400, null), { name: "UnknownError" }],
  ["no JSON", NO_JSON, { name: "UnknownError" }],
  ["a success that is none", json(204, {}), { name: "UnknownError", status: 204 }],
])("%s refuses a membership, by a name that is known and nothing else", async (_, answer, error) => {
  aws.answers = { AdminAddUserToGroup: () => answer };
  const refused = await add().catch((reason: unknown) => reason);
  expect(refused).toBeInstanceOf(Error);
  expect(refused).toMatchObject(error);
  expect(String(refused)).not.toMatch(/jänë|a message/);
});

test.each<[string, Response, string]>([
  ["an exception", awsError("AccessDeniedException"), "AccessDeniedException"],
  [
    "an entry that the bus did not take",
    json(200, { FailedEntryCount: 1, Entries: [{ ErrorCode: "ThrottlingException" }] }),
    "ThrottlingException",
  ],
  ["a failed entry that is not there", json(200, { FailedEntryCount: 1, Entries: [] }), "UnknownError"],
  ["no list of entries", json(200, { FailedEntryCount: 1 }), "UnknownError"],
  ["no count", json(200, {}), "UnknownError"],
  ["null", json(200, null), "UnknownError"],
  ["no JSON", { ...NO_JSON, status: 200 }, "UnknownError"],
])("%s is no event", async (_, answer, name) => {
  aws.answers = { PutEvents: () => answer };
  await expect(send()).rejects.toMatchObject({ name });
});

test.each<[string, Misbehaviour, string]>([
  ["a connection that breaks", (outgoing) => outgoing.socket?.destroy(), "ECONNRESET"],
  ["half an answer", (outgoing) => outgoing.writeHead(200, { "content-length": "10" }).write("{"), "AbortError"],
  [
    "half an answer, and then nobody",
    (outgoing) => {
      outgoing.writeHead(200, { "content-length": "10" }).write("{", () => outgoing.socket?.destroy());
    },
    "ECONNRESET",
  ],
  [
    "an upgrade that nobody asked for",
    (outgoing) => {
      outgoing.socket?.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n");
    },
    "NoAnswerError",
  ],
  ["silence", () => undefined, "AbortError"],
])("%s rejects, in time and with a name for the log", async (_, how, name) => {
  aws.answers = { AdminAddUserToGroup: () => how };
  const began = performance.now();
  const error = await add({}, 400).catch((reason: unknown) => reason);
  expect(nameOf(error)).toBe(name);
  expect(performance.now() - began).toBeLessThan(2000);
});

test("an answer counts that ends with its connection", async () => {
  aws.answers = {
    AdminAddUserToGroup: () => (outgoing) => {
      outgoing.socket?.end("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{}");
    },
  };
  await expect(add()).resolves.toBeUndefined();
});

test("over TLS, whoever speaks none is no service", async () => {
  const plain = createServer((socket) => socket.on("error", () => undefined).end("no TLS"));
  await new Promise<void>((resolve) => plain.listen(0, "127.0.0.1", resolve));
  const { port } = plain.address() as { readonly port: number };
  await expect(add({ AWS_ENDPOINT_URL: `https://127.0.0.1:${port}` })).rejects.toMatchObject({ code: "EPROTO" });
  plain.close();
});
