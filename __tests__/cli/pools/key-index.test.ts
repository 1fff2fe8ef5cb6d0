import fc from "fast-check";
import { KeyIndex } from "../../../cli/pools/key-index";

test("finds every key with the number that was put in last, and no other key", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ maxLength: 4 }), fc.nat(2 ** 32 - 1)), { maxLength: 60 }),
      fc.string({ maxLength: 4 }),
      (entries, other) => {
        const index = new KeyIndex();
        for (const [key, value] of entries) index.set(key, value);
        const expected = new Map(entries);
        expect(index.size).toBe(expected.size);
        for (const [key, value] of expected) expect(index.get(key)).toBe(value);
        expect(index.get(other)).toBe(expected.get(other));
      },
    ),
  );
});

test.each([0, 100, 30_000])("keeps 20,000 keys when %d were expected", (expected) => {
  const index = new KeyIndex(expected);
  for (let user = 0; user < 20_000; user += 1) index.set(`user-${user}`, user);
  expect(index.size).toBe(20_000);
  const wrong = Array.from({ length: 20_000 }, (_, user) => user).filter((user) => index.get(`user-${user}`) !== user);
  expect(wrong).toEqual([]);
  const strangers = Array.from({ length: 20_000 }, (_, user) => index.get(`stranger-${user}`));
  expect(strangers.filter((found) => found !== undefined)).toEqual([]);
});

test("tells a key from one with the same beginning, and knows the empty one", () => {
  const index = new KeyIndex();
  index.set("", 7);
  index.set("a", 0);
  expect([index.get(""), index.get("a"), index.get("aa")]).toEqual([7, 0, undefined]);
});
