/** What AWS, or the lack of it, says, and what to do about it. */
export interface Explanation {
  readonly found: string;
  readonly remedy: string | undefined;
}

export const textOf = ({ found, remedy }: Explanation): string =>
  remedy === undefined ? found : `${found}\n${remedy}`;
