import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { Agent, get, type Server } from "node:http";
import { setTimeout } from "node:timers/promises";
import { type Endpoint, json, listen } from "../../../sandbox/aws/http";

let endpoint: Endpoint;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });
beforeAll(async () => {
  endpoint = await listen(async () => json(200, {}));
});
afterAll(async () => {
  agent.destroy();
  await endpoint.close();
});

/** @returns whether the connection had carried a request before. */
const ask = (): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const request = get(endpoint.url, { agent }, (response) =>
      response.resume().once("end", () => resolve(request.reusedSocket)),
    ).once("error", reject);
  });

test("a kept connection is there still after Node.js would have closed it", async () => {
  expect(await ask()).toBe(false);
  // Five seconds, and one that Node.js adds.
  await setTimeout(7000);
  expect(await ask()).toBe(true);
});

test("none is closed that waits for its first request either, nor one that takes its time", async () => {
  const servers: Server[] = [];
  const seen = (message: unknown): number => servers.push((message as { server: Server }).server);
  subscribe("http.server.request.start", seen);
  await ask();
  unsubscribe("http.server.request.start", seen);
  expect(servers).toEqual([expect.objectContaining({ keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 })]);
});
