import { UserPoolClientType$, UserPoolType$ } from "@aws-sdk/client-cognito-identity-provider";
import fc from "fast-check";
import type { Json, JsonObject } from "../../cli/aws/json";

/**
 * The SDK's description of a type: a number for text, numbers, booleans and lists or maps of text, and otherwise an array
 * that begins with its kind.
 */
type Schema = number | readonly unknown[] | (() => Schema);

const [LIST, MAP, STRUCTURE] = [1, 2, 3];
const LEAVES: Readonly<Record<number, fc.Arbitrary<Json>>> = {
  0: fc.string({ maxLength: 8 }),
  1: fc.integer({ min: 0, max: 365 }),
  2: fc.boolean(),
  4: fc.integer({ min: 1_500_000_000, max: 1_900_000_000 }),
  64: fc.uniqueArray(fc.string({ minLength: 1, maxLength: 6 }), { maxLength: 3 }),
  128: fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), fc.string({ maxLength: 6 }), {
    maxKeys: 3,
    noNullPrototype: true,
  }),
};

function answersOf(schema: Schema): fc.Arbitrary<Json> {
  if (typeof schema === "function") return answersOf(schema());
  if (typeof schema === "number") {
    const leaf = LEAVES[schema];
    if (leaf === undefined) throw new Error(`the SDK has a new kind of member: ${schema}`);
    return leaf;
  }
  // A type with traits, such as "sensitive".
  if (schema.length === 2) return answersOf(schema[0] as Schema);
  const [kind, , , , first, second] = schema;
  if (kind === STRUCTURE)
    return fc.record(membersOf(schema, answersOf), {
      requiredKeys: [],
      noNullPrototype: true,
    }) as fc.Arbitrary<JsonObject>;
  if (kind === LIST) return fc.array(answersOf(first as Schema), { maxLength: 3 });
  if (kind === MAP)
    return fc.dictionary(fc.string({ minLength: 1, maxLength: 6 }), answersOf(second as Schema), {
      maxKeys: 3,
      noNullPrototype: true,
    });
  return answersOf(first as Schema);
}

function membersOf<T>(schema: readonly unknown[], make: (member: Schema) => T): Record<string, T> {
  const [, , , , names, members] = schema as readonly [unknown, unknown, unknown, unknown, string[], Schema[]];
  return Object.fromEntries(names.map((name, index) => [name, make(members[index] as Schema)]));
}

/** Every member that this version of the SDK knows. */
export const memberNames = (schema: readonly unknown[]): string[] =>
  Object.keys(membersOf(schema, () => undefined)).sort();

/** What DescribeUserPool may return: any settings, any of them missing. */
export const aUserPool = answersOf(UserPoolType$).map((pool) => ({
  Id: "eu-central-1_Dest0001",
  ...(pool as JsonObject),
})) as fc.Arbitrary<JsonObject>;

/** What DescribeUserPoolClient may return, with its secret. */
export const anAppClient = answersOf(UserPoolClientType$).map((client) => ({
  ClientId: "4kq7example",
  ...(client as JsonObject),
})) as fc.Arbitrary<JsonObject>;
