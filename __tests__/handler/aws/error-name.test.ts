import { getSystemErrorMap } from "node:util";
import { errorCode, errorName, isCertificateError, nameOf } from "../../../handler/aws/error-name";

test.each(["TooManyRequestsException", "TypeError", "InternalFault", "AbortError"])(
  "%s is a name that a log may repeat",
  (name) => {
    expect(errorName(name)).toBe(name);
    expect(errorCode(name)).toBeUndefined();
  },
);

/** All of https://nodejs.org/docs/latest-v24.x/api/tls.html#x509-certificate-error-codes but OUT_OF_MEM, which is about no certificate. */
const CERTIFICATES = [
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_CRL",
  "UNABLE_TO_DECRYPT_CERT_SIGNATURE",
  "UNABLE_TO_DECRYPT_CRL_SIGNATURE",
  "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
  "CERT_SIGNATURE_FAILURE",
  "CRL_SIGNATURE_FAILURE",
  "CERT_NOT_YET_VALID",
  "CERT_HAS_EXPIRED",
  "CRL_NOT_YET_VALID",
  "CRL_HAS_EXPIRED",
  "ERROR_IN_CERT_NOT_BEFORE_FIELD",
  "ERROR_IN_CERT_NOT_AFTER_FIELD",
  "ERROR_IN_CRL_LAST_UPDATE_FIELD",
  "ERROR_IN_CRL_NEXT_UPDATE_FIELD",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_CHAIN_TOO_LONG",
  "CERT_REVOKED",
  "INVALID_CA",
  "PATH_LENGTH_EXCEEDED",
  "INVALID_PURPOSE",
  "CERT_UNTRUSTED",
  "CERT_REJECTED",
  "HOSTNAME_MISMATCH",
  "ERR_TLS_CERT_ALTNAME_INVALID",
];

test.each(CERTIFICATES)("%s is of a certificate, and a log may repeat it", (code) => {
  expect(isCertificateError(code)).toBe(true);
  expect(errorCode(code)).toBe(code);
  expect(errorName(code)).toBeUndefined();
});

test.each([
  "ECONNRESET",
  "EIO",
  "EAI_AGAIN",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_HTTP2_ERROR",
  "HPE_INVALID_CONSTANT",
])("%s is a code that a log may repeat, and of no certificate", (code) => {
  expect(errorCode(code)).toBe(code);
  expect(isCertificateError(code)).toBe(false);
});

test.each<[unknown]>([
  [""],
  ["user@example.com"],
  ["Error of user@example.com"],
  ["userError"],
  ["Error"],
  ["TypeErrors"],
  ["E1"],
  ["EVE"],
  ["EUSER_4915112345678"],
  ["EVA_MUELLER_1990"],
  ["ECONNRESET jane"],
  ["CERT_jane"],
  ["x CERT_HAS_EXPIRED"],
  [`CERT_${"A".repeat(60)}`],
  [`ERR_${"A".repeat(60)}`],
  [["EIO"]],
  [20],
  [null],
  [undefined],
])("%p may be somebody's text", (text) => {
  expect(errorName(text)).toBeUndefined();
  expect(errorCode(text)).toBeUndefined();
});

test("every error of the system is one, but for three that no connection ends with", () => {
  const names = [...getSystemErrorMap().values()].map(([name]) => name);
  expect(names.length).toBeGreaterThan(60);
  expect(names.filter((name) => errorCode(name) === undefined).sort()).toEqual(["E2BIG", "EOF", "UNKNOWN"]);
});

test.each<[string, unknown, string]>([
  ["a code before a name", { code: "ECONNRESET", name: "TypeError" }, "ECONNRESET"],
  ["a name, where the code may be somebody's text", { code: "jane", name: "TypeError" }, "TypeError"],
  ["a name, where the code is a number", { code: 20, name: "AbortError" }, "AbortError"],
  ["a code, where the name is no text", { code: "ECONNRESET", name: {} }, "ECONNRESET"],
  ["nothing of what is no name", { code: "jane", name: "jane" }, "UnknownError"],
  ["nothing of a text", "user@example.com", "UnknownError"],
  ["nothing of null", null, "UnknownError"],
  ["nothing of undefined", undefined, "UnknownError"],
])("of what was thrown a log has %s", (_, thrown, name) => {
  expect(nameOf(thrown)).toBe(name);
});
