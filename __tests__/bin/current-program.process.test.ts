import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  appendFileSync,
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { copySources, ROOT, type Run, run } from "../support/program";

const SIMULATE = ["simulate", "--users", "1000", "--sign-ins", "monthly=100", "--json"];

/** What the program is made of, as esbuild says it. */
const SOURCES = Object.keys(
  buildSync({
    absWorkingDir: ROOT,
    entryPoints: ["cli/main.ts"],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outdir: "build",
    write: false,
    metafile: true,
  }).metafile.inputs,
);

let project: string;
beforeEach(() => {
  project = mkdtempSync(join(tmpdir(), "cognito-migration-bin-"));
  copySources(project);
  symlinkSync(join(ROOT, "node_modules"), join(project, "node_modules"));
});
afterEach(() => rmSync(project, { recursive: true, force: true }));

const FOLDER = "build/program";
const BIN = "bin/cognito-migration.mjs";
const start = (...parameters: string[]): Run => run(project, [process.execPath, BIN, ...parameters], {});

/** As `tar` and `rsync -a` unpack it: older than everything that is there. */
function unpack(name: string, change: (text: string) => string): void {
  const file = join(project, name);
  const before = readFileSync(file, "utf8");
  const text = change(before);
  expect(text).not.toBe(before);
  writeFileSync(file, text);
  utimesSync(file, new Date(0), new Date(0));
}

/** Every file in build/program/, by name: what tells one from another of the same name. */
const built = (): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(project, FOLDER)).map((name) => {
      const { ino, mtimeMs } = statSync(join(project, FOLDER, name));
      return [name, `${ino} ${mtimeMs}`];
    }),
  );

test("builds the program once, and not again while nothing changes", () => {
  expect(start(...SIMULATE)).toMatchObject({ status: 0, stderr: "" });
  const first = built();
  expect(Object.keys(first)).toHaveLength(1);
  expect(start(...SIMULATE)).toMatchObject({ status: 0, stderr: "" });
  expect(built()).toEqual(first);
});

test("runs the sources that are there, however old they say that they are, and keeps one program", () => {
  expect(start("--help").stdout).toContain("Exit codes: 0 done");
  unpack("cli/program.ts", (text) => text.replace("Exit codes: 0 done", "Exit codes: 0 mended"));
  expect(start("--help").stdout).toContain("Exit codes: 0 mended");
  unpack("cli/program.ts", (text) => text.replace("Exit codes: 0 mended", "Exit codes: 0 done"));
  expect(start("--help").stdout).toContain("Exit codes: 0 done");
  expect(Object.keys(built())).toHaveLength(1);
});

test.each([
  ...new Set(SOURCES.map((name) => name.split("/")[0] ?? "")),
  "bin",
  "build.mjs",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
])("a change in %s makes another program", (where) => {
  expect(start(...SIMULATE).status).toBe(0);
  const before = built();
  const name = SOURCES.find((source) => source.startsWith(`${where}/`)) ?? (where === "bin" ? BIN : where);
  unpack(name, (text) => `${text}\n`);
  expect(start(...SIMULATE)).toMatchObject({ status: 0, stderr: "" });
  expect(built()).not.toEqual(before);
});

test("a source that is gone is not run from an earlier program", () => {
  expect(start(...SIMULATE).status).toBe(0);
  unlinkSync(join(project, "cli/program/progress.ts"));
  const { status, stdout, stderr } = start(...SIMULATE);
  expect([status === 0, stdout]).toEqual([false, ""]);
  expect(stderr).toMatch(/Could not resolve "\.\.\/program\/progress"/);
});

test.each([
  ["cli/program/pace.ts", "../../more/more"],
  ["rules/names.ts", "../more/more"],
])("a source in a folder that nobody watches is built into no program: %s has one", (name, more) => {
  mkdirSync(join(project, "more"));
  writeFileSync(join(project, "more/more.ts"), "export const MORE = 1;\n");
  unpack(name, (text) => `export { MORE } from "${more}";\n${text}`);
  const { status, stdout, stderr } = start(...SIMULATE);
  expect([status === 0, stdout]).toEqual([false, ""]);
  expect(stderr).toContain("more/more.ts: add the folder to INPUTS in bin/current-program.mjs");
});

test("starts at the same time run a whole program each", async () => {
  const ends = Array.from({ length: 8 }, async () => {
    const child = spawn(process.execPath, [BIN, ...SIMULATE], { cwd: project, stdio: ["ignore", "ignore", "pipe"] });
    let stderr = "";
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    const [status] = await once(child, "close");
    return [status, stderr];
  });
  for (const end of await Promise.all(ends)) expect(end).toEqual([0, ""]);
  expect(Object.keys(built())).toHaveLength(1);
});

test("half a program that an earlier start could not write to its end is not run", () => {
  const full = run(project, ["sh", "-c", `ulimit -f 64 && exec "$@"`, "sh", process.execPath, BIN, ...SIMULATE], {});
  expect([full.status === 0, full.stdout]).toEqual([false, ""]);
  const whole = Math.max(...Object.keys(built()).map((name) => statSync(join(project, FOLDER, name)).size), 0);
  expect(whole).toBeLessThanOrEqual(65_536);
  expect(start(...SIMULATE)).toMatchObject({ status: 0, stderr: "" });
});

describe("a built program", () => {
  const PLANTED = 'console.log("planted");';
  const mode = (name: string): number => lstatSync(join(project, name)).mode & 0o777;
  const program = (): string => `${FOLDER}/${readdirSync(join(project, FOLDER)).find((name) => name.endsWith(".js"))}`;
  const aside = (name: string): string => {
    const elsewhere = mkdtempSync(join(project, "elsewhere-"));
    renameSync(join(project, name), join(elsewhere, "there"));
    return join(elsewhere, "there");
  };
  beforeEach(() => expect(start(...SIMULATE)).toMatchObject({ status: 0, stderr: "" }));

  test("is for its user alone, whatever the umask", () => {
    rmSync(join(project, "build"), { recursive: true });
    const loose = run(project, ["sh", "-c", 'umask 000 && exec "$@"', "sh", process.execPath, BIN, ...SIMULATE], {});
    expect(loose).toMatchObject({ status: 0, stderr: "" });
    expect([mode(FOLDER), mode(program())]).toEqual([0o700, 0o600]);
  });

  describe.each([
    ["that others may write to", (name: string) => chmodSync(join(project, name), 0o664)],
    ["that is a link", (name: string) => symlinkSync(aside(name), join(project, name))],
    ["that is gone", (name: string) => unlinkSync(join(project, name))],
  ])("%s", (_, plant) => {
    test("is not run, but built anew", () => {
      writeFileSync(join(project, program()), PLANTED);
      plant(program());
      const { status, stdout } = start(...SIMULATE);
      expect([status, stdout]).toEqual([0, expect.not.stringContaining("planted")]);
      expect([lstatSync(join(project, program())).isFile(), mode(program())]).toEqual([true, 0o600]);
    });
  });

  test.each([
    ["build/program", "a symbolic link", () => symlinkSync(aside(FOLDER), join(project, FOLDER))],
    ["build", "a symbolic link", () => symlinkSync(aside("build"), join(project, "build"))],
    ["build/program", "one that others may write to (mode 775)", () => chmodSync(join(project, FOLDER), 0o775)],
    [
      "build/program",
      "something else",
      () => {
        aside(FOLDER);
        writeFileSync(join(project, FOLDER), "text");
      },
    ],
  ])("is not run where %s is %s", (name, found, plant) => {
    writeFileSync(join(project, program()), PLANTED);
    plant();
    expect(start(...SIMULATE)).toEqual({
      status: 2,
      stdout: "",
      stderr:
        `${name}: found ${found}, expected a folder of your own that nobody else may write to. ` +
        `The program is built and run there: remove ${name}, and run the same command again.\n`,
    });
  });
});

describe("packages", () => {
  const lockedAt = (version: string) => (text: string) => {
    const lock = JSON.parse(text);
    lock.packages["node_modules/yargs"].version = version;
    return JSON.stringify(lock);
  };

  test("that are not those of package-lock.json end it with 2, and npm ci is named", () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, "node_modules/yargs/package.json"), "utf8"));
    unpack("package-lock.json", lockedAt("99.0.0"));
    expect(start(...SIMULATE)).toEqual({
      status: 2,
      stdout: "",
      stderr: `node_modules/yargs: found ${version}, expected 99.0.0, as in package-lock.json. Run npm ci first.\n`,
    });
  });

  test("of another system, and those for development, may be missing", () => {
    unpack("package-lock.json", (text) => {
      const lock = JSON.parse(text);
      lock.packages["node_modules/for-another-system"] = { version: "1.0.0", optional: true };
      lock.packages["node_modules/for-development"] = { version: "1.0.0", dev: true };
      return JSON.stringify(lock);
    });
    expect(start(...SIMULATE)).toMatchObject({ status: 0, stderr: "" });
  });

  test.each([
    ["nothing is installed", () => unlinkSync(join(project, "node_modules"))],
    [
      "a package is missing",
      () => unpack("package-lock.json", (text) => text.replace('"node_modules/yargs"', '"node_modules/more"')),
    ],
  ])("%s: npm ci is named", (_, change) => {
    change();
    expect(start(...SIMULATE)).toMatchObject({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/Run npm ci first\.\n$/),
    });
  });

  test.each(["package.json", "package-lock.json"])("a %s that is damaged is said", (name) => {
    appendFileSync(join(project, name), "<<<<<<< HEAD");
    const { status, stderr } = start(...SIMULATE);
    expect([status, stderr]).toEqual([
      2,
      expect.stringMatching(new RegExp(`^${name}: found no .* Get it again\\.\n$`)),
    ]);
  });
});
