import { createHash, createHmac } from "node:crypto";
import type { Credentials } from "../../sandbox/aws/credentials";

/** A request as it is signed: the path without a query, which no operation here has. */
export interface SignedParts {
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  /** By lower-case name; only the signed ones are read. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

export interface Scope {
  readonly region: string;
  readonly service: string;
  /** `20260102T030405Z`. */
  readonly time: string;
}

/** Hexadecimal Signature Version 4. https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html */
export function signatureOf(
  { method, path, query = "", headers, body }: SignedParts,
  signedHeaders: readonly string[],
  { region, service, time }: Scope,
  secretAccessKey: string,
): string {
  const day = time.slice(0, 8);
  const lines = signedHeaders.map(
    (name) =>
      `${name}:${String(headers[name] ?? "")
        .trim()
        .replace(/ +/g, " ")}`,
  );
  const canonical = [method, path, query, ...lines, "", signedHeaders.join(";"), sha256(body)].join("\n");
  const text = ["AWS4-HMAC-SHA256", time, `${day}/${region}/${service}/aws4_request`, sha256(canonical)].join("\n");
  const key = [day, region, service, "aws4_request"].reduce<string | Buffer>(hmac, `AWS4${secretAccessKey}`);
  return hmac(key, text).toString("hex");
}

const AUTHORIZATION =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})$/;

/**
 * Checks who signed a request and that nothing in it was changed since.
 *
 * @param credentialsOf Secret, and session token where there is one, of an access key that was issued.
 * @returns what is wrong, or undefined when nothing is.
 */
export function signatureProblem(
  request: SignedParts,
  service: string,
  credentialsOf: (
    accessKeyId: string,
  ) => (Pick<Credentials, "secretAccessKey"> & { sessionToken?: string }) | undefined,
): string | undefined {
  const { headers } = request;
  const found = AUTHORIZATION.exec(String(headers["authorization"] ?? ""));
  if (found === null) return "no AWS4-HMAC-SHA256 authorization header";
  const [, accessKeyId = "", day = "", region = "", signedFor = "", names = "", signature] = found;
  if (signedFor !== service) return `signed for ${signedFor}, sent to ${service}`;
  const credentials = credentialsOf(accessKeyId);
  if (credentials === undefined) return `unknown access key ${accessKeyId}`;
  if (headers["x-amz-security-token"] !== credentials.sessionToken)
    return "the session token is not the one that was issued";
  const signed = names.split(";");
  if (!signed.includes("host")) return "the host is not signed";
  const time = String(headers["x-amz-date"] ?? "");
  if (!time.startsWith(day)) return "X-Amz-Date is not of the day in the credential";
  const expected = signatureOf(request, signed, { region, service, time }, credentials.secretAccessKey);
  return signature === expected ? undefined : "the signature does not match";
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
