/** A claim that does not hold. */
export class Broken extends Error {
  override readonly name = "Broken";
}

/** @throws {Broken} when the claim does not hold. */
export function holds(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new Broken(`expected: ${claim}`);
}
