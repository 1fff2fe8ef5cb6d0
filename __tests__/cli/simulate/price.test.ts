import { costOf, parsePrice } from "../../../cli/simulate/price";

test.each([
  ["0.02", 1000, 20],
  ["10000=0,0.01", 10_000, 0],
  ["10000=0,0.01", 10_001, 0.01],
  ["10000=0, 90000=0.005, 0.004", 200_000, 90_000 * 0.005 + 100_000 * 0.004],
])("%s for %d users", (text, users, expected) => {
  const price = parsePrice(text);
  expect(price && costOf(users, price)).toBeCloseTo(expected, 6);
});

test.each(["", "free", "-1", "0.01,10000=0", "10000=0", "=0,1", "1e3"])("refuses %j", (text) => {
  expect(parsePrice(text)).toBeUndefined();
});
