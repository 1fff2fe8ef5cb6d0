import { drawCurve } from "../../../cli/program/curve";

const rising = Array.from({ length: 91 }, (_, day) => day * 1000);

test("draws the curve over its days, up to the total, within the columns", () => {
  const lines = drawCurve(rising, 90_000, 80).split("\n");
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  expect(lines[1]).toMatch(/^ +90k┤/);
  expect(lines.at(-1)).toMatch(/^ +0 +30 +60 +90$/);
  expect(lines.join("\n")).toContain("┏");
});

test("a higher total presses the curve down", () => {
  const height = (text: string) => text.split("\n").findIndex((line) => line.includes("┏"));
  expect(height(drawCurve(rising, 360_000, 80))).toBeGreaterThan(height(drawCurve(rising, 90_000, 80)));
});

test("labels days by a step that suits them", () => {
  const last = (days: number) =>
    drawCurve(
      Array.from({ length: days + 1 }, (_, day) => day),
      days,
      80,
    )
      .split("\n")
      .at(-1)
      ?.trim();
  expect(last(3)).toMatch(/^0 +1 +2 +3$/);
  expect(last(28)).toMatch(/^0 +7 +14 +21 +28$/);
});

test.each([
  [[], 10],
  [[5], 10],
  [[0, 0], 0],
])("draws nothing of %j", (users, total) => {
  expect(drawCurve(users, total, 80)).toBe("");
});
