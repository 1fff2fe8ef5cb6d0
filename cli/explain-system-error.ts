import { isNativeError } from "node:util/types";

/** @returns what the operating system has refused, with the path, and what to do; undefined for what does not come from there. */
export function explainSystemError(error: unknown): string | undefined {
  if (!isNativeError(error)) return undefined;
  const { errno, syscall } = error as NodeJS.ErrnoException;
  if (typeof errno !== "number" || syscall === undefined) return undefined;
  return (
    `The operating system refused: ${error.message}.\n` +
    "Look whether it is there, may be read and written by you, and has room, then run the same command again."
  );
}
