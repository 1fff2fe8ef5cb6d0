import { invalidParameter } from "./exception";
import { type Body, optionalText, pageSize } from "./input";

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

/** One page of a list that is held whole. */
export function pageOf<T>(all: readonly T[], question: string, token: string | undefined, size: number) {
  const from = positionIn(question, token);
  const items = all.slice(from, from + size);
  return { items, token: from + size < all.length ? tokenFor(question, from + size) : undefined };
}

/** How a page is asked for, and where it stands in the answer: names of members. */
interface Paging {
  readonly items: string;
  readonly size: "Limit" | "MaxResults";
  readonly token?: "NextToken" | "PaginationToken";
}

/** The answer with the page that a request asks for. @param shown As the answer has one of the list. */
export function answerOf<T>(
  body: Body,
  all: readonly T[],
  question: string,
  { items, size, token = "NextToken" }: Paging,
  shown: (one: T) => unknown = (one) => one,
): object {
  const page = pageOf(all, question, optionalText(body, token), pageSize(body, size, size === "Limit" ? 0 : 1));
  return { [items]: page.items.map(shown), ...(page.token !== undefined && { [token]: page.token }) };
}
