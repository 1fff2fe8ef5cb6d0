import * as v from "valibot";

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_SchemaAttributeType.html */
export const DATA_TYPES = ["String", "Number", "DateTime", "Boolean"] as const;
export type DataType = (typeof DATA_TYPES)[number];

/** What a user pool takes for one attribute. */
export interface AttributeDefinition {
  readonly type: DataType;
  /** Characters of a String, value of a Number. Undefined: no limit. */
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly required: boolean;
}

/** By attribute name, `custom:` included; what only administrators can write is not in it. */
export type Schema = ReadonlyMap<string, AttributeDefinition>;

/** Cognito keeps limits as text, in any way of writing a number; `-` is none. */
const LIMIT = String.raw`-|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?`;
/** Type, smallest, largest, and perhaps `required`: `String 0 2048`, `Number 0 -`, `Boolean - -`, `String 5 64 required`. */
const DESCRIPTION = new RegExp(`^(String|Number|DateTime|Boolean) (${LIMIT}) (${LIMIT})( required)?$`);

/**
 * The schema of a pool in the function's environment, names grouped by definition, since nearly all have the
 * same one: `{"String 0 2048":["email","name"],"Number 0 -":["updated_at"]}`. JSON, because a name may hold any letter or sign.
 */
export const schemaText = v.pipe(
  v.string(),
  v.parseJson(),
  v.record(v.pipe(v.string(), v.regex(DESCRIPTION)), v.array(v.pipe(v.string(), v.minLength(1)))),
  v.minEntries(1),
  v.transform(
    (groups): Schema =>
      new Map(
        Object.entries(groups).flatMap(([description, names]) => {
          const definition = definitionOf(description);
          return names.map((name) => [name, definition] as const);
        }),
      ),
  ),
);

function definitionOf(description: string): AttributeDefinition {
  const [, type, min, max, required] = DESCRIPTION.exec(description) ?? [];
  return { type: type as DataType, min: limit(min), max: limit(max), required: required !== undefined };
}

const limit = (word: string | undefined): number | undefined => (word === "-" ? undefined : Number(word));

/**
 * Whether a user pool takes a value. One value outside of the schema makes Cognito refuse the whole user, and AWS does not say
 * whether it counts characters or UTF-16 units: a text must have the right length either way.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-attributes.html
 */
export function fits(value: string, { type, min = -Infinity, max = Infinity }: AttributeDefinition): boolean {
  const isWithin = (size: number): boolean => min <= size && size <= max;
  switch (type) {
    case "String":
      return isWithin(value.length) && isWithin([...value].length);
    case "Number":
      return /^-?\d+$/.test(value) && Number.isFinite(Number(value)) && isWithin(Number(value));
    case "Boolean":
      return /^(true|false)$/i.test(value);
    case "DateTime":
      return true;
  }
}
