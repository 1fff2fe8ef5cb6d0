import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
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

/** As if this process were somebody else's. */
const REAL = Object.getOwnPropertyDescriptor(process, "geteuid") ?? {};
const asUser = (id: number): void => void Object.defineProperty(process, "geteuid", { ...REAL, value: () => id });
afterEach(() => void Object.defineProperty(process, "geteuid", REAL));

const PLANTED: readonly (readonly [string, () => void, RegExp])[] = [
  ["a file", () => writeFileSync(join(folder, ".cognito-migration"), ""), /found something else/],
  ["a folder that others may write to", () => mark(".", 0o777), /found one that others may write to \(mode 777\)/],
  ["a folder that the group may write to", () => mark(".", 0o770), /found one that others may write to \(mode 770\)/],
  ["a link", () => symlinkSync(join(folder, "below"), join(folder, ".cognito-migration")), /found a symbolic link/],
  ["a link to nothing", () => symlinkSync(join(folder, "x"), join(folder, ".cognito-migration")), /a symbolic link/],
];
const planted = (plant: () => void): void => {
  const before = process.umask(0);
  plant();
  process.umask(before);
};

test.each(PLANTED)("%s of that name above is told, not passed over", (_, plant, problem) => {
  planted(plant);
  const refused = (): string => workFolder(join(folder, "below/deeper"));
  expect(refused).toThrow(problem);
  expect(refused).toThrow(join(folder, ".cognito-migration"));
});

test.each(PLANTED)("%s of another user's says nothing", (_, plant) => {
  planted(plant);
  asUser((process.geteuid?.() ?? 0) + 1);
  expect(workFolder(join(folder, "below"))).toBe(join(folder, "below"));
});
