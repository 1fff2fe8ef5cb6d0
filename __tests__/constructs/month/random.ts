/** Numbers from 0 up to 1, the same ones for the same seed on every machine (mulberry32, by Tommy Ettinger). */
export type Random = () => number;

// A test's global objects are slow to reach, and this is called by the million.
const { imul } = Math;

export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const ROOT_OF_THREE = Math.sqrt(3);

/** Standard normal, nearly: four uniform numbers need no function that two processors could round differently. */
export function normal(random: Random): number {
  return ROOT_OF_THREE * (random() + random() + random() + random() - 2);
}
