import { RateLimiter } from "limiter";

/** @returns what is awaited before each request, so that there are no more of them per second. */
export function paceOf(requestsPerSecond: number): () => Promise<void> {
  // In tenths of a second, because quotas are counted by the second and a burst at its end would meet one at the next's beginning.
  const limiter =
    requestsPerSecond >= 10
      ? new RateLimiter({ tokensPerInterval: Math.floor(requestsPerSecond / 10), interval: 100 })
      : new RateLimiter({ tokensPerInterval: 1, interval: Math.ceil(1000 / requestsPerSecond) });
  return async () => {
    await limiter.removeTokens(1);
  };
}
