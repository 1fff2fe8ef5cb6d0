import type { listen, Response } from "./http";

type Serve = Parameters<typeof listen>[0];

/**
 * Pages of this machine. Cognito answers every origin; here a page from elsewhere that somebody has open must not get at
 * what is on this machine.
 */
const LOOPBACK = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Headers that the clients send. */
const ALLOWED =
  "amz-sdk-invocation-id, amz-sdk-request, authorization, cache-control, content-type, x-amz-content-sha256, x-amz-date, x-amz-security-token, x-amz-target, x-amz-user-agent";
const EXPOSED = "x-amzn-errortype, x-amzn-errormessage, x-amzn-requestid";

/**
 * Lets pages on loopback, and no others, ask and read the answers. A page from elsewhere that has its own name lead to this machine, which is no other
 * origin to a browser, is refused by its name.
 * https://fetch.spec.whatwg.org/#http-cors-protocol
 */
export function forPagesOnLoopback(serve: Serve): Serve {
  return async (request) => {
    const { origin } = request.headers;
    const isOurs = origin !== undefined && LOOPBACK.test(origin);
    const isPreflight = request.method === "OPTIONS";
    if (!isOurs && (isPreflight || origin !== undefined)) return { status: 403, headers: { vary: "Origin" }, body: "" };
    if (isPreflight) return preflight(origin ?? "");
    const response = await serve(request);
    if (typeof response === "function" || !isOurs) return response;
    const more = { "access-control-allow-origin": origin, "access-control-expose-headers": EXPOSED, vary: "Origin" };
    return { ...response, headers: { ...response.headers, ...more } };
  };
}

function preflight(origin: string): Response {
  const headers = {
    "access-control-allow-origin": origin,
    "access-control-allow-methods": "GET, POST",
    "access-control-allow-headers": ALLOWED,
    "access-control-max-age": "600",
    vary: "Origin",
  };
  return { status: 204, headers, body: "" };
}
