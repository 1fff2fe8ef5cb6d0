/** Awaited before each request, to stay below a quota. */
export type Turn = () => Promise<void>;

/** Has the SDK's paginator await its turn before each request. @param token Of a page: where it is, there is another one. */
export async function* paced<Page>(pages: AsyncIterable<Page>, turn: Turn, token: keyof Page): AsyncGenerator<Page> {
  await turn();
  for await (const page of pages) {
    yield page;
    if (page[token]) await turn();
  }
}
