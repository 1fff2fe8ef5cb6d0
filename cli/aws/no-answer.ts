/** Somebody was asked, and no answer came. Nothing is known of what was asked for. */
export class NoAnswer extends Error {
  override readonly name = "NoAnswer";

  /**
   * Without a cause: the SDK would look into that, and ask again.
   *
   * @param found Who has not answered what, and for how long. @param unknown What may have been done or not; undefined for what only reads.
   */
  constructor(
    found: string,
    readonly unknown?: string,
  ) {
    super(found);
  }
}
