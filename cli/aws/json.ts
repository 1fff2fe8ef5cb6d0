/** A document as AWS sent it, before any SDK has dropped what it does not know. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

export interface JsonObject {
  readonly [name: string]: Json;
}

export function isObject(json: Json | undefined): json is JsonObject {
  return typeof json === "object" && json !== null && !Array.isArray(json);
}

/** What is null is not there, however deep. */
export function withoutNulls<T extends Json>(json: T): T;
export function withoutNulls(json: Json): Json {
  if (Array.isArray(json)) return json.map((item: Json) => withoutNulls(item));
  if (!isObject(json)) return json;
  const entries = Object.entries(json).filter(([, value]) => value !== null);
  return Object.fromEntries(entries.map(([name, value]) => [name, withoutNulls(value)]));
}

/** Sorts names, and lists too: in user pools and app clients every list is a set. */
export function sorted(json: Json): Json {
  if (Array.isArray(json))
    return json
      .map((item: Json) => sorted(item))
      .map((item) => [JSON.stringify(item), item] as const)
      .sort(([left], [right]) => (left < right ? -1 : left > right ? 1 : 0))
      .map(([, item]) => item);
  if (!isObject(json)) return json;
  return Object.fromEntries(
    Object.keys(json)
      .sort()
      .map((name) => [name, sorted(json[name] ?? null)]),
  );
}

export function isSame(left: Json, right: Json): boolean {
  return JSON.stringify(sorted(left)) === JSON.stringify(sorted(right));
}

/** @returns null where nothing is. */
export function valueAt(json: JsonObject, [name, ...rest]: readonly string[]): Json {
  if (name === undefined) return json;
  const value = json[name] ?? null;
  if (rest.length === 0) return value;
  return isObject(value) ? valueAt(value, rest) : null;
}

/** @param value null takes the last name of the path away. */
export function withValueAt(json: JsonObject, [name, ...rest]: readonly string[], value: Json): JsonObject {
  if (name === undefined) return json;
  if (rest.length === 0) {
    const { [name]: _, ...others } = json;
    return value === null ? others : { ...others, [name]: value };
  }
  const inner = json[name];
  if (value === null && !isObject(inner)) return json;
  return { ...json, [name]: withValueAt(isObject(inner) ? inner : {}, rest, value) };
}
