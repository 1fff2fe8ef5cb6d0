import { isObject, isSame, type Json, type JsonObject, sorted } from "../aws/json";
import { isState } from "./fields";
import { meaningOf } from "./meaning";

export interface Difference {
  /** Such as `Policies.PasswordPolicy.MinimumLength`. */
  readonly path: string;
  /** null: not there. */
  readonly expected: Json;
  readonly found: Json;
}

/** Everything that means something else than expected, but for what changes by itself or with every update. */
export function differencesBetween(expected: JsonObject, found: JsonObject): readonly Difference[] {
  return differences(meaningOf(expected), meaningOf(found), []);
}

/** Whether somebody has changed something in between; also when it is the same again. @param now Read later than `then`. */
export function hasChanged(then: JsonObject, now: JsonObject): boolean {
  const settings = (described: JsonObject): JsonObject =>
    Object.fromEntries(Object.entries(described).filter(([name]) => !isState(name)));
  return !isSame(settings(then), settings(now));
}

export const valueText = (json: Json): string => (json === null ? "nothing" : JSON.stringify(sorted(json)));

export const differenceText = ({ path, expected, found }: Difference): string =>
  `${path}: expected ${valueText(expected)}, found ${valueText(found)}`;

function differences(expected: Json, found: Json, path: readonly string[]): readonly Difference[] {
  if (isObject(expected) && isObject(found))
    return [...new Set([...Object.keys(expected), ...Object.keys(found)])]
      .sort()
      .flatMap((name) => differences(expected[name] ?? null, found[name] ?? null, [...path, name]));
  return isSame(expected, found) ? [] : [{ path: path.join("."), expected, found }];
}

/** @returns the path of everything in `intended` that `sent` has not, or not so. */
export function notSent(intended: Json, sent: Json | undefined, path: readonly string[] = []): readonly string[] {
  if (isObject(intended) && isObject(sent))
    return Object.keys(intended).flatMap((name) => notSent(intended[name] ?? null, sent[name], [...path, name]));
  if (Array.isArray(intended) && Array.isArray(sent) && intended.length === sent.length)
    return intended.flatMap((item: Json, index) => notSent(item, sent[index], [...path, String(index)]));
  return intended === sent ? [] : [path.join(".")];
}
