import { isNativeError } from "node:util/types";
import { shownPath } from "./shown-path";

/** @returns what the operating system has refused, with the path, and what to do; undefined for what does not come from there. */
export function explainSystemError(error: unknown): string | undefined {
  if (!isNativeError(error)) return undefined;
  const { errno, syscall } = error as NodeJS.ErrnoException;
  if (typeof errno !== "number" || syscall === undefined) return undefined;
  return (
    `The operating system refused: ${shownMessage(error)}.\n` +
    "Look whether it is there, may be read and written by you, and has room, then run the same command again."
  );
}

/** What an error says; Node.js writes whole paths into it. @param from Where the operator stands. */
export function shownMessage(error: unknown, from?: string): string {
  if (!isNativeError(error)) return String(error);
  const { path, dest } = error as NodeJS.ErrnoException & { readonly dest?: string };
  let text = error.message;
  for (const one of [path, dest]) if (one) text = text.replaceAll(`'${one}'`, () => `'${shownPath(one, from)}'`);
  return text;
}
