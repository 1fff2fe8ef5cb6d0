import * as v from "valibot";
import { groupListOrNone, groupMapOrNone, isGroupName } from "../../rules/group-names";

test.each([
  ["editors", true],
  ["a b", false],
  ["éditeurs", true],
  ["管理者", true],
  ["€", true],
  ["", false],
  ["a\n", false],
  ["a\u0000", false],
  ["a".repeat(128), true],
  ["a".repeat(129), false],
  ["ä".repeat(128), true],
  ["ä".repeat(129), false],
  // AWS does not say what it counts: as many letters, and twice as many of UTF-16.
  ["😀".repeat(64), true],
  ["😀".repeat(65), false],
])("%j is a group's name: %s", (name, is) => {
  expect(isGroupName(name)).toBe(is);
});

const read = (schema: typeof groupListOrNone | typeof groupMapOrNone, text: string | undefined): unknown => {
  const { success, output } = v.safeParse(schema, text);
  return success ? (output instanceof Map ? Object.fromEntries(output) : output) : "refused";
};

test.each([
  [undefined, []],
  ["a", ["a"]],
  ["a, b", ["a", "b"]],
  ['["a,b","c"]', ["a,b", "c"]],
  ["*", ["*"]],
  ["", "refused"],
  ["[]", "refused"],
  ["[1]", "refused"],
  ["[", "refused"],
  ["a,a", "refused"],
  ["a,b c", "refused"],
])("GROUPS=%s is %j", (text, is) => {
  expect(read(groupListOrNone, text)).toEqual(is);
});

test.each([
  [undefined, {}],
  ["a=b", { a: "b" }],
  ["a=c, b=c", { a: "c", b: "c" }],
  ['{"a=b":"c"}', { "a=b": "c" }],
  ["", "refused"],
  ["{}", "refused"],
  ['{"a":1}', "refused"],
  ['{"a":"b","c":["d"]}', "refused"],
  ["{", "refused"],
  ["a", "refused"],
  ["a=b=c", "refused"],
  ["a=b,a=c", "refused"],
  ["*=b", "refused"],
  ["a=*", "refused"],
  ["a=b c", "refused"],
])("GROUPS_MAP=%s is %j", (text, is) => {
  expect(read(groupMapOrNone, text)).toEqual(is);
});
