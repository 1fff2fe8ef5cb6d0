import { type GenericSchema, safeParse } from "valibot";

/** What JSON holds, or what was found in its place. */
export type Parsed<T> = { readonly value: T } | { readonly found: string };

/**
 * Reads JSON that may have been damaged, or be somebody else's page. What it says is in no message: it can be personal or secret, and the
 * messages of JSON.parse quote it.
 */
export function parseJson<T>(schema: GenericSchema<unknown, T>, text: string): Parsed<T> {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { found: foundIn(text) };
  }
  const { success, output } = safeParse(schema, json);
  // For valibot a list is an object without the members.
  const isForm = success && Array.isArray(json) === Array.isArray(output);
  return isForm ? { value: output } : { found: "JSON of another form" };
}

export function foundIn(text: string): string {
  if (text.trim() === "") return "nothing";
  return isPage(text) ? "an HTML page" : "text that is no JSON";
}

/** As a proxy or the sign-in page of a network sends it. */
export const isPage = (text: string): boolean => /^\s*<(?:!doctype html|html)\b/i.test(text);
