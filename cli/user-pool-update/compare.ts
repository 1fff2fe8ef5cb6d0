import { DEFAULT_FLOWS } from "./auth-flows";
import { VOLATILE } from "./fields";
import { isObject, isSame, type Json, type JsonObject, sorted } from "./json";

export interface Difference {
  /** Such as `Policies.PasswordPolicy.MinimumLength`. */
  readonly path: string;
  /** null: not there. */
  readonly expected: Json;
  readonly found: Json;
}

/** Everything that is not as expected, but for what changes by itself or with every update. */
export function differencesBetween(expected: JsonObject, found: JsonObject): readonly Difference[] {
  return differences(meaningOf(expected), meaningOf(found), []);
}

/** Whether somebody else has changed something in between. @param now Read later than `then`. */
export function hasChanged(then: JsonObject, now: JsonObject): boolean {
  const { EstimatedNumberOfUsers: _, ...before } = then;
  const { EstimatedNumberOfUsers: __, ...after } = now;
  return !isSame(before, after);
}

export function differenceText({ path, expected, found }: Difference): string {
  const text = (json: Json): string => (json === null ? "nothing" : JSON.stringify(sorted(json)));
  return `${path}: expected ${text(expected)}, found ${text(found)}`;
}

function differences(expected: Json, found: Json, path: readonly string[]): readonly Difference[] {
  if (isObject(expected) && isObject(found))
    return [...new Set([...Object.keys(expected), ...Object.keys(found)])]
      .sort()
      .flatMap((name) => differences(expected[name] ?? null, found[name] ?? null, [...path, name]));
  return isSame(expected, found) ? [] : [{ path: path.join("."), expected, found }];
}

/** An empty list of attributes is not the same as none: none means the defaults. */
const EMPTY_MATTERS: readonly string[] = ["ReadAttributes", "WriteAttributes"];

function meaningOf(described: JsonObject): JsonObject {
  const flows = described["ExplicitAuthFlows"];
  const isClient = "ClientId" in described;
  const shown =
    isClient && (!Array.isArray(flows) || flows.length === 0)
      ? { ...described, ExplicitAuthFlows: DEFAULT_FLOWS }
      : described;
  const entries = Object.entries(shown)
    .filter(([name]) => !VOLATILE.includes(name))
    .map(([name, value]): [string, Json] => [name, EMPTY_MATTERS.includes(name) ? value : withoutEmpty(value)])
    .filter(([name, value]) => EMPTY_MATTERS.includes(name) || !isEmpty(value));
  return Object.fromEntries(entries);
}

function withoutEmpty(json: Json): Json {
  if (!isObject(json)) return json;
  return Object.fromEntries(
    Object.entries(json)
      .map(([name, value]): [string, Json] => [name, withoutEmpty(value)])
      .filter(([, value]) => !isEmpty(value)),
  );
}

const isEmpty = (json: Json): boolean =>
  json === null || (Array.isArray(json) && json.length === 0) || (isObject(json) && Object.keys(json).length === 0);

/** @returns the path of everything in `intended` that `sent` has not, or not so. */
export function notSent(intended: Json, sent: Json | undefined, path: readonly string[] = []): readonly string[] {
  if (isObject(intended) && isObject(sent))
    return Object.keys(intended).flatMap((name) => notSent(intended[name] ?? null, sent[name], [...path, name]));
  if (Array.isArray(intended) && Array.isArray(sent) && intended.length === sent.length)
    return intended.flatMap((item: Json, index) => notSent(item, sent[index], [...path, String(index)]));
  return intended === sent ? [] : [path.join(".")];
}
