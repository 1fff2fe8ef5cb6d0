import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer } from "node:net";
import { signatureProblem } from "../../../dev/bench/sigv4";
import { behindTls } from "../../support/behind-tls";
import { invoke } from "../../support/packaged-function";
import { ATTRIBUTE, POOL, STAMP_KEY, stampFor, tokenEvent } from "../../support/token-event";
import { tokenProcess } from "../../support/token-process";

const BUS = "arn:aws:events:eu-central-1:222222222222:event-bus/default";
const ENVIRONMENT = {
  STAMP_ATTRIBUTE: ATTRIBUTE,
  STAMP_KEY,
  DESTINATION_USER_POOL_ID: POOL,
  DESTINATION_USERNAME_ATTRIBUTES: "none",
  DESTINATION_CASE_SENSITIVE: "true",
  GROUPS_MODE: "token+member",
  GROUPS_WINDOW: "86400",
  MIGRATED_EVENT_BUS_ARN: BUS,
};

interface Received {
  readonly problem: string | undefined;
  readonly target: unknown;
  readonly body: Record<string, unknown>;
}

let received: Received[] = [];
let answer: (request: Received, response: ServerResponse) => void;
const CREDENTIALS = { secretAccessKey: "canary-execution-secret", sessionToken: "canary-execution-token" };

const server = createServer(async (request: IncomingMessage, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const body = Buffer.concat(chunks).toString();
  const target = request.headers["x-amz-target"];
  const service = String(target).startsWith("AWSEvents.") ? "events" : "cognito-idp";
  const signed = { method: "POST", path: request.url ?? "", headers: request.headers, body };
  const one = {
    // An implementation of Signature Version 4 that has nothing in common with the one that signs.
    problem: signatureProblem(signed, service, (id) => (id === "ASIAEXECUTION" ? CREDENTIALS : undefined)),
    target,
    body: JSON.parse(body),
  };
  received.push(one);
  answer(one, response);
});
const ok = (body: object) => (_: Received, response: ServerResponse) => response.end(JSON.stringify(body));
const works = (request: Received, response: ServerResponse): void =>
  void ok(String(request.target).startsWith("AWSEvents.") ? { FailedEntryCount: 0, Entries: [{ EventId: "1" }] } : {})(
    request,
    response,
  );

let front: Awaited<ReturnType<typeof behindTls>>;
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  front = await behindTls(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
afterAll(async () => {
  await front.close();
  server.close();
});
beforeEach(() => {
  received = [];
  answer = works;
});

const stamped = (groups: readonly string[] = ["editörs", "readers"]) =>
  tokenEvent(
    { [ATTRIBUTE]: stampFor("jänë", { groups, issuedAt: Math.floor(Date.now() / 1000) - 5 }) },
    { userName: "jänë" },
  );
// biome-ignore lint/suspicious/noExplicitAny: what Cognito would read.
const groupsIn = ({ payload }: { readonly payload: any }): unknown =>
  payload.response.claimsOverrideDetails.groupOverrideDetails.groupsToOverride;

test("two kinds of requests leave the packaged function, signed as AWS wants it, over TLS", async () => {
  const fn = tokenProcess({ ...ENVIRONMENT, AWS_ENDPOINT_URL: front.url, ...front.environment });
  const { invocation, line } = await invoke(fn, stamped());
  expect(groupsIn(invocation)).toEqual(["editörs", "readers"]);
  expect(received.map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
  const event = received.find(({ target }) => target === "AWSEvents.PutEvents");
  const { Entries = [] } = (event?.body ?? {}) as { readonly Entries?: readonly Record<string, string>[] };
  const [{ Detail, ...entry } = {}] = Entries;
  expect(entry).toEqual({ EventBusName: BUS, Source: "cognito-migration", DetailType: "UserMigrated" });
  expect(JSON.parse(Detail ?? "")).toEqual({
    sourceSub: "source-sub",
    sub: "destination-sub",
    userPoolId: POOL,
    how: "proven",
    at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000Z$/),
  });
  expect(received.filter((one) => one !== event)).toEqual(
    ["editörs", "readers"].map((GroupName) => ({
      problem: undefined,
      target: "AWSCognitoIdentityProviderService.AdminAddUserToGroup",
      body: { UserPoolId: POOL, Username: "jänë", GroupName },
    })),
  );
  expect(line).toMatchObject({ outcome: "groups_added", memberships_added: 2, events_sent: 1 });
});

test.each<[string, typeof answer, object]>([
  [
    "an exception, whose message repeats the name,",
    (_, response) => {
      response.statusCode = 400;
      response.end('{"__type":"com.amazonaws#TooManyRequestsException","message":"jänë"}');
    },
    { memberships_left: 2, events_left: 1, error_name: "TooManyRequestsException" },
  ],
  [
    "an event that the bus did not take",
    ok({ FailedEntryCount: 1, Entries: [{ ErrorCode: "ThrottlingException" }] }),
    { memberships_added: 2, events_left: 1, error_name: "ThrottlingException" },
  ],
  [
    "an answer that is no JSON",
    (_, response) => response.end("<html>"),
    { memberships_added: 2, events_left: 1, error_name: "UnknownError" },
  ],
  ["a connection that breaks", (_, response) => response.socket?.destroy(), { memberships_left: 2, events_left: 1 }],
  ["silence", () => undefined, { memberships_left: 2, events_left: 1, error_name: "AbortError" }],
  [
    "an upgrade that nobody asked for",
    (_, response) => {
      response.socket?.write("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: other\r\n\r\n");
    },
    { memberships_left: 2, events_left: 1, error_name: "NoAnswerError" },
  ],
  [
    "an answer that ends with its connection",
    (request, response) => {
      const body = String(request.target).startsWith("AWSEvents.") ? '{"FailedEntryCount":0}' : "{}";
      response.socket?.end(`HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${body}`);
    },
    { memberships_added: 2, events_sent: 1, level: "INFO" },
  ],
  [
    "half an answer",
    (_, response) => response.writeHead(200, { "content-length": "10" }).write("{"),
    { memberships_left: 2, events_left: 1 },
  ],
])("after %s the token has its groups, within the budget", async (_, how, line) => {
  answer = how;
  const fn = tokenProcess({ ...ENVIRONMENT, AWS_ENDPOINT_URL: front.url, ...front.environment });
  const { invocation, line: written } = await invoke(fn, stamped());
  expect(groupsIn(invocation)).toEqual(["editörs", "readers"]);
  expect(invocation.durationMs).toBeLessThan(2000);
  expect(written).toMatchObject({ outcome: "groups_added", level: "WARN", ...line });
  expect(fn.log).not.toMatch(/jänë|editörs|canary|source-sub/);
});

test("what takes a connection and never speaks TLS costs the budget and no more", async () => {
  const mute = createTcpServer(() => undefined);
  await new Promise<void>((resolve) => mute.listen(0, "127.0.0.1", resolve));
  const url = `https://127.0.0.1:${(mute.address() as AddressInfo).port}`;
  const fn = tokenProcess({ ...ENVIRONMENT, AWS_ENDPOINT_URL: url });
  const { invocation } = await invoke(fn, stamped());
  expect(groupsIn(invocation)).toEqual(["editörs", "readers"]);
  expect(invocation.durationMs).toBeGreaterThanOrEqual(600);
  expect(invocation.durationMs).toBeLessThan(2000);
  mute.close();
});
