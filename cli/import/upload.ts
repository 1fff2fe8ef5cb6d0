import { createReadStream, statSync } from "node:fs";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { pipeline } from "node:stream/promises";

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
