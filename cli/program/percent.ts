/**
 * Percent of a whole, for people: rounded half up from whole numbers, and 100 only where it is all of it. Of two million users
 * one is left, and nobody should read that none is.
 *
 * @param part From 0 to `whole`, which is at most 40 million and not 0.
 */
export function percentOf(part: number, whole: number, digits: 0 | 1 = 1): string {
  const scale = 10 ** digits;
  const rounded = Math.floor((2 * part * 100 * scale + whole) / (2 * whole));
  return (Math.min(rounded, part < whole ? 100 * scale - 1 : rounded) / scale).toFixed(digits);
}
