import type { Side } from "./side";

export interface Asked {
  readonly side: Side;
  /** Of the credentials, once STS has told it. */
  readonly account: string | undefined;
  /** Whether anything had been sent there by then that changes something. Absent: nobody knows. */
  readonly mayHaveChanged?: boolean;
}

const asked = new WeakMap<Error, Asked>();

/** Keeps with an error whom the call went to: what AWS answers names neither account nor profile. */
export function tagCallOrigin(error: unknown, whom: Asked): void {
  if (error instanceof Error) asked.set(error, whom);
}

export const callOriginOf = (error: Error): Asked | undefined => asked.get(error);

/** Where a side's credentials come from. */
export const credentialsOf = ({ profile }: Pick<Side, "profile">): string =>
  profile === undefined ? "credentials in the environment" : `profile ${profile}`;
