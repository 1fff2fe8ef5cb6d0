/** Names that AWS, Node.js and JavaScript give to errors. What does not look like one is not repeated in a log. */
const ERROR_NAME = /^(?:[A-Z][A-Za-z0-9]{2,60}(?:Exception|Error|Fault)|E[A-Z]{3,15}(?:_[A-Z]+)?)$/;

/** @returns undefined for what may be somebody's text. */
export const errorName = (name: string): string | undefined => (ERROR_NAME.test(name) ? name : undefined);

/** What a log may say of anything that was thrown: the code that Node.js has for it, or else its name. */
export function nameOf(error: unknown): string {
  const { code, name } = (error ?? {}) as { readonly code?: unknown; readonly name?: unknown };
  const texts = [code, name].filter((text) => typeof text === "string");
  return texts.map(errorName).find((text) => text !== undefined) ?? "UnknownError";
}
