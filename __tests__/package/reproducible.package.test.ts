import { execFileSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { hashes, ROOT, run } from "../support/program";

/** What the package is made of. */
const SOURCES = [
  ".ci",
  "bin",
  "build.mjs",
  "cli",
  "config",
  "constructs",
  "dev",
  "docs",
  "handler",
  "library",
  "modules",
  "rules",
  "CHANGELOG.md",
  "LICENSE",
  ".env.example",
  "package.json",
  "tsconfig.json",
];

/** Of others only the types are read, or they run. */
const LINKED = ["cdktf", "constructs", "typescript", "esbuild", "@types", "@cdktf"];

/** The packages that go into it are copied: esbuild names what it reads by where it really lies. */
function packagesIn(there: string): void {
  const { components } = JSON.parse(readFileSync(join(ROOT, "build/package/dist/sbom.cdx.json"), "utf8"));
  const names = new Set<string>(["fflate", ...components.map(({ name }: { name: string }) => name.split("/")[0])]);
  mkdirSync(join(there, "node_modules"));
  for (const name of LINKED) symlinkSync(join(ROOT, "node_modules", name), join(there, "node_modules", name));
  for (const name of readdirSync(join(ROOT, "node_modules")).filter((one) => names.has(one)))
    cpSync(join(ROOT, "node_modules", name), join(there, "node_modules", name), { recursive: true });
}

let there: string;
let env: Record<string, string | undefined>;
beforeAll(() => {
  there = realpathSync(mkdtempSync(join(tmpdir(), "cognito-migration-another-")));
  const home = join(there, "home");
  for (const name of SOURCES) cpSync(join(ROOT, name), join(there, name), { recursive: true });
  packagesIn(there);
  const elsewhere = { TZ: "Asia/Tokyo", LANG: "de_DE.UTF-8", npm_config_registry: "http://127.0.0.1:1" };
  env = { PATH: process.env["PATH"], HOME: home, ...elsewhere };
});
afterAll(() => rmSync(there, { recursive: true, force: true }));

test("another folder, time zone and locale give the same tarball, to the byte", () => {
  execFileSync(process.execPath, ["dev/package/main.mjs"], { cwd: there, env });
  expect(hashes(join(there, "build/package"))).toEqual(hashes(join(ROOT, "build/package")));
  execFileSync("npm", ["pack", "./build/package"], { cwd: there, env, stdio: "ignore" });
  const [tarball = ""] = readdirSync(join(ROOT, "build/packed"));
  expect(readFileSync(join(there, tarball)).equals(readFileSync(join(ROOT, "build/packed", tarball)))).toBe(true);
});

describe("a release", () => {
  const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
  const release = (TAG: string) =>
    run(there, ["bash", ".ci/release"], {
      ...env,
      TAG,
      NPM_SCOPE: "@acme",
      REPOSITORY: "https://github.com/acme/cognito-migration",
    } as Record<string, string>);

  test.each([
    ["", "TAG: found nothing, expected v"],
    ["v99.0.0", "TAG: found v99.0.0, expected v"],
    [`v${version}`, `CHANGELOG.md: found no section [${version}], expected what has changed.`],
  ])("of the tag %j, which is not one, is refused", (tag, message) => {
    expect(release(tag)).toEqual({ status: 1, stdout: "", stderr: expect.stringContaining(message) });
    expect(existsSync(join(there, "build/release"))).toBe(false);
  });

  test("has the package, the zip, the modules, the SBOM, and what has changed", () => {
    appendFileSync(join(there, "CHANGELOG.md"), `\n## [${version}] - 2026-11-29\n\n- Everything.\n`);
    expect(release(`v${version}`)).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(join(there, "build/release")).sort()).toEqual([
      `acme-cognito-migration-${version}.tgz`,
      "handler.zip",
      "handler.zip.sha256",
      "modules.zip",
      "sbom.cdx.json",
      "token.zip",
      "token.zip.sha256",
    ]);
    expect(readFileSync(join(there, "build/release-notes.md"), "utf8").trim()).toBe("- Everything.");
    const modules = Object.keys(unzipSync(readFileSync(join(there, "build/release/modules.zip"))));
    expect(modules).toEqual(
      expect.arrayContaining(["modules/source/main.tf", "modules/destination/dashboard.json.tftpl"]),
    );
    expect(modules.filter((name) => /tests|\.terraform/.test(name))).toEqual([]);
    const manifest = JSON.parse(readFileSync(join(there, "build/package/package.json"), "utf8"));
    expect(manifest).toMatchObject({
      name: "@acme/cognito-migration",
      bin: { "cognito-migration": "dist/cli.mjs" },
      repository: { type: "git", url: "git+https://github.com/acme/cognito-migration.git" },
      bugs: "https://github.com/acme/cognito-migration/issues",
    });
    const readme = readFileSync(join(there, "build/package/README.md"), "utf8");
    expect(readme).toContain("cp node_modules/@acme/cognito-migration/.env.example .env");
    expect(readme).not.toMatch(/node_modules\/cognito-migration|[`"]cognito-migration\/constructs/);
    const links = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link);
    expect(links.length).toBeGreaterThan(3);
    for (const link of links)
      expect(link).toMatch(/^https:\/\/github\.com\/acme\/cognito-migration\/blob\/v[\d.]+\/[\w./#-]+$/);
  });

  test.each([
    ["--scope", "acme"],
    ["--scope", "@Acme"],
    ["--repository", "acme/cognito-migration"],
    ["--what", "x"],
  ])("%s %s is refused", (option, value) => {
    const { status, stderr } = run(there, [process.execPath, "dev/package/main.mjs", option, value], {});
    expect([status, stderr]).toEqual([1, expect.stringContaining("npm run package -- [--scope @acme]")]);
  });
});
