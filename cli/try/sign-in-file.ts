import { isUtf8 } from "node:buffer";
import { type GenericSchema, minLength, object, optional, pipe, string } from "valibot";
import { parseJson } from "../../config/json-text";
import { CommandError, EXIT } from "../program/exit";
import { readSecretsAt } from "../program/own-files";
import { shownPath } from "../program/shown-path";
import type { Attempt } from "./event";

const text = pipe(string(), minLength(1));
const SIGN_IN: GenericSchema<unknown, Attempt> = object({ user: text, password: text });
const FORGOTTEN: GenericSchema<unknown, { readonly user: string }> = object({ user: text, password: optional(text) });

/** JSON, one user a line, because a password may hold whatever a CSV would have to quote. @throws {CommandError} USAGE, with nothing of what the lines say. */
export function readSignInFile(path: string, isForgotten: boolean): readonly Attempt[] {
  const name = shownPath(path);
  const read = readSecretsAt(path);
  if (typeof read === "string") throw new CommandError(EXIT.USAGE, `${name}: ${read}`);
  if (!isUtf8(read))
    throw new CommandError(EXIT.USAGE, `${name}: found bytes that are no UTF-8, expected JSON, one user a line.`);
  const { attempts, problems } = parseSignIns(read.toString(), isForgotten);
  if (problems.length > 0) throw new CommandError(EXIT.USAGE, problems.map((one) => `${name}, ${one}`).join("\n"));
  return attempts;
}

/** Problems are lines about lines. */
export function parseSignIns(
  content: string,
  isForgotten: boolean,
): { readonly attempts: readonly Attempt[]; readonly problems: readonly string[] } {
  const attempts: Attempt[] = [];
  const problems: string[] = [];
  for (const [at, line] of content
    .replace(/^\uFEFF/, "")
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === "") continue;
    const parsed = parseJson(isForgotten ? FORGOTTEN : SIGN_IN, line);
    if ("value" in parsed)
      attempts.push({ password: undefined, ...parsed.value, ...(isForgotten && { password: undefined }) });
    else
      problems.push(
        `line ${at + 1}: found ${parsed.found}, expected ${isForgotten ? '{"user": "..."}' : '{"user": "...", "password": "..."}'}.`,
      );
  }
  if (attempts.length === 0 && problems.length === 0) problems.push("line 1: found nothing, expected a user.");
  return { attempts, problems };
}
