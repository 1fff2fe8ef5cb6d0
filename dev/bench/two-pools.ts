import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export const SOURCE_POOL = "eu-west-1_Source001";
export const DESTINATION_POOL = "eu-central-1_Dest0001";
export const ACCOUNT = "222222222222";

export interface TwoPools {
  readonly url: string;
  close(): void;
}

/** Operations by name, of a service that speaks JSON. */
export type Operations<Body> = Readonly<Record<string, (body: Body) => object>>;

/**
 * As much of AWS as an operator's command needs, and as little time: STS says who is asking, whoever that is, no signature is
 * checked, and what is no operation is refused.
 *
 * @param onUpload Is given what is PUT.
 */
export function serveTwoPools<Body>(
  operations: Operations<Body>,
  onUpload: (incoming: IncomingMessage, outgoing: ServerResponse) => void = (_, outgoing) =>
    outgoing.writeHead(400).end(),
): Promise<TwoPools> {
  const server = createServer((incoming, outgoing) => {
    if (incoming.method === "PUT") return onUpload(incoming, outgoing);
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const operation = String(incoming.headers["x-amz-target"] ?? "").split(".")[1];
      if (operation === undefined) return outgoing.writeHead(200, { "content-type": "text/xml" }).end(CALLER);
      const answer = operations[operation]?.(JSON.parse(Buffer.concat(chunks).toString()) as Body);
      outgoing.writeHead(answer === undefined ? 400 : 200, { "content-type": "application/x-amz-json-1.1" });
      return outgoing.end(
        JSON.stringify(answer ?? { __type: "AccessDeniedException", message: `no ${operation} here` }),
      );
    });
  });
  return new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () =>
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      }),
    ),
  );
}

/** A `sub` for a number. */
export const uuid = (number: number): string =>
  `${number.toString(16).padStart(8, "0")}-0000-4000-8000-${number.toString(16).padStart(12, "0")}`;

const CALLER = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::${ACCOUNT}:role/bench</Arn><UserId>bench</UserId><Account>${ACCOUNT}</Account></GetCallerIdentityResult></GetCallerIdentityResponse>`;
