const { execFileSync } = require("node:child_process");
const { mkdirSync, mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");

/** Packs what would be published, and installs it in an empty project, where nothing may be fetched: build/packed and build/installed. */
module.exports = async () => {
  const root = join(__dirname, "../..");
  const { build } = await import("../../build.mjs");
  const { makePackage } = await import("../../dev/package/make-package.mjs");
  build(["main", "cli"]);
  makePackage(root);
  const [packed, installed] = [join(root, "build/packed"), join(root, "build/installed")];
  for (const folder of [packed, installed]) {
    mkdirSync(folder, { recursive: true });
    // As the last run has left it.
    execFileSync("chmod", ["-R", "u+w", folder]);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
  }
  const home = mkdtempSync(join(tmpdir(), "cognito-migration-npm-"));
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    npm_config_registry: "http://127.0.0.1:1",
    npm_config_update_notifier: "false",
  };
  const npm = (...parameters) => execFileSync("npm", parameters, { cwd: installed, env, encoding: "utf8" });
  const [{ filename }] = JSON.parse(npm("pack", join(root, "build/package"), "--pack-destination", packed, "--json"));
  writeFileSync(join(installed, "package.json"), "{}");
  npm("install", "--offline", "--no-audit", "--no-fund", join(packed, filename));
  // As an image or a store of packages has it.
  execFileSync("chmod", ["-R", "a-w", join(installed, "node_modules")]);
  rmSync(home, { recursive: true });
};
