import { DEADLINE_MS } from "../../../rules/metrics";
import type { Attempt, Invocation } from "./invocation";
import type { Random } from "./random";

// A test's global objects are slow to reach, and these are called by the hundred thousand.
const { min, round } = Math;

/** Lambda keeps an idle environment for some minutes; how long is not documented. */
const KEPT_SECONDS = 600;
const COLD_START_MS = 900;

/** Runs each attempt in an environment that is free and still there, or in a new one. */
export function withColdStarts(attempts: readonly Attempt[], random: Random): Invocation[] {
  let environments: { freeAt: number }[] = [];
  return attempts.map((made) => {
    environments = environments.filter(({ freeAt }) => made.at - freeAt < KEPT_SECONDS);
    const free = environments.find(({ freeAt }) => freeAt <= made.at);
    const environment = free ?? { freeAt: 0 };
    if (free === undefined) environments.push(environment);
    const extra = free === undefined ? COLD_START_MS * (0.8 + 0.4 * random()) : 0;
    const durationMs = min(round(made.durationMs + extra), DEADLINE_MS);
    environment.freeAt = made.at + durationMs / 1000;
    return { ...made, durationMs, coldStart: free === undefined };
  });
}
