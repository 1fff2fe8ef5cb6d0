/**
 * Names that AWS and JavaScript give to errors, and codes of Node.js: of the system, of DNS and its own. What does not look like one is not
 * repeated in a log. https://nodejs.org/docs/latest-v24.x/api/errors.html
 */
const ERROR_NAME = /^(?:[A-Z][A-Za-z0-9]{2,60}(?:Exception|Error|Fault)|E(?:[A-Z]{3,15}|AI|IO|RR)(?:_[A-Z0-9]+)*)$/;

/** A certificate that is not accepted. https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes */
const CERTIFICATE = /^(?:ERR_TLS|CERT_|UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|HOSTNAME_MISMATCH)[A-Z_]*$/;

export const isCertificateError = (code: string): boolean => CERTIFICATE.test(code);

/** @returns undefined for what may be somebody's text. */
export const errorName = (name: string): string | undefined =>
  ERROR_NAME.test(name) || isCertificateError(name) ? name : undefined;

/** What a log may say of anything that was thrown: the code that Node.js has for it, or else its name. */
export function nameOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  const texts = [code, name].filter((text) => typeof text === "string");
  return texts.map(errorName).find((text) => text !== undefined) ?? "UnknownError";
}
