import { failure, isUserNotFound, refusal } from "../../../handler/aws/exceptions";
import { MigrationFailure, USER_MESSAGE } from "../../../rules/outcome";

const named = (name: string, more: object = {}): Error =>
  Object.assign(new Error("user@example.com with a-password"), { name }, more);

test.each(["constructor", "toString", "__proto__", ""])(
  "a name that JavaScript finds special (%p) is one nobody foresaw",
  (name) => {
    expect(() => refusal(named(name))).toThrow(MigrationFailure);
    expect(failure(named(name)).outcome).toBe("unexpected");
  },
);

test.each([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOTFOUND",
  "EAI_AGAIN",
  "ETIMEDOUT",
  "EPIPE",
  "ERR_TLS_CERT_ALTNAME_INVALID",
])("%s means that there was no answer", (code) => {
  expect(failure(named("Error", { code }))).toMatchObject({ outcome: "source_unavailable", errorName: code });
});

test("the code says more than the SDK's name for it", () => {
  expect(failure(named("TimeoutError", { code: "ECONNRESET" })).errorName).toBe("ECONNRESET");
  expect(failure(named("TimeoutError"))).toMatchObject({ outcome: "source_unavailable", errorName: "TimeoutError" });
});

test.each([
  ["a certificate", "CERT_HAS_EXPIRED"],
  ["the network", "ECONNRESET"],
  ["a certificate, with more", "CERT_user@example.com a-password"],
])("a code that the body of an answer has is not taken for %s", (_, code) => {
  const answered = named("NewException", { code, $fault: "client" });
  expect(failure(answered)).toMatchObject({ outcome: "unexpected", errorName: "NewException" });
});

test("a code that is none is not repeated", () => {
  const failed = failure(named("Error", { code: "CERT_user@example.com a-password" }));
  expect(failed).toMatchObject({ outcome: "unexpected", errorName: undefined });
  expect(failure(named("Error", { code: "x CERT_HAS_EXPIRED" })).outcome).toBe("unexpected");
});

test("an unknown code is not taken for the network, and says what it was", () => {
  expect(failure(named("Error", { code: "ERR_INVALID_ARG_TYPE" }))).toMatchObject({
    outcome: "unexpected",
    errorName: "ERR_INVALID_ARG_TYPE",
  });
});

test("an unknown exception with a server's status is the server's fault", () => {
  expect(failure(named("NewException", { $metadata: { httpStatusCode: 503 } })).outcome).toBe("source_unavailable");
  expect(failure(named("NewException", { $metadata: { httpStatusCode: 400 } })).outcome).toBe("unexpected");
});

test("a failure that has been classified stays as it is", () => {
  const known = new MigrationFailure("throttled");
  expect(failure(known)).toBe(known);
});

test("nothing of the exception but its name goes on", () => {
  const result = failure(named("NewException", { secret: "a-password" }));
  expect({ ...result, message: result.message, cause: result.cause }).toEqual({
    name: "MigrationFailure",
    outcome: "unexpected",
    errorName: "NewException",
    message: USER_MESSAGE,
    cause: undefined,
  });
});

test("what is no error at all is survived", () => {
  for (const thrown of ["text", 1, {}]) expect(failure(thrown).outcome).toBe("unexpected");
  expect(isUserNotFound("UserNotFoundException")).toBe(false);
});

describe("Cognito's word for no", () => {
  const no = (message: string) => Object.assign(new Error(message), { name: "NotAuthorizedException" });

  test.each([
    ["Incorrect username or password.", "not_authorized"],
    ["Password attempts exceeded", "too_many_attempts"],
    ["User is disabled.", "user_disabled"],
    ["It says: User is disabled", "not_authorized"],
    ["", "not_authorized"],
  ])("%p is %s", (message, outcome) => {
    expect(refusal(no(message))).toEqual({ kind: "refused", outcome });
  });

  test("an app client with a secret is no wrong password", () => {
    expect(() => refusal(no("Unable to verify secret hash for client 1example"))).toThrow(
      expect.objectContaining({ outcome: "misconfigured", errorName: "NotAuthorizedException" }),
    );
  });

  test("another exception is not read for its message", () => {
    const unknown = Object.assign(new Error("User is disabled."), { name: "UserNotFoundException" });
    expect(refusal(unknown)).toEqual({ kind: "refused", outcome: "user_not_found" });
  });
});

test.each([
  [429, "throttled"],
  [499, "unexpected"],
  [500, "source_unavailable"],
])("an exception that nobody foresaw, with status %p, is %s", (httpStatusCode, outcome) => {
  expect(failure(named("NewException", { $metadata: { httpStatusCode } })).outcome).toBe(outcome);
});

test.each(["CERT_HAS_EXPIRED", "SELF_SIGNED_CERT_IN_CHAIN", "ERR_TLS_CERT_ALTNAME_INVALID"])(
  "the certificate error %s is no connection",
  (code) => {
    expect(failure(named("Error", { code }))).toMatchObject({ outcome: "source_unavailable", errorName: code });
  },
);

test.each(["user@example.com", "two words", "x".repeat(80), "canaryPassword"])(
  "a name that is none (%p) is not repeated",
  (name) => {
    expect(failure(named(name))).toMatchObject({ outcome: "unexpected", errorName: undefined });
  },
);

test("null and undefined are survived", () => {
  for (const thrown of [null, undefined]) {
    expect(failure(thrown).outcome).toBe("unexpected");
    expect(isUserNotFound(thrown)).toBe(false);
  }
});
