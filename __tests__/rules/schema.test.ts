import * as v from "valibot";
import { type AttributeDefinition, fits, schemaText } from "../../rules/schema";

const parse = (text: string) => v.safeParse(schemaText, text);

const definition = (over: Partial<AttributeDefinition>): AttributeDefinition => ({
  type: "String",
  min: undefined,
  max: undefined,
  required: false,
  ...over,
});

test("reads names by their definition", () => {
  const text = '{"String 0 2048":["name","custom:a,b"],"Number 0 -":["updated_at"],"String 5 64 required":["email"]}';
  expect(parse(text).output).toEqual(
    new Map([
      ["name", definition({ min: 0, max: 2048 })],
      ["custom:a,b", definition({ min: 0, max: 2048 })],
      ["updated_at", definition({ type: "Number", min: 0 })],
      ["email", definition({ min: 5, max: 64, required: true })],
    ]),
  );
});

test.each([
  "",
  "{}",
  "[]",
  "email,name",
  '{"String":["email"]}',
  '{"String 0 2048":[""]}',
  '{"String 0 2048":"email"}',
  '{"Text 0 1":["a"]}',
])("refuses %j", (text) => expect(parse(text).success).toBe(false));

test.each<[boolean, string, Partial<AttributeDefinition>]>([
  [true, "", { min: 0, max: 3 }],
  [false, "", { min: 1 }],
  [true, "abc", { max: 3 }],
  [false, "abcd", { max: 3 }],
  [true, "abcd", {}],
  // One character, two UTF-16 units.
  [false, "\u{1F600}", { max: 1 }],
  [false, "\u{1F600}", { min: 2 }],
  [true, "\u{1F600}\u{1F600}", { min: 2, max: 4 }],
  [true, "7", { type: "Number", min: 7, max: 7 }],
  [false, "8", { type: "Number", max: 7 }],
  [false, "6", { type: "Number", min: 7 }],
  [true, "-6", { type: "Number", min: -6 }],
  [false, "9".repeat(400), { type: "Number", min: 0 }],
  [true, "1970", { type: "Number" }],
  [false, "1.5", { type: "Number" }],
  [false, "", { type: "Number" }],
  [false, "seven", { type: "Number" }],
  [true, "True", { type: "Boolean" }],
  [true, "false", { type: "Boolean" }],
  [false, "1", { type: "Boolean" }],
  [false, "truest", { type: "Boolean" }],
  [false, "untrue", { type: "Boolean" }],
  [true, "whenever", { type: "DateTime" }],
])("%s that %j fits %j", (expected, value, over) => expect(fits(value, definition(over))).toBe(expected));
