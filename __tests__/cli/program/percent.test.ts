import fc from "fast-check";
import { percentOf } from "../../../cli/program/percent";

const users = fc.integer({ min: 1, max: 40_000_000 });

/** Half up, in whole numbers of any size. */
function exact(part: number, whole: number, digits: number): string {
  const scale = 10n ** BigInt(digits);
  const rounded = (BigInt(part) * 200n * scale + BigInt(whole)) / (2n * BigInt(whole));
  const text = String(rounded).padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}

test.each([0, 1] as const)("with %i digits it is what whole numbers give, and 100 for all of it alone", (digits) => {
  fc.assert(
    fc.property(users, fc.nat(), (whole, any) => {
      const part = any % (whole + 1);
      const all = exact(whole, whole, digits);
      const expected = exact(part, whole, digits);
      if (part < whole && expected === all) expect(percentOf(part, whole, digits)).toBe(digits === 0 ? "99" : "99.9");
      else expect([part, whole, percentOf(part, whole, digits)]).toEqual([part, whole, expected]);
    }),
    { numRuns: 4000 },
  );
});

test.each<[number, number, string]>([
  [0, 7, "0.0"],
  [201, 400, "50.3"],
  [1_999_999, 2_000_000, "99.9"],
  [2_000_000, 2_000_000, "100.0"],
  [40_000_000, 40_000_000, "100.0"],
  [39_999_999, 40_000_000, "99.9"],
])("%i of %i are %s %", (part, whole, text) => expect(percentOf(part, whole)).toBe(text));
