import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import type { TLSSocket } from "node:tls";
import { type Answer, assumedRole, cognitoAnswer, type IssuedCredentials, json, newCredentials } from "./aws-answers";
import type { Certificates } from "./certificates";
import { openPath } from "./round-trip";
import { signatureProblem } from "./sigv4";

export interface Counts {
  readonly requests: number;
  readonly connections: number;
  /** TLS handshakes. */
  readonly full: number;
  readonly resumed: number;
}

export interface AwsServer {
  /** What a function needs in its environment to reach this server: credentials and endpoints. */
  readonly environment: Readonly<Record<string, string>>;
  /** Of requests that were answered with an error, why. */
  readonly problems: readonly string[];
  /** Since the server started. */
  counts(): Counts;
  close(): Promise<void>;
}

type Service = "sts" | "cognito-idp";

/** Serves STS and cognito-idp to one function process, each on a free port of this machine with a round trip before it. */
export async function startAwsServer({ key, cert, authorityFile }: Certificates, rttMs: number): Promise<AwsServer> {
  const counts = { requests: 0, connections: 0, full: 0, resumed: 0 };
  const problems: string[] = [];
  const lambda = newCredentials();
  const issued = new Map<string, IssuedCredentials>([[lambda.accessKeyId, lambda]]);

  const answer = (service: Service, operation: string, body: string): Answer => {
    if (service === "cognito-idp") return cognitoAnswer(operation, body);
    if (operation !== "AssumeRole") return json(400, { __type: "InvalidAction" });
    const credentials = newCredentials();
    issued.set(credentials.accessKeyId, credentials);
    return assumedRole(credentials);
  };

  const serve = async (service: Service): Promise<{ url: string; close(): Promise<void> }> => {
    const server = createServer({ key, cert, keepAlive: true, keepAliveTimeout: 65_000 }, (incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("end", () => {
        counts.requests++;
        const { method = "", url: path = "", headers } = incoming;
        const body = Buffer.concat(chunks).toString();
        const operation =
          String(headers["x-amz-target"] ?? "").split(".")[1] ?? new URLSearchParams(body).get("Action");
        const problem = signatureProblem({ method, path, headers, body }, service, (id) => issued.get(id));
        const {
          status,
          type,
          body: text,
        } = problem
          ? json(403, { __type: "InvalidSignatureException", message: problem })
          : answer(service, operation ?? "", body);
        if (status !== 200) problems.push(`${service} ${operation}: ${problem ?? text}`);
        outgoing.writeHead(status, {
          "content-type": type,
          "content-length": Buffer.byteLength(text),
          "x-amzn-requestid": randomUUID(),
        });
        outgoing.end(text);
      });
    });
    server.on("secureConnection", (socket: TLSSocket) => {
      socket.setNoDelay(true);
      counts[socket.isSessionReused() ? "resumed" : "full"]++;
    });
    await listening(server);
    const path = await openPath((server.address() as AddressInfo).port, rttMs, () => counts.connections++);
    return {
      url: `https://localhost:${path.port}`,
      close: async () => {
        await path.close();
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      },
    };
  };

  const sts = await serve("sts");
  const cognito = await serve("cognito-idp");
  return {
    environment: {
      AWS_ACCESS_KEY_ID: lambda.accessKeyId,
      AWS_SECRET_ACCESS_KEY: lambda.secret,
      AWS_SESSION_TOKEN: lambda.token,
      AWS_ENDPOINT_URL_STS: sts.url,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: cognito.url,
      NODE_EXTRA_CA_CERTS: authorityFile,
    },
    problems,
    counts: () => ({ ...counts }),
    close: async () => {
      await Promise.all([sts.close(), cognito.close()]);
    },
  };
}

function listening(server: Server): Promise<void> {
  return new Promise((resolve) => server.listen(0, "localhost", resolve));
}
