import { failure, isUserNotFound, refusal } from "../../handler/exceptions";
import { MigrationFailure, USER_MESSAGE } from "../../handler/outcome";

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

test("an unknown code is not taken for the network", () => {
  expect(failure(named("Error", { code: "ERR_INVALID_ARG_TYPE" })).outcome).toBe("unexpected");
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
