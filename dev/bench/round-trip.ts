import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Path {
  readonly port: number;
  close(): Promise<void>;
}

/**
 * Puts a network path in front of a port of this machine: the first bytes of a connection wait one round trip, which is
 * what SYN and SYN-ACK take, and everything then takes half of one each way. TLS needs no rule of its own: its flights
 * travel like everything else, so a new connection costs what it costs on a network, and a kept one does not.
 *
 * @param rttMs Round-trip time in milliseconds; 0 forwards at once.
 */
export async function openPath(targetPort: number, rttMs: number, onConnection: () => void): Promise<Path> {
  const clients = new Set<Socket>();
  const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => {
    onConnection();
    clients.add(client);
    const openedMs = performance.now();
    const target = connect({ port: targetPort, host: "localhost", noDelay: true, allowHalfOpen: true });
    const there = lane(() => Math.max(0, openedMs + rttMs - performance.now()) + rttMs / 2);
    const back = lane(() => rttMs / 2);
    client.on("data", (bytes) => there(() => target.write(bytes))).on("end", () => there(() => target.end()));
    target.on("data", (bytes) => back(() => client.write(bytes))).on("end", () => back(() => client.end()));
    const destroy = (): void => {
      clients.delete(client);
      client.destroy();
      target.destroy();
    };
    client.on("close", destroy).on("error", destroy);
    target.on("error", destroy);
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const client of clients) client.destroy();
      }),
  };
}

/** Delays what is sent along one direction, and keeps its order: timers of different lengths need not end in theirs. */
function lane(delayMs: () => number): (deliver: () => void) => void {
  const waiting: (() => void)[] = [];
  return (deliver) => {
    waiting.push(deliver);
    const waitMs = Math.ceil(delayMs());
    if (waitMs > 0) setTimeout(() => waiting.shift()?.(), waitMs);
    else waiting.shift()?.();
  };
}
