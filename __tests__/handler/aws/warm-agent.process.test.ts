import { once } from "node:events";
import { createServer, get, type Server } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { generate } from "selfsigned";
import { WarmAgent } from "../../../handler/aws/warm-agent";

let server: Server;
const sockets = new Set<Socket>();
let url: URL;
let agent: WarmAgent;
/** Whether the server ends the connection instead of answering. */
let breaks = false;
/** Whether it never answers. */
let silent = false;

beforeAll(async () => {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], { algorithm: "sha256" });
  server = createServer({ key, cert }, (_, response) => {
    if (breaks) response.socket?.destroy();
    else if (!silent) response.end("ok");
  });
  server.on("secureConnection", (socket) => sockets.add(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  url = new URL(`https://localhost:${(server.address() as AddressInfo).port}`);
});

beforeEach(() => {
  sockets.clear();
  breaks = false;
  silent = false;
  agent = new WarmAgent({ rejectUnauthorized: false });
});

afterEach(() => {
  agent.destroy();
  for (const socket of sockets) socket.destroy();
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

const fetchOver = (over: WarmAgent): Promise<string> =>
  new Promise((resolve, reject) => {
    get(url, { agent: over }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => {
        body += chunk.toString();
      });
      response.once("end", () => resolve(body));
    }).once("error", reject);
  });

test("a connection that was opened ahead carries the first request, and is kept for the next", async () => {
  await agent.open(url);
  expect(await fetchOver(agent)).toBe("ok");
  expect(await fetchOver(agent)).toBe("ok");
  expect(sockets.size).toBe(1);
});

test("a request waits for the one before rather than open a connection of its own", async () => {
  await agent.open(url);
  expect(await Promise.all([fetchOver(agent), fetchOver(agent)])).toEqual(["ok", "ok"]);
  expect(sockets.size).toBe(1);
});

test("a request does not wait for one that was given up", async () => {
  silent = true;
  const given = get(url, { agent }).once("error", () => undefined);
  await once(server, "request");
  silent = false;
  given.destroy();
  expect(await fetchOver(agent)).toBe("ok");
  expect(sockets.size).toBe(2);
});

test("a connection that has gone in the meantime is not used", async () => {
  await agent.open(url);
  // The server counts it a little later than the client.
  while (sockets.size === 0) await new Promise(setImmediate);
  for (const socket of sockets) socket.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(await fetchOver(agent)).toBe("ok");
  expect(sockets.size).toBe(2);
});

test("without one, a request makes its own", async () => {
  expect(await fetchOver(agent)).toBe("ok");
  expect(sockets.size).toBe(1);
});

test("what cannot be opened is no error", async () => {
  await agent.open(new URL("https://localhost:9"));
  expect(sockets.size).toBe(0);
});

test("nothing is opened where there is no TLS", async () => {
  const accepted = jest.fn();
  server.once("connection", accepted);
  await agent.open(new URL(url.href.replace("https:", "http:")));
  server.off("connection", accepted);
  expect(accepted).not.toHaveBeenCalled();
  expect(sockets.size).toBe(0);
});

describe("a connection that breaks under a request", () => {
  /** What the request ends with. */
  const broken = (): Promise<unknown> => {
    breaks = true;
    return fetchOver(agent).catch((error: unknown) => error);
  };

  test("was new", async () => {
    expect(await broken()).toMatchObject({ code: "ECONNRESET", idleBefore: false });
  });

  test("was opened ahead", async () => {
    await agent.open(url);
    expect(await broken()).toMatchObject({ code: "ECONNRESET", idleBefore: true });
    expect(await broken()).toMatchObject({ code: "ECONNRESET", idleBefore: false });
  });

  test("had carried one before", async () => {
    expect(await fetchOver(agent)).toBe("ok");
    expect(await broken()).toMatchObject({ code: "ECONNRESET", idleBefore: true });
  });
});

test("a certificate that is not trusted is no connection", async () => {
  const strict = new WarmAgent();
  await strict.open(url);
  await expect(fetchOver(strict)).rejects.toMatchObject({ code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
  strict.destroy();
});
