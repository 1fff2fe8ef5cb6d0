import { request } from "node:http";
import { type PageServer, servePage } from "../../../sandbox/page/page-server";
import type { Action } from "../../../sandbox/page/page-state";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

let server: PageServer;
let acted: Action[];
let state: string;

beforeEach(async () => {
  acted = [];
  state = '{"n":1}';
  server = await servePage({
    files: { "/": { type: "text/html", body: "<p>the page</p>" } },
    state: () => state,
    act: async (action) => {
      acted.push(action);
    },
  });
});
afterEach(() => server.close());

/** Not fetch: a browser decides about these headers, and so does a test. */
function ask(path: string, { method = "GET", headers = {}, body = "" } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request(`${server.url}${path}`, { method, headers }, (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }));
    });
    asked.once("error", reject);
    asked.end(body);
  });
}

const SIGN_OUT = JSON.stringify({ do: "signOut" });
const post = (headers: Readonly<Record<string, string>>, body = SIGN_OUT) =>
  ask("/actions", {
    method: "POST",
    headers: { origin: server.url, "content-type": "application/json", ...headers },
    body,
  });

test("is on loopback, and lets a browser load and run nothing of anybody else's", async () => {
  expect(server.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  const { status, headers, body } = await ask("/");
  expect([status, body]).toEqual([200, "<p>the page</p>"]);
  const policy = String(headers["content-security-policy"]).split("; ");
  expect(policy.sort()).toEqual([
    "base-uri 'none'",
    "connect-src 'self'",
    "default-src 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "img-src data:",
    "require-trusted-types-for 'script'",
    "script-src 'self'",
    "style-src 'self'",
  ]);
  expect(headers).toMatchObject({
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "content-type": "text/html; charset=utf-8",
  });
  expect(headers).not.toHaveProperty("access-control-allow-origin");
});

test.each(["/", "/events", "/actions"])("another name for this address gets nothing: %s", async (path) => {
  const { port } = new URL(server.url);
  for (const host of [`evil.example:${port}`, `localhost:${port}`, "127.0.0.1"]) {
    const [method, sent] = path === "/actions" ? ["POST", SIGN_OUT] : ["GET", ""];
    const origin = `http://${host}`;
    const headers = { host, origin, "content-type": "application/json" };
    const { status, body } = await ask(path, { method, headers, body: sent });
    expect([status, body]).toEqual([421, `Open ${server.url}/ instead.\n`]);
  }
  expect(acted).toEqual([]);
});

test("acts for its own page alone", async () => {
  for (const origin of ["http://evil.example", "null", "", server.url.replace("127.0.0.1", "localhost")])
    expect((await post({ origin })).status).toBe(403);
  const headers = { "content-type": "application/json" };
  expect((await ask("/actions", { method: "POST", headers, body: SIGN_OUT })).status).toBe(403);
  // What a form of any page may send.
  expect((await post({ "content-type": "text/plain" })).status).toBe(415);
  expect(acted).toEqual([]);
  expect((await post({})).status).toBe(204);
  expect(acted).toEqual([{ do: "signOut" }]);
});

test.each([
  "",
  "{",
  "null",
  "[]",
  '{"do":"delete"}',
  '{"do":"signIn","username":"x"}',
  '{"do":"signIn","username":"x","password":7}',
  '{"do":"signOut","more":1}',
  '{"do":"signInSample","username":"x","password":"mine"}',
  JSON.stringify({ do: "forgot", username: "x".repeat(2049) }),
  JSON.stringify({ do: "signIn", username: "x".repeat(2000), password: "x".repeat(9000) }),
])("takes nothing but its own actions: %.40s", async (body) => {
  expect((await post({}, body)).status).toBe(400);
  expect(acted).toEqual([]);
});

test.each([
  ["GET", "/actions", 405],
  ["POST", "/", 405],
  ["GET", "/nothing", 404],
  ["GET", "/../package.json", 404],
  ["GET", "/constructor", 404],
])("%s %s is %d", async (method, path, status) => {
  expect((await ask(path, { method })).status).toBe(status);
});

test("one action after the other, and one that fails stops none after it", async () => {
  const order: string[] = [];
  const slow = await servePage({
    files: {},
    state: () => "",
    act: async (action) => {
      const name = action.do === "forgot" ? action.username : action.do;
      order.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      order.push(`${name} ends`);
      if (name === "1") throw new Error("no");
    },
  });
  const send = (username: string) =>
    fetch(`${slow.url}/actions`, {
      method: "POST",
      headers: { origin: slow.url, "content-type": "application/json" },
      body: JSON.stringify({ do: "forgot", username }),
    });
  await Promise.all([send("1"), send("2")]);
  await slow.close();
  expect(order.map((line) => line.split(" ")[1])).toEqual(["begins", "ends", "begins", "ends"]);
});

test("every browser hears the state at once, and again after a change, once for all changes of a moment", async () => {
  const { body } = await fetch(`${server.url}/events`);
  const reader = body?.pipeThrough(new TextDecoderStream()).getReader();
  expect((await reader?.read())?.value).toBe('data: {"n":1}\n\n');
  server.changed();
  state = '{"n":2}';
  server.changed();
  expect((await reader?.read())?.value).toBe('data: {"n":2}\n\n');
  await server.close();
  await expect(reader?.read()).rejects.toThrow("terminated");
});
