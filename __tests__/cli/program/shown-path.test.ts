import { join } from "node:path";
import { shownPath } from "../../../cli/program/shown-path";

test.each([
  ["/project/.cognito-migration/undo/a.json", ".cognito-migration/undo/a.json"],
  ["/project/..name", "..name"],
  ["/project", "."],
  ["/elsewhere/a.json", "/elsewhere/a.json"],
  ["/", "/"],
])("from /project on, %s is shown as %s", (path, shown) => {
  expect(shownPath(path, "/project")).toBe(shown);
});

test("begins where the operator stands", () => {
  expect(shownPath(join(process.cwd(), ".env"))).toBe(".env");
});
