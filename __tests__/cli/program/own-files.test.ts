import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OwnFolder, problemAt, readFound, readSecretsAt, refuseStrangers } from "../../../cli/program/own-files";

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "cognito-migration-own-"));
});
afterEach(() => {
  Object.defineProperty(process, "geteuid", REAL);
  rmSync(root, { recursive: true, force: true });
});

const at = (...names: string[]): string => join(root, ...names);
const write = (name: string, mode: number): string => {
  writeFileSync(at(name), "text");
  chmodSync(at(name), mode);
  return at(name);
};
/** As if this process were somebody else's, or of a system without users. */
const asUser = (id: number | undefined): void => {
  Object.defineProperty(process, "geteuid", { ...REAL, value: id === undefined ? undefined : () => id });
};
const REAL = Object.getOwnPropertyDescriptor(process, "geteuid") ?? {};
const me = process.geteuid?.() ?? 0;

describe("a file or folder is the operator's own", () => {
  test.each([0o600, 0o644, 0o444])("when nobody else may write to it: mode %o", (mode) => {
    expect(problemAt(write("a", mode), "file")).toBeUndefined();
  });

  test("when it is not there, nor the folder that it would be in", () => {
    expect(problemAt(at("nothing"), "file")).toBeUndefined();
    expect(problemAt(at("nothing/below"), "folder")).toBeUndefined();
  });
});

describe("a file or folder is not", () => {
  test.each([0o620, 0o602, 0o666])("when others may write to it: mode %o", (mode) => {
    expect(problemAt(write("a", mode), "file")).toBe(
      `found one that others may write to (mode ${mode.toString(8)}), expected a file of your own. Somebody else may have written ` +
        "what it says: look at it, then take that right away (chmod go-w).",
    );
  });

  test("when it is another user's, whatever its mode", () => {
    const file = write("a", 0o600);
    asUser(me + 1);
    expect(problemAt(file, "file")).toMatch(
      new RegExp(`^found one of user ${me} \\(you are ${me + 1}\\), expected a file of your own\\. .*chown`),
    );
  });

  test("when it is a symbolic link, also to something of the operator's own, or to nothing", () => {
    mkdirSync(at("folder"), { mode: 0o700 });
    symlinkSync(at("folder"), at("link"));
    symlinkSync(at("nothing"), at("dangling"));
    for (const name of ["link", "dangling"])
      for (const kind of ["file", "folder"] as const)
        expect(problemAt(at(name), kind)).toMatch(/^found a symbolic link, expected .* mount it there\.$/);
  });

  test("when it is the other of the two", () => {
    expect(problemAt(write("a", 0o600), "folder")).toMatch(/^found something else, expected a folder of your own/);
    expect(problemAt(root, "file")).toMatch(/^found something else, expected a file of your own/);
  });
});

test("where a system has no users, a link is told all the same, and nothing else", () => {
  const file = write("a", 0o666);
  symlinkSync(file, at("link"));
  asUser(undefined);
  expect(problemAt(file, "file")).toBeUndefined();
  expect(problemAt(at("link"), "file")).toMatch(/^found a symbolic link/);
  expect(readSecretsAt(file)).toBeInstanceOf(Buffer);
  expect(readSecretsAt(at("link"))).toMatch(/^found a symbolic link/);
});

describe("a file that was found, and that nobody has named", () => {
  const LINK = "link";

  test.each([0o600, 0o644, 0o444])("is read where nobody else may write to it: mode %o", (mode) => {
    expect(String(readFound(write("a", mode)))).toBe("text");
    symlinkSync(at("a"), at(LINK));
    expect(String(readFound(at(LINK)))).toBe("text");
  });

  test.each([0o620, 0o602, 0o666])("is not believed where others may: mode %o", (mode) => {
    const file = write("a", mode);
    symlinkSync(file, at(LINK));
    for (const path of [file, at(LINK)])
      expect(() => readFound(path)).toThrow(`${path}: found one that others may write to (mode ${mode.toString(8)})`);
  });

  test("is not believed where another user has it; root may", () => {
    const file = write("a", 0o600);
    const { uid } = statSync(file);
    asUser(uid + 1);
    if (uid === 0) expect(String(readFound(file))).toBe("text");
    else expect(() => readFound(file)).toThrow(`found one of user ${uid} (you are ${uid + 1})`);
    if (uid === 0) chownSync(file, 12345, 12345);
    expect(() => readFound(file)).toThrow(/a: found one of user \d+ \(you are \d+\), expected a file of your own/);
  });

  test("that is not there is what the system says of it", () => {
    expect(() => readFound(at("nothing"))).toThrow("ENOENT");
    expect(() => readFound(root)).toThrow("EISDIR");
  });
});

test("all strangers are named at once", () => {
  symlinkSync(root, at("link"));
  const writable = write("a", 0o666);
  const refused = (): void => refuseStrangers([at("link"), write("b", 0o600), writable], "file");
  expect(refused).toThrow(`${at("link")}: found a symbolic link`);
  expect(refused).toThrow(`\n${writable}: found one that others may write to`);
  expect(refused).not.toThrow(at("b"));
});

describe("a folder of this program", () => {
  const folder = (): OwnFolder => new OwnFolder(at("work"), "import", "pool");

  test("is made with all above it, for the operator alone", () => {
    folder().make();
    folder().make();
    expect(() => folder().check()).not.toThrow();
    for (const path of ["work", "work/import", "work/import/pool"])
      expect([path, statSync(at(path)).mode & 0o777]).toEqual([path, 0o700]);
  });

  test("is kept out of git, whatever the folder around it says", () => {
    folder().make();
    expect(readFileSync(at("work/.gitignore"), "utf8")).toBe("*\n");
    expect(existsSync(at("work/import/.gitignore"))).toBe(false);
  });

  test("that somebody has made by the name that it is told is kept out, too", () => {
    mkdirSync(at(".cognito-migration"), { mode: 0o700 });
    new OwnFolder(at(".cognito-migration"), "undo").make();
    expect(readFileSync(at(".cognito-migration/.gitignore"), "utf8")).toBe("*\n");
  });

  test("has no say over what else is in a folder that was there", () => {
    mkdirSync(at("work"), { mode: 0o700 });
    folder().make();
    expect(existsSync(at("work/.gitignore"))).toBe(false);
  });

  test.each(["a file", "a link to nothing"])("leaves a .gitignore that is there: %s", (kind) => {
    mkdirSync(at(".cognito-migration"), { mode: 0o700 });
    const there = at(".cognito-migration/.gitignore");
    if (kind === "a file") writeFileSync(there, "mine");
    else symlinkSync(at("elsewhere"), there);
    new OwnFolder(at(".cognito-migration"), "undo").make();
    expect(existsSync(at("elsewhere"))).toBe(false);
    if (kind === "a file") expect(readFileSync(there, "utf8")).toBe("mine");
  });

  test("is not checked for what is not there", () => {
    expect(() => folder().check()).not.toThrow();
    expect(existsSync(at("work"))).toBe(false);
  });

  test.each(["work", "work/import", "work/import/pool"])(
    "is in other hands where %s is, and nothing is made",
    (path) => {
      folder().make();
      rmSync(at(path), { recursive: true });
      mkdirSync(at("elsewhere"), { mode: 0o700 });
      symlinkSync(at("elsewhere"), at(path));
      for (const use of [() => folder().make(), () => folder().check()])
        expect(use).toThrow(`${at(path)}: found a symbolic link, expected a folder of your own.`);
      expect(existsSync(at("elsewhere/import"))).toBe(false);
      expect(existsSync(at("elsewhere/pool"))).toBe(false);
    },
  );
});
