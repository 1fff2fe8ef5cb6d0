import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** Stands before an endpoint and answers some operations in its place, as a proxy does. */
export interface InBetween {
  readonly url: string;
  /** What each operation gets from now on; `*` is for all. */
  answers: Readonly<Record<string, Page | undefined>>;
  /** Operations whose answers lose their body on the way. */
  emptied: readonly string[];
  close(): void;
}

export async function standBefore(endpoint: string): Promise<InBetween> {
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const operation = String(incoming.headers["x-amz-target"] ?? "").split(".")[1] ?? "";
      const page = between.answers[operation] ?? between.answers["*"];
      if (page !== undefined) return void outgoing.writeHead(page.status, { "content-type": page.type }).end(page.body);
      const { method, headers, url = "/" } = incoming;
      request(endpoint + url, { method, headers }, (reply) => {
        const { "content-length": _, ...kept } = reply.headers;
        outgoing.writeHead(reply.statusCode ?? 500, kept);
        if (between.emptied.includes(operation)) reply.resume().on("end", () => outgoing.end());
        else reply.pipe(outgoing);
      }).end(Buffer.concat(chunks));
    });
  };
  const server: Server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const between: InBetween = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answers: {},
    emptied: [],
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return between;
}
