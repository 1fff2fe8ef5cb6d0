import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { LimitedHttp } from "../../../cli/aws/limited-http";

const LIMIT_MS = 400;

let server: Server;
let answer: (outgoing: ServerResponse) => void;
beforeAll(async () => {
  server = createServer((_, outgoing) => answer(outgoing));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  server.close();
  server.closeAllConnections();
});

const ask = (options: object = {}) =>
  new LimitedHttp().handle(
    {
      protocol: "http:",
      hostname: "127.0.0.1",
      port: (server.address() as AddressInfo).port,
      method: "GET",
      path: "/",
      headers: {},
    } as Parameters<LimitedHttp["handle"]>[0],
    { requestTimeout: LIMIT_MS, ...options },
  );

const SILENT: readonly [string, (outgoing: ServerResponse) => void][] = [
  ["nothing", () => undefined],
  ["the first line alone", (outgoing) => void outgoing.writeHead(200).flushHeaders()],
  ["half of what it has promised", (outgoing) => void outgoing.writeHead(200, { "content-length": "8" }).write("half")],
  [
    "a byte every now and then",
    (outgoing) => {
      outgoing.writeHead(200);
      const drip = setInterval(() => outgoing.write("."), LIMIT_MS / 8);
      outgoing.on("close", () => clearInterval(drip));
    },
  ],
];

test.each(SILENT)("a server that sends %s is given up when the time is over", async (_, silent) => {
  answer = silent;
  const began = performance.now();
  await expect(ask()).rejects.toMatchObject({ name: "TimeoutError", message: "no whole answer within 0.4 s" });
  expect(performance.now() - began).toBeLessThan(LIMIT_MS * 10);
});

test("an answer that comes in time is there as a whole", async () => {
  answer = (outgoing) => {
    outgoing.write("in ");
    setTimeout(() => outgoing.end("time"), LIMIT_MS / 4);
  };
  const { response } = await ask();
  expect(Buffer.from(response.body as Uint8Array).toString()).toBe("in time");
});

test.each([0, LIMIT_MS / 4])("what was interrupted is no silence: after %d ms", async (milliseconds) => {
  answer = () => undefined;
  const interruption = new AbortController();
  if (milliseconds === 0) interruption.abort();
  else setTimeout(() => interruption.abort(), milliseconds);
  await expect(ask({ abortSignal: interruption.signal })).rejects.toMatchObject({ name: "AbortError" });
});
