import { seeded } from "../constructs/month/random";

/** Another one each time, unless KILL_SEED says which. */
export const KILL_SEED = Number(process.env["KILL_SEED"] ?? Date.now() % 2 ** 32);

/** Whole numbers from 0 and below a bound: the same ones for the same seed. */
export function randomFrom(seed: number): (below: number) => number {
  const random = seeded(seed);
  return (below) => Math.floor(random() * below);
}
