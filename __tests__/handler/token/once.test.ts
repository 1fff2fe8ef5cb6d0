import { Once } from "../../../handler/token/once";

test("what was done is known, and nothing that only looks like it", () => {
  const once = new Once();
  once.add("group", "sub", "editors");
  expect(once.has("group", "sub", "editors")).toBe(true);
  for (const key of [["group", "sub"], ["group", "subeditors"], ["event", "sub", "editors"], []])
    expect(once.has(...key)).toBe(false);
});

test("of more than ten thousand the oldest is forgotten, and no other", () => {
  const once = new Once();
  for (let at = 0; at < 10_000; at += 1) once.add(String(at));
  expect(once.has("0")).toBe(true);
  once.add("one more");
  expect(["0", "1", "9999", "one more"].map((key) => once.has(key))).toEqual([false, true, true, true]);
});
