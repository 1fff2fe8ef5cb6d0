import { wrap } from "../../cli/wrap";

test("long lines break at spaces, and long words stay whole", () => {
  expect(wrap("one two arn:aws:very-long three", 8)).toEqual(["one two", "arn:aws:very-long", "three"]);
});
