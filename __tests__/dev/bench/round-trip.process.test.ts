import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { openPath, type Path } from "../../../dev/bench/round-trip";

const RTT_MS = 60;
/** A timer may be a millisecond early, and no more; a round trip is two. */
const EARLIEST = (ms: number): number => ms - 2 * Math.round(ms / RTT_MS);

let echo: Server;
let path: Path;
let connections = 0;

beforeAll(async () => {
  echo = createServer((socket) => socket.pipe(socket));
  await new Promise<void>((resolve) => echo.listen(0, "localhost", resolve));
  path = await openPath((echo.address() as AddressInfo).port, RTT_MS, () => connections++);
});

afterAll(async () => {
  await path.close();
  await new Promise((resolve) => echo.close(resolve));
});

async function open(): Promise<Socket> {
  const socket = connect(path.port, "localhost");
  await new Promise((resolve) => socket.once("connect", resolve));
  return socket;
}

async function echoedMs(socket: Socket, text: string): Promise<number> {
  const beforeMs = performance.now();
  const echoed = new Promise<void>((resolve) => {
    let received = "";
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString();
      if (received === text) resolve();
    });
  });
  for (const letter of text) socket.write(letter);
  await echoed;
  socket.removeAllListeners("data");
  return performance.now() - beforeMs;
}

test("a new connection costs a round trip, and each exchange on it another", async () => {
  const beforeMs = performance.now();
  const socket = await open();
  await echoedMs(socket, "a");
  const firstMs = performance.now() - beforeMs;
  const secondMs = await echoedMs(socket, "b");
  socket.destroy();
  expect(firstMs).toBeGreaterThanOrEqual(EARLIEST(2 * RTT_MS));
  expect(secondMs).toBeGreaterThanOrEqual(EARLIEST(RTT_MS));
  expect(secondMs).toBeLessThan(firstMs);
});

test("what is sent arrives in its order, and connections are counted", async () => {
  const before = connections;
  const sockets = [await open(), await open()];
  // Anything else than this text would never be recognized.
  await Promise.all(sockets.map((socket) => echoedMs(socket, "abcdefghijklmnopqrstuvwxyz")));
  for (const socket of sockets) socket.destroy();
  expect(connections - before).toBe(2);
});
