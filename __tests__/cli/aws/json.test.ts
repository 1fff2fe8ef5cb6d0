import { isSame, sorted, valueAt, withValueAt } from "../../../cli/aws/json";

const pool = { LambdaConfig: { PreSignUp: "arn:a", UserMigration: "arn:b" }, Name: "customers" };
const PATH = ["LambdaConfig", "UserMigration"];

test("reads a value, and null where nothing is", () => {
  expect(valueAt(pool, PATH)).toBe("arn:b");
  expect(valueAt(pool, ["LambdaConfig", "PostConfirmation"])).toBeNull();
  expect(valueAt({}, PATH)).toBeNull();
  expect(valueAt({ LambdaConfig: "text" }, PATH)).toBeNull();
});

test("sets a value and nothing beside it", () => {
  expect(withValueAt(pool, PATH, "arn:c")).toEqual({
    ...pool,
    LambdaConfig: { PreSignUp: "arn:a", UserMigration: "arn:c" },
  });
  expect(withValueAt({ Name: "customers" }, PATH, "arn:c")).toEqual({
    Name: "customers",
    LambdaConfig: { UserMigration: "arn:c" },
  });
});

test("takes a value away and nothing beside it", () => {
  expect(withValueAt(pool, PATH, null)).toEqual({ ...pool, LambdaConfig: { PreSignUp: "arn:a" } });
  expect(withValueAt({ Name: "customers" }, PATH, null)).toEqual({ Name: "customers" });
});

test("order makes no difference, anything else does", () => {
  expect(isSame({ a: [{ x: 1 }, { y: 2 }], b: 1 }, { b: 1, a: [{ y: 2 }, { x: 1 }] })).toBe(true);
  expect(isSame({ a: ["x", "x"] }, { a: ["x"] })).toBe(false);
  expect(isSame("1", 1)).toBe(false);
  expect(sorted({ b: [3, 1], a: null })).toEqual({ a: null, b: [1, 3] });
});
