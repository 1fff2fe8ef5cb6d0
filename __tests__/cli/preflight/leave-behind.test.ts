import { toLeaveBehind } from "../../../cli/preflight/leave-behind";

const POOL = { SchemaAttributes: [{ Name: "nickname" }, { Name: "custom:x" }, { Name: "custom:y" }] };
const rules = (attributeExclude: readonly string[], pairs: readonly [string, string][] = []) => ({
  attributeExclude,
  attributeMap: new Map(pairs),
  migrationStamp: "off" as const,
  stampAttribute: "custom:migration",
});

test.each([
  ["one more is excluded, too", ["custom:x"], rules(["nickname"]), "set ATTRIBUTE_EXCLUDE=nickname,custom:x"],
  [
    "of names that stand there twice, each stays once",
    ["custom:x"],
    rules(["nickname", "nickname", "nickname"]),
    "set ATTRIBUTE_EXCLUDE=nickname,custom:x",
  ],
  [
    "a pair goes, and its attribute is excluded where it would have a place",
    ["custom:x"],
    rules([], [["custom:x", "custom:y"]]),
    "take ATTRIBUTE_MAP away and set ATTRIBUTE_EXCLUDE=custom:x",
  ],
  [
    "other pairs stay",
    ["custom:z"],
    rules(
      [],
      [
        ["custom:z", "custom:y"],
        ["custom:a", "custom:x"],
      ],
    ),
    "set ATTRIBUTE_MAP=custom:a=custom:x",
  ],
])("%s", (_, names, given, steps) => {
  expect(toLeaveBehind(names, given, POOL)).toBe(`leave it behind: ${steps}`);
});

test("nothing is to be done for what stays behind already, or has no place", () => {
  expect(toLeaveBehind(["nickname"], rules(["nickname", "nickname"]), POOL)).toBeUndefined();
  expect(toLeaveBehind(["custom:gone"], rules([]), POOL)).toBeUndefined();
});
