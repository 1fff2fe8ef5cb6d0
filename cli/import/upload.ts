import { createReadStream, statSync } from "node:fs";
import { type ClientRequest, request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { pipeline } from "node:stream/promises";
import { ANSWER_MS, CONNECT_MS } from "../aws/limited-http";
import { NoAnswer } from "../aws/no-answer";

/**
 * Without a byte in either direction; how long the whole file takes is the line's to say. Where bytes wait to be sent, Node.js gives them the same
 * time once more: https://nodejs.org/api/net.html#socketsettimeouttimeout-callback
 */
const IDLE_MS = 30_000;

/** The address is spent, or the store refuses the file. */
export class UploadRefused extends Error {
  override readonly name = "UploadRefused";
}

/**
 * Sends the file to the address that Cognito has made for it. The header is part of the address's signature. The address lets whoever
 * has it replace the file, so it is in no message.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool.html
 *
 * @param address Pre-signed, for 15 minutes.
 * @throws {UploadRefused} with the status code
 * @throws {NoAnswer} when nothing moves any more. Sent again, the file replaces itself.
 */
export async function upload(file: string, address: string, signal: AbortSignal): Promise<void> {
  if (!URL.canParse(address)) throw new UploadRefused("Cognito has given no address to upload to");
  const url = new URL(address);
  const isLoopback = url.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
  if (url.protocol !== "https:" && !isLoopback) throw new UploadRefused("the upload address is not https");
  const options = {
    method: "PUT",
    signal,
    headers: { "x-amz-server-side-encryption": "aws:kms", "content-length": statSync(file).size },
  };
  const outgoing = isLoopback ? requestHttp(url, options) : requestHttps(url, options);
  const answered = new Promise<number>((resolve, reject) => {
    limit(outgoing, (what) => {
      reject(new NoAnswer(`${url.hostname} does not take the file: ${what}`));
      outgoing.destroy();
    });
    outgoing.on("error", reject);
    outgoing.on("response", (incoming) => {
      incoming.resume();
      incoming.on("error", reject);
      incoming.on("end", () => resolve(incoming.statusCode ?? 0));
    });
  });
  // A refusal may come before the last byte has gone out; then the answer counts, not the broken pipe.
  const [status] = await Promise.all([answered, pipeline(createReadStream(file), outgoing).catch(() => undefined)]);
  if (status < 200 || status > 299) throw new UploadRefused(`the upload was refused with status ${status}`);
}

function limit(outgoing: ClientRequest, giveUp: (what: string) => void): void {
  const limits: NodeJS.Timeout[] = [];
  outgoing.on("socket", (socket) => {
    if (!socket.connecting) return;
    const connecting = setTimeout(() => giveUp(`no connection within ${CONNECT_MS / 1000} s`), CONNECT_MS);
    socket.once("connect", () => clearTimeout(connecting));
    limits.push(connecting);
  });
  outgoing.setTimeout(IDLE_MS, () => giveUp(`nothing has moved for ${IDLE_MS / 1000} s`));
  outgoing.on("response", () =>
    limits.push(setTimeout(() => giveUp(`no whole answer within ${ANSWER_MS / 1000} s`), ANSWER_MS)),
  );
  outgoing.on("close", () => limits.forEach(clearTimeout));
}
