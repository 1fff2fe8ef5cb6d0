/** A claim that does not hold. */
export class Broken extends Error {
  override readonly name = "Broken";
}

/** @throws {Broken} when the claim does not hold. */
export function holds(condition: boolean, claim: string): asserts condition {
  if (!condition) throw new Broken(`expected: ${claim}`);
}

/** @throws {Broken} when the source answers there. */
export async function holdsSilent(url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
  holds(answer === undefined, "no answer from the source");
}
