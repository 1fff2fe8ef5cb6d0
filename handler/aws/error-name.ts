/** What AWS and JavaScript call errors. What does not look like it is not repeated in a log. */
const ERROR_NAME = /^[A-Z][A-Za-z0-9]{2,60}(?:Exception|Error|Fault)$/;

/** Of the system, of DNS, of HTTP and of Node.js itself. https://nodejs.org/docs/latest-v24.x/api/errors.html */
const CODE = /^(?=.{3,60}$)(?:E(?:[A-Z]{3,15}|AI|IO)(?:_[A-Z]+)?|(?:ERR|HPE)(?:_[A-Z0-9]+)+)$/;

/** A certificate that is not accepted. https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE =
  /^(?=.{3,60}$)(?:(?:ERR_TLS|UNABLE_TO|CERT|CRL|ERROR_IN_CERT|ERROR_IN_CRL)_[A-Z_]+|DEPTH_ZERO_SELF_SIGNED_CERT|SELF_SIGNED_CERT_IN_CHAIN|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH)$/;

const known = (text: unknown, ...patterns: readonly RegExp[]): string | undefined =>
  typeof text === "string" && patterns.some((pattern) => pattern.test(text)) ? text : undefined;

export const isCertificateError = (code: string): boolean => CERTIFICATE.test(code);

/** @returns undefined for what may be somebody's text. */
export const errorName = (name: unknown): string | undefined => known(name, ERROR_NAME);

/** @returns the code that Node.js has for an error; undefined for what may be somebody's text. */
export const errorCode = (code: unknown): string | undefined => known(code, CODE, CERTIFICATE);

/** What a log may say of anything that was thrown: the code that Node.js has for it, or else its name. */
export function nameOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  return errorCode(code) ?? errorName(name) ?? "UnknownError";
}
