import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** `unasked`: AWS never hears of it. `lost`: AWS does it, and the answer goes nowhere. `half`: it stops in the middle. */
export type Silence = "unasked" | "lost" | "half";

/** Stands before an endpoint and answers some operations in its place, as a proxy does. */
export interface InBetween {
  readonly url: string;
  /** What each operation gets from now on; `*` is for all. */
  answers: Readonly<Record<string, Page | undefined>>;
  /** Operations whose answers lose their body on the way. */
  emptied: readonly string[];
  /** Which calls get no answer, from 1 for each operation. Asked for every call. */
  silence: (operation: string, call: number) => Silence | undefined;
  /** Operations in the order they came. */
  readonly calls: string[];
  close(): void;
}

export async function standBefore(endpoint: string): Promise<InBetween> {
  const answer = (incoming: IncomingMessage, outgoing: ServerResponse): void => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const operation = operationOf(incoming, Buffer.concat(chunks).toString());
      between.calls.push(operation);
      const silence = between.silence(operation, between.calls.filter((one) => one === operation).length);
      if (silence === "unasked") return;
      const page = between.answers[operation] ?? between.answers["*"];
      if (page !== undefined) return void outgoing.writeHead(page.status, { "content-type": page.type }).end(page.body);
      const { method, headers, url = "/" } = incoming;
      request(endpoint + url, { method, headers }, (reply) => {
        const { "content-length": _, ...kept } = reply.headers;
        if (silence !== "lost") outgoing.writeHead(reply.statusCode ?? 500, kept);
        if (silence === "lost") reply.resume();
        else if (silence === "half")
          reply.once("data", (chunk: Buffer) => outgoing.write(chunk.subarray(0, chunk.length / 2)));
        else if (between.emptied.includes(operation)) reply.resume().on("end", () => outgoing.end());
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
    silence: () => undefined,
    calls: [],
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
  return between;
}

function operationOf({ headers, method }: IncomingMessage, body: string): string {
  if (method === "PUT") return "upload";
  const target = String(headers["x-amz-target"] ?? "").split(".")[1];
  return target ?? new URLSearchParams(body).get("Action") ?? "";
}
