import { array, number, object } from "valibot";
import { parseJson } from "../../config/json-text";

const schema = object({ count: number() });

test("what has the expected form comes back", () => {
  expect(parseJson(schema, '{"count": 7, "more": true}')).toEqual({ value: { count: 7 } });
});

test("a list is no object, although nothing of it is asked for", () => {
  expect(parseJson(object({}), "[]")).toEqual({ found: "JSON of another form" });
  expect(parseJson(array(number()), "[1]")).toEqual({ value: [1] });
});

test.each([
  ["", "nothing"],
  [" \n", "nothing"],
  ["<!DOCTYPE html><html>canary</html>", "an HTML page"],
  ["\n<HTML lang=en>canary", "an HTML page"],
  ["<?xml version='1.0'?><canary/>", "text that is no JSON"],
  ['{"count": 7', "text that is no JSON"],
  ["\u0000\u0000", "text that is no JSON"],
  ['{"count": "canary"}', "JSON of another form"],
  ["[]", "JSON of another form"],
  ["null", "JSON of another form"],
  ['"canary"', "JSON of another form"],
])("of %j it is said what was found, and nothing that it says", (text, found) => {
  expect(parseJson(schema, text)).toEqual({ found });
});
