import { randomUUID } from "node:crypto";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { TLSSocket } from "node:tls";
import type { Endpoint, Request, Response } from "../../sandbox/aws/http";
import type { Certificates } from "./certificates";
import { openPath } from "./round-trip";

export interface Counts {
  readonly requests: number;
  readonly connections: number;
  /** TLS handshakes with a certificate, and those that resumed a session. */
  readonly fullHandshakes: number;
  readonly resumedHandshakes: number;
}

export type Tally = { -readonly [Name in keyof Counts]: Counts[Name] };

/** Longer than any pause of a measurement, on a slow machine as well: the endpoints of AWS do not hang up on a busy client either. */
const KEEP_ALIVE_MS = 600_000;

/** Serves HTTPS on a free loopback port with a round trip before it, and counts into `tally`. */
export async function serveTls(
  { key, cert }: Certificates,
  rttMs: number,
  tally: Tally,
  answer: (request: Request) => Response,
): Promise<Pick<Endpoint, "url" | "close">> {
  const server = createServer({ key, cert, keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, outgoing) => {
    const serve = (sent: string): void => {
      tally.requests++;
      const { method = "", url: path = "", headers: given } = incoming;
      const { status, headers, body } = answer({ method, path, headers: given, body: sent });
      const length = Buffer.byteLength(body);
      outgoing.writeHead(status, { ...headers, "content-length": length, "x-amzn-requestid": randomUUID() }).end(body);
    };
    // A process that is killed breaks its request off.
    text(incoming).then(serve, () => undefined);
  });
  server.on("secureConnection", (socket: TLSSocket) => {
    socket.setNoDelay(true);
    tally[socket.isSessionReused() ? "resumedHandshakes" : "fullHandshakes"]++;
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const path = await openPath((server.address() as AddressInfo).port, rttMs, () => tally.connections++);
  return {
    url: `https://localhost:${path.port}`,
    close: async () => {
      await path.close();
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    },
  };
}
