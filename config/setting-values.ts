import * as v from "valibot";
import { canBeRegion, nearestRegion } from "./regions";
import { ACCOUNT_PATTERN } from "./user-pool";

/** One setting: docs/settings.md, `.env.example` and errors are made from it. */
export interface Setting {
  readonly about: string;
  /** Completes the sentence "expected ..." in an error. */
  readonly expected: string;
  /** Likewise, of a value that is nearly right: where it is not. */
  readonly explain?: (value: string) => string | undefined;
  readonly example: string;
  /** What holds when the setting is absent, where it is not the default. */
  readonly note?: string;
  readonly schema: v.GenericSchema<string | undefined, unknown>;
}

/** The settings of one heading in the docs. */
export const inGroup = <const Table extends Readonly<Record<string, Setting>>>(
  group: string,
  table: Table,
): { readonly [Name in keyof Table]: Setting & { readonly group: string; readonly schema: Table[Name]["schema"] } } =>
  Object.fromEntries(Object.entries(table).map(([name, setting]) => [name, { ...setting, group }])) as never;

export const text = (pattern: RegExp) => v.pipe(v.string(), v.regex(pattern));
/** A text that passes `isRight`. */
export const checked = (isRight: (value: string) => boolean) => v.pipe(v.string(), v.check(isRight));
/** A setting of few values. @param otherwise Where it is absent. */
export const oneOf = <const Values extends readonly string[]>(values: Values, otherwise: Values[number]) => ({
  expected: `one of ${values.join(", ")}`,
  schema: v.optional(v.picklist(values), otherwise),
});
export const wholeNumber = (min: number, max: number) =>
  v.pipe(v.string(), v.regex(/^[0-9]+$/), v.transform(Number), v.minValue(min), v.maxValue(max));
export const region = checked(canBeRegion);
export const account = text(ACCOUNT_PATTERN);
export const profile = text(/^[^\s[\]${}%"]+$/);

export const AN_AWS_REGION = "an AWS Region such as eu-west-1";

export function nearRegion(region: string): string | undefined {
  if (canBeRegion(region)) return undefined;
  const nearest = nearestRegion(region);
  return `${AN_AWS_REGION}; ${region} is none${nearest === undefined ? "" : `, and the nearest is ${nearest}`}`;
}
