import { getSystemErrorMap } from "node:util";
import { errorName, nameOf } from "../../../handler/aws/error-name";

test.each([
  "TooManyRequestsException",
  "TypeError",
  "InternalFault",
  "ECONNRESET",
  "EIO",
  "EAI_AGAIN",
  "ERR_SSL_WRONG_VERSION_NUMBER",
  "ERR_TLS_CERT_ALTNAME_INVALID",
  "CERT_HAS_EXPIRED",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
])("%s is a name that a log may repeat", (name) => {
  expect(errorName(name)).toBe(name);
});

test.each([
  "",
  "user@example.com",
  "Error of user@example.com",
  "userError",
  "Error",
  "TypeErrors",
  "E1",
  "ECONNRESET jane",
])("%p may be somebody's text", (text) => {
  expect(errorName(text)).toBeUndefined();
});

test("every error of the system is one, but for three that no connection ends with", () => {
  const names = [...getSystemErrorMap().values()].map(([name]) => name);
  expect(names.length).toBeGreaterThan(60);
  expect(names.filter((name) => errorName(name) === undefined).sort()).toEqual(["E2BIG", "EOF", "UNKNOWN"]);
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
