import { createHash, createHmac } from "node:crypto";
import { Agent as HttpAgent, request as httpRequest } from "node:http";
import { Agent, request as httpsRequest } from "node:https";
import { SignatureV4 } from "@smithy/signature-v4";

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
}

/** One request of AWS's JSON protocol 1.1, which both services of the token function speak. */
export interface SignedPost {
  readonly url: URL;
  /** As it is signed. */
  readonly service: "cognito-idp" | "events";
  readonly region: string;
  readonly credentials: Credentials;
  /** Service and operation, as the protocol names them. */
  readonly target: string;
  readonly body: object;
  readonly signal: AbortSignal;
}

/** What a service has answered; never shown, because some repeat what was sent. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** The connection ended before an answer did. */
class NoAnswerError extends Error {
  override readonly name = "NoAnswerError";
}

/** What the signer hashes with. */
class Sha256 {
  private readonly hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.hash = secret === undefined ? createHash("sha256") : createHmac("sha256", secret as string);
  }
  update(data: string | Uint8Array): void {
    this.hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
  reset(): void {
    throw new Error("the signer makes a new one each time");
  }
}

const agents = { "https:": new Agent({ keepAlive: true }), "http:": new HttpAgent({ keepAlive: true }) };

/**
 * Sends once. The signer is the SDK's own; its clients would be nine times as much to load while somebody waits for a token.
 *
 * @throws what Node.js throws when there is no answer, or none in time.
 */
export async function signedPost({
  url,
  service,
  region,
  credentials,
  target,
  body,
  signal,
}: SignedPost): Promise<Answer> {
  const text = JSON.stringify(body);
  const signer = new SignatureV4({ service, region, credentials: known(credentials), sha256: Sha256 });
  const { headers } = await signer.sign({
    method: "POST",
    protocol: url.protocol,
    hostname: url.hostname,
    path: url.pathname,
    query: {},
    headers: { host: url.host, "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
    body: text,
  });
  const isPlain = url.protocol === "http:";
  const agent = agents[isPlain ? "http:" : "https:"];
  const send = isPlain ? httpRequest : httpsRequest;
  return await new Promise((resolve, reject) => {
    let isAnswered = false;
    const request = send(url, { method: "POST", agent, headers, signal }, (response) => {
      isAnswered = true;
      const chunks: Buffer[] = [];
      response
        .on("data", (chunk: Buffer) => chunks.push(chunk))
        .once("error", reject)
        .once("end", () => resolve({ status: response.statusCode ?? 0, body: json(Buffer.concat(chunks).toString()) }))
        .once("close", () => reject(new NoAnswerError()));
    });
    // An upgrade that nobody listens for ends it without an error, and the signal finds nothing to end. https://nodejs.org/api/http.html#event-upgrade
    // With an answer it can close before the answer has ended: then the answer's own end counts.
    request.once("close", () => isAnswered || reject(new NoAnswerError()));
    request.once("error", reject).end(text);
  });
}

/** Lambda's own functions have a session token; an absent one must not be there as undefined. */
const known = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials) => ({
  accessKeyId,
  secretAccessKey,
  ...(sessionToken === undefined ? {} : { sessionToken }),
});

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
