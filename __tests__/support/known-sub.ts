/** A `sub` that is the same in every run. */
export const knownSub = (number: number): string => `0a1b2c3d-0000-4000-8000-${String(number).padStart(12, "0")}`;
