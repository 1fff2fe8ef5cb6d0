import { RateLimiter } from "limiter";

/** In tenths of a second, because quotas are counted by the second and a burst at its end would meet one at the next's beginning. */
const paceFor = (requestsPerSecond: number): { readonly tokensPerInterval: number; readonly interval: number } =>
  requestsPerSecond >= 10
    ? { tokensPerInterval: Math.floor(requestsPerSecond / 10), interval: 100 }
    : { tokensPerInterval: 1, interval: Math.ceil(1000 / requestsPerSecond) };

/** @returns what is awaited before each request, so that there are no more of them per second. */
export function paceOf(requestsPerSecond: number): () => Promise<void> {
  const limiter = new RateLimiter(paceFor(requestsPerSecond));
  return async () => {
    await limiter.removeTokens(1);
  };
}

/** So many seconds {@link paceOf} takes at least. */
export function secondsAtPace(requests: number, requestsPerSecond: number): number {
  const { tokensPerInterval, interval } = paceFor(requestsPerSecond);
  return (requests / tokensPerInterval) * (interval / 1000);
}
