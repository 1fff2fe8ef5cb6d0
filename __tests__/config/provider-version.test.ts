import { allowsFrom, neededVersions } from "../../config/provider-version";

test.each<[boolean, string]>([
  [true, "6.29.0"],
  [true, "= 6.29.1"],
  [true, "10.0.0"],
  [false, "6.28.9"],
  [false, "5.100.0"],
  [true, "<= 6.29.0"],
  [false, "<= 6.28"],
  [false, "< 6.29.0"],
  [true, "< 6.29.1"],
  [true, "< 7"],
  [true, ">= 5"],
  [true, "> 5.0.0"],
  [true, "!= 6.29.0"],
  [true, "~> 6.25"],
  [false, "~> 6.28.0"],
  [true, "~> 6.29.0"],
  // Of one number alone any may grow.
  [true, "~> 5"],
  [false, "~> 5.100"],
  [false, ">= 5, < 6"],
  [true, ">= 5, < 7, != 6.29.0"],
])("%s that 6.29.0 or later may come of %p", (expected, constraint) => {
  expect(allowsFrom("6.29.0", constraint)).toBe(expected);
});

test("each thing that the provider cannot deploy is told", () => {
  expect(neededVersions("5.100.0", { partition: "aws-eusc", runtime: "nodejs24.x" })).toEqual([
    expect.stringContaining("6.29.0"),
    expect.stringContaining("6.19.0"),
  ]);
  expect(neededVersions("6.25.0", { partition: "aws", runtime: "nodejs26.x" })).toEqual([]);
});
