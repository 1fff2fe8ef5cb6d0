import { type FailedAttempt, retryAfterMs } from "../../../handler/aws/retry";

const named = (name: string, more: object = {}): object => ({ name, ...more });
const coded = (code: string): object => ({ name: "TimeoutError", code });
const status = (httpStatusCode: number): object => ({ $metadata: { httpStatusCode } });

const decide = (error: unknown, over: Partial<FailedAttempt> = {}): number | undefined =>
  retryAfterMs({ error, attempt: 1, tookMs: 300, leftMs: 4000, isRead: false, random: 0, ...over });

const read = { isRead: true };

describe("a sign-in", () => {
  test.each([
    ["a wrong password", named("NotAuthorizedException", status(400))],
    ["an unknown user", named("UserNotFoundException", status(400))],
    ["a void password", named("PasswordResetRequiredException", status(400))],
    ["a trigger that refused", named("UserLambdaValidationException", status(400))],
    ["a trigger that broke", named("UnexpectedLambdaException", status(400))],
    ["missing permission", named("AccessDeniedException", status(400))],
    ["a wrong parameter", named("InvalidParameterException", status(400))],
    ["an error nobody foresaw", named("NewException", status(400))],
    ["an error of the server, which may have looked at the password", named("InternalErrorException", status(500))],
    ["a broken gateway", named("UnknownError", status(503))],
    ["an answer that never came", coded("ETIMEDOUT")],
    ["a connection that broke after a while", coded("ECONNRESET")],
    ["an answer that cannot be read", named("SyntaxError")],
    ["the deadline", named("AbortError")],
    ["a way that was lost", named("Error", { code: "EHOSTUNREACH", syscall: "read" })],
    ["a network that was lost", named("Error", { code: "ENETUNREACH", syscall: "write" })],
    ["a connection that was new, and broke at once", coded("ECONNRESET")],
    ["no way, without a word of when", named("AggregateError", { code: "ENETUNREACH", errors: [] })],
    [
      "a way that was lost on one of its addresses",
      named("AggregateError", {
        code: "ENETUNREACH",
        errors: [
          named("Error", { code: "ENETUNREACH", syscall: "connect" }),
          named("Error", { code: "ENETUNREACH", syscall: "read" }),
        ],
      }),
    ],
    ["an exception of AWS that is called like a timeout", named("TimeoutError", { $fault: "client", ...status(400) })],
    ["an answer whose body says ECONNREFUSED", named("NewException", { code: "ECONNREFUSED", $fault: "client" })],
    [
      "an answer whose body says that its connection broke",
      named("NewException", { code: "ECONNRESET", idleBefore: true, $fault: "client" }),
    ],
    ["a certificate that is not accepted", named("Error", { code: "CERT_HAS_EXPIRED" })],
    ["what is no error", "text"],
    ["nothing", undefined],
  ])("is not sent again after %s", (_, error) => {
    expect(decide(error)).toBeUndefined();
  });

  test.each([
    ["nobody listens", coded("ECONNREFUSED")],
    ["the name is not known", named("Error", { code: "ENOTFOUND" })],
    ["DNS does not answer", named("Error", { code: "EAI_AGAIN" })],
    ["there is no way", named("Error", { code: "ENETUNREACH", syscall: "connect" })],
    ["the host is not there", named("Error", { code: "EHOSTUNREACH", syscall: "connect" })],
    [
      "there is no way to any of its addresses",
      named("AggregateError", {
        code: "ENETUNREACH",
        errors: [named("Error", { code: "ENETUNREACH", syscall: "connect" })],
      }),
    ],
    ["no connection was made in time", named("TimeoutError")],
  ])("is sent again when nothing was sent: %s", (_, error) => {
    expect(decide(error)).toBe(50);
  });

  test("is sent again on a connection that was closed while the function slept", () => {
    for (const code of ["ECONNRESET", "EPIPE"]) {
      const stale = { ...coded(code), idleBefore: true };
      expect(decide(stale, { tookMs: 99 })).toBe(0);
      expect(decide(stale, { tookMs: 100 })).toBeUndefined();
      expect(decide(stale, { tookMs: 5, attempt: 2 })).toBeUndefined();
    }
  });

  test("is not sent again when a new connection breaks, however early: the request was on it", () => {
    for (const idleBefore of [false, undefined])
      expect(decide({ ...coded("ECONNRESET"), idleBefore }, { tookMs: 0 })).toBeUndefined();
  });

  test.each(["TooManyRequestsException", "ThrottlingException", "Throttling", "RequestLimitExceeded"])(
    "waits after %s, which comes before the password is looked at",
    (name) => {
      expect(decide(named(name, status(400)))).toBe(150);
      expect(decide(named(name, status(400)), { random: 1 })).toBe(300);
      expect(decide(named(name, status(400)), { attempt: 2 })).toBe(300);
    },
  );

  test("knows a throttled request by its status, too", () => {
    expect(decide(status(429))).toBe(150);
  });

  test.each(["ExpiredTokenException", "ExpiredToken", "UnrecognizedClientException", "InvalidClientTokenId"])(
    "goes out once more with new credentials after %s",
    (name) => {
      expect(decide(named(name, status(400)))).toBe(0);
      expect(decide(named(name, status(400)), { attempt: 2 })).toBeUndefined();
    },
  );

  test("goes out once more with the right time, if the clock was wrong", () => {
    const skewed = named("InvalidSignatureException", { $metadata: { httpStatusCode: 400, clockSkewCorrected: true } });
    expect(decide(skewed)).toBe(0);
    expect(decide(skewed, { attempt: 2 })).toBeUndefined();
    expect(decide(named("InvalidSignatureException", status(400)))).toBeUndefined();
  });
});

describe("a read", () => {
  test.each([
    ["an error of the server", named("InternalErrorException", status(500))],
    ["a broken gateway", status(503)],
    ["a timeout", coded("ETIMEDOUT")],
    ["a broken connection", coded("ECONNRESET")],
    ["an answer that cannot be read", named("SyntaxError")],
  ])("is sent again after %s", (_, error) => {
    expect(decide(error, read)).toBe(50);
    expect(decide(error, { ...read, attempt: 2 })).toBe(100);
  });

  test.each([
    ["an unknown user", named("UserNotFoundException", status(400))],
    ["missing permission", named("AccessDenied", status(403))],
    ["the deadline", named("AbortError")],
    ["a status just below", status(499)],
  ])("is not sent again after %s", (_, error) => {
    expect(decide(error, read)).toBeUndefined();
  });
});

test("three times are enough", () => {
  expect(decide(coded("ECONNREFUSED"), { attempt: 2 })).toBe(100);
  expect(decide(coded("ECONNREFUSED"), { attempt: 3 })).toBeUndefined();
});

describe("time", () => {
  test("a wait that leaves nothing for the answer is not begun", () => {
    expect(decide(coded("ECONNREFUSED"), { leftMs: 300 })).toBe(50);
    expect(decide(coded("ECONNREFUSED"), { leftMs: 299 })).toBeUndefined();
  });

  test.each([
    ["1", 1000],
    ["0.5", 500],
    ["0", 150],
    ["-1", 150],
    ["Infinity", 150],
    ["Wed, 21 Oct 2015 07:28:00 GMT", 150],
  ])("Retry-After %p is honoured", (seconds, waitMs) => {
    const throttled = named("TooManyRequestsException", { $response: { headers: { "retry-after": seconds } } });
    expect(decide(throttled)).toBe(waitMs);
  });

  test("a Retry-After that does not fit ends it at once", () => {
    const throttled = named("TooManyRequestsException", { $response: { headers: { "retry-after": "4" } } });
    expect(decide(throttled, { leftMs: 4249 })).toBeUndefined();
    expect(decide(throttled, { leftMs: 4250 })).toBe(4000);
  });

  test.each([undefined, {}, { headers: {} }])("an answer that does not ask for a wait: %j", ($response) => {
    expect(decide(named("TooManyRequestsException", { $response }))).toBe(150);
  });

  test("a read honours it after an error of the server", () => {
    const busy = { ...status(503), $response: { headers: { "retry-after": "1" } } };
    expect(decide(busy, read)).toBe(1000);
  });
});
