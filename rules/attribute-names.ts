/** https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html */
export const STANDARD_ATTRIBUTES: readonly string[] =
  "address birthdate email email_verified family_name gender given_name locale middle_name name nickname phone_number phone_number_verified picture preferred_username profile sub updated_at website zoneinfo".split(
    " ",
  );

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_AttributeType.html */
const CUSTOM_ATTRIBUTE = /^custom:[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]{1,20}$/u;
/** Part of it, asked first: to compile all letters of the world takes a cold start a millisecond. */
const ASCII_CUSTOM_ATTRIBUTE = /^custom:[!-~\t\n\r ]{1,20}$/;

/** A misspelled name would silently match nothing and let the attribute through, so only names that can exist are taken. */
export const isAttributeName = (name: string): boolean =>
  STANDARD_ATTRIBUTES.includes(name) || ASCII_CUSTOM_ATTRIBUTE.test(name) || CUSTOM_ATTRIBUTE.test(name);

export const splitList = (text: string): string[] => text.split(",").map((item) => item.trim());

/** `a,b`, or `["a","b"]` for names with a comma, or a blank at an end. @returns undefined for anything else. */
export function namesOf(text: string): string[] | undefined {
  if (!text.startsWith("[")) return splitList(text);
  const names = json(text);
  return Array.isArray(names) && names.every((name) => typeof name === "string") ? names : undefined;
}

/** `a=b,c=d`, or `{"a":"b","c":"d"}`. @returns undefined for anything else; for a name that is there twice, both. */
export function pairsOf(text: string): [string, string][] | undefined {
  if (!text.startsWith("{")) {
    const pairs = splitList(text).map((pair) => pair.split("=").map((name) => name.trim()));
    return pairs.every((pair): pair is [string, string] => pair.length === 2) ? pairs : undefined;
  }
  const pairs = Object.entries(json(text) ?? {});
  // JSON takes the last of two equal names, and the text still has both.
  const strings = text.match(/"(?:[^"\\]|\\.)*"/g)?.length;
  return strings === 2 * pairs.length && pairs.every((pair): pair is [string, string] => typeof pair[1] === "string")
    ? pairs
    : undefined;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** As {@link namesOf} reads it, and as short as it can be. */
export const listText = (names: readonly string[]): string =>
  shorter(names.join(","), namesOf, names) ?? JSON.stringify(names);

/** As {@link pairsOf} reads it, and as short as it can be. */
export const mapText = (map: ReadonlyMap<string, string>): string =>
  shorter([...map].map((pair) => pair.join("=")).join(","), pairsOf, [...map]) ??
  JSON.stringify(Object.fromEntries(map));

/** The text, if it is read as what it was written from. */
const shorter = (text: string, read: (text: string) => unknown, written: unknown): string | undefined =>
  JSON.stringify(read(text)) === JSON.stringify(written) ? text : undefined;
