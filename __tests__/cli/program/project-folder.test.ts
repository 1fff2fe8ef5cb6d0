import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { workFolder } from "../../../cli/program/project-folder";

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "cognito-migration-folder-")));
  mkdirSync(join(folder, "below/deeper"), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

const mark = (name: string, mode = 0o700): void => void mkdirSync(join(folder, name, ".cognito-migration"), { mode });

test.each([".", "below/deeper"])("without a checkout any folder may be the migration's: %s", (name) => {
  expect(workFolder(join(folder, name))).toBe(join(folder, name));
});

test("the folder that was one stays it, also below another", () => {
  mark(".");
  mark("below");
  for (const name of [".", "below"]) expect(workFolder(join(folder, name))).toBe(join(folder, name));
});

test("below it, nothing is begun anew by mistake", () => {
  mark(".");
  expect(() => workFolder(join(folder, "below/deeper"))).toThrow(
    /is above this one: .* Go there first: cd \.\.\/\.\.\. To begin/,
  );
});

test.each([
  ["a file", () => writeFileSync(join(folder, ".cognito-migration"), "")],
  [
    "a folder that others may write to",
    () => mkdirSync(join(folder, ".cognito-migration"), { mode: 0o777, recursive: false }),
  ],
])("%s of that name above says nothing", (_, plant) => {
  const before = process.umask(0);
  plant();
  process.umask(before);
  expect(workFolder(join(folder, "below"))).toBe(join(folder, "below"));
});
