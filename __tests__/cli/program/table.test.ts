import { table } from "../../../cli/program/table";

test("aligns columns, numbers to the right with commas, and draws no line", () => {
  expect(
    table(
      ["Name", "Users", "Why"],
      [
        ["a", 1_234_567, "short"],
        ["longer", 8, ""],
      ],
    ),
  ).toBe(["Name        Users  Why", "a       1,234,567  short", "longer          8"].join("\n"));
});

test("a column with one text in it is aligned as text", () => {
  expect(table(["n"], [[10], ["none"]])).toBe(["n", "10", "none"].join("\n"));
});

test("without rows the header stands alone", () => {
  expect(table(["Name", "Users"], [])).toBe("Name  Users");
});

test("no line ends with blanks, which would spoil a diff", () => {
  expect(table(["a", "b"], [["long cell", ""]])).not.toMatch(/ $/m);
});
