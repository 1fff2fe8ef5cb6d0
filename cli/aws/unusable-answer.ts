/** Something has answered, and it was not AWS, or not as AWS documents it. Nothing is to be built on that. */
export class UnusableAnswer extends Error {
  override readonly name = "UnusableAnswer";
  /** As the SDK keeps it with its own errors: it repeats a call for which a gateway has answered with 502, 503 or 504. */
  readonly $metadata: { readonly httpStatusCode?: number };

  /** @param from Host or operation. @param found What came, in words: never what it says. */
  constructor(from: string, found: string, httpStatusCode?: number) {
    super(`${from} sent ${found}${httpStatusCode === undefined ? "" : ` (status ${httpStatusCode})`}`);
    this.$metadata = httpStatusCode === undefined ? {} : { httpStatusCode };
  }
}
