import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface Response {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** An answer that is no answer: does to the connection what it likes. */
export type Misbehaviour = (outgoing: ServerResponse) => void;

export interface Endpoint {
  readonly url: string;
  /** Ends every connection, as a server or a NAT gateway does with idle ones. */
  dropConnections(): void;
  close(): Promise<void>;
}

/**
 * This side ends no connection, used or not: a client may send on it just then, and gets a reset for an answer. AWS keeps idle ones for
 * longer than Node.js does by itself: a load balancer for a minute.
 * https://nodejs.org/docs/latest-v24.x/api/http.html#serverkeepalivetimeout
 * https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#connection-idle-timeout
 */
const FOR_EVER = { keepAliveTimeout: 0, headersTimeout: 0, requestTimeout: 0 } as const;

/** Serves `answer` on a free loopback port. */
export async function listen(answer: (request: Request) => Promise<Response | Misbehaviour>): Promise<Endpoint> {
  const server = createServer(FOR_EVER, (incoming, outgoing) => {
    const { method = "", url: path = "", headers } = incoming;
    const serve = async (body: string): Promise<void> => {
      const response = await answer({ method, path, headers, body }).catch(internalFailure);
      if (typeof response === "function") response(outgoing);
      else outgoing.writeHead(response.status, response.headers).end(response.body);
    };
    // Who breaks a request off waits for no answer.
    text(incoming).then(serve, () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    dropConnections: () => server.closeAllConnections(),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What somebody hears whose request has brought this side down. */
export const internalFailure = (error: unknown): Response =>
  json(500, { __type: "InternalFailure", message: String(error) });

/** An answer in the AWS JSON 1.1 protocol. */
export function json(status: number, body: unknown): Response {
  return { status, headers: { "content-type": "application/x-amz-json-1.1" }, body: JSON.stringify(body) };
}
