import { invalidParameter } from "./exception";

/** Where the next page starts, and for which question: a token of one listing is refused by every other. */
export function tokenFor(question: string, position: number): string {
  return Buffer.from(JSON.stringify([question, position])).toString("base64url");
}

/** @returns the position to go on from; 0 without a token. @throws InvalidParameterException for a token of another question. */
export function positionIn(question: string, token: string | undefined): number {
  if (token === undefined) return 0;
  try {
    const [asked, position] = JSON.parse(Buffer.from(token, "base64url").toString()) as [string, number];
    if (asked === question && Number.isInteger(position)) return position;
  } catch {
    // Refused below, like any other text.
  }
  throw invalidParameter("Invalid pagination token given.");
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly token: string | undefined;
}

/** One page of a list that is held whole. */
export function pageOf<T>(all: readonly T[], question: string, token: string | undefined, size: number): Page<T> {
  const from = positionIn(question, token);
  const items = all.slice(from, from + size);
  return { items, token: from + size < all.length ? tokenFor(question, from + size) : undefined };
}
