import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hashes, ROOT } from "../support/program";

/** What the package is made of. */
const SOURCES = [
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

test("another folder, time zone and locale give the same tarball, to the byte", () => {
  const there = realpathSync(mkdtempSync(join(tmpdir(), "cognito-migration-another-")));
  const home = mkdtempSync(join(tmpdir(), "cognito-migration-npm-"));
  try {
    for (const name of SOURCES) cpSync(join(ROOT, name), join(there, name), { recursive: true });
    packagesIn(there);
    const env = {
      PATH: process.env["PATH"],
      HOME: home,
      TZ: "Asia/Tokyo",
      LANG: "de_DE.UTF-8",
      npm_config_registry: "http://127.0.0.1:1",
    };
    execFileSync(process.execPath, ["dev/package/main.mjs"], { cwd: there, env });
    expect(hashes(join(there, "build/package"))).toEqual(hashes(join(ROOT, "build/package")));
    execFileSync("npm", ["pack", "./build/package"], { cwd: there, env, stdio: "ignore" });
    const [tarball = ""] = readdirSync(join(ROOT, "build/packed"));
    expect(readFileSync(join(there, tarball)).equals(readFileSync(join(ROOT, "build/packed", tarball)))).toBe(true);
  } finally {
    rmSync(there, { recursive: true, force: true });
    rmSync(home, { recursive: true, force: true });
  }
}, 120_000);
