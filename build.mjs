// @ts-check
import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, realpathSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { buildSync, formatMessagesSync, stop } from "esbuild";
import { zipSync } from "fflate";

/** @typedef {Readonly<Record<string, Uint8Array>>} Files By file name in the zip. */
/** @typedef {{ readonly code: Uint8Array, readonly metafile: import("esbuild").Metafile }} Bundle The metafile names every file that went in. */

/**
 * Every program, with the programs that it starts. `npm run demo -- full` is `demo-full`.
 *
 * @type {Readonly<Record<string, { readonly entry: string, readonly starts?: readonly string[] }>>}
 */
export const PROGRAMS = {
  main: { entry: "main.ts" },
  cli: { entry: "cli/main.ts" },
  sandbox: { entry: "sandbox/demo/sandbox.ts", starts: ["main"] },
  demo: { entry: "sandbox/demo/demo.ts", starts: ["main"] },
  "demo-full": { entry: "sandbox/demo/full-demo.ts", starts: ["main", "cli"] },
  bench: { entry: "dev/bench/main.ts" },
  "bench-import": { entry: "dev/bench/import/main.ts", starts: ["cli"] },
  "bench-users": { entry: "dev/bench/users/main.ts", starts: ["cli"] },
  "bench-idmap": { entry: "dev/bench/idmap/main.ts", starts: ["cli"] },
  docs: { entry: "dev/docs/write-docs.ts" },
  "docs-status": { entry: "dev/docs/write-status-picture.ts" },
};
const HANDLER_ZIP = "dist/handler.zip";
const TOKEN_ZIP = "dist/token.zip";

/**
 * Builds programs into build/, and with them the zips of both functions, which the programs take as they are: none is older than the other.
 *
 * @param {readonly string[]} [names] Every program unless given.
 * @param {{ readonly root?: string }} [options] `root` is the project's, absolute.
 */
export function build(names = Object.keys(PROGRAMS), { root = import.meta.dirname } = {}) {
  const all = new Set(names.flatMap((name) => [...(programNamed(name).starts ?? []), name]));
  const [handler, token] = [zipFunction(bundleHandler(root).files), zipFunction(bundleToken(root).files)];
  writeWhole(join(root, HANDLER_ZIP), handler);
  writeWhole(join(root, TOKEN_ZIP), token);
  const known = {
    HANDLER_ZIP: `../${HANDLER_ZIP}`,
    CODE_SHA256: sha256Of(handler),
    TOKEN_ZIP: `../${TOKEN_ZIP}`,
    TOKEN_CODE_SHA256: sha256Of(token),
  };
  for (const name of all) writeWhole(join(root, `build/${name}.js`), bundleProgram(root, name, known).code);
}

/**
 * What Lambda tells as CodeSha256 of a function with the zip that the sources make.
 *
 * @param {string} root
 */
export const codeSha256 = (root) => sha256Of(zipFunction(bundleHandler(root).files));

/**
 * The same of the token function.
 *
 * @param {string} root
 */
export const tokenCodeSha256 = (root) => sha256Of(zipFunction(bundleToken(root).files));

/** @param {Uint8Array} bytes */
export const sha256Of = (bytes) => createHash("sha256").update(bytes).digest("base64");

/** @param {string} name */
function programNamed(name) {
  const program = PROGRAMS[name];
  if (program === undefined)
    throw new Error(`found no program ${name}, expected one of ${Object.keys(PROGRAMS).join(", ")}`);
  return program;
}

/** What a program is told of both zips: the path from the program's own folder on, and the hash. */
const KNOWN = /** @type {const} */ (["HANDLER_ZIP", "CODE_SHA256", "TOKEN_ZIP", "TOKEN_CODE_SHA256"]);

/**
 * @param {string} root
 * @param {string} name
 * @param {{ readonly [Name in typeof KNOWN[number]]?: string }} known
 * @returns {Bundle}
 */
export function bundleProgram(root, name, known) {
  return bundle(root, programNamed(name).entry, {
    tsconfig: "tsconfig.json",
    target: "node20",
    packages: "external",
    outfile: `${name}.js`,
    define: Object.fromEntries(KNOWN.map((one) => [one, JSON.stringify(known[one]) ?? "undefined"])),
  });
}

/**
 * Bundles the handler with the AWS SDK: Lambda's own copy of the SDK has no stated version and loads more slowly than a
 * bundled one (https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html). One file for handler/entry/index.ts, which opens
 * connections, and one for each file of handler/triggers/, which it loads while packets are under way.
 *
 * @param {string} root The project's, absolute.
 * @returns {{ readonly files: Files, readonly metafiles: readonly import("esbuild").Metafile[] }}
 */
export function bundleHandler(root) {
  const entry = bundleFunction(root, "handler/entry/index.ts", { outfile: "index.mjs", format: "esm" });
  const triggers = readdirSync(join(root, "handler/triggers")).filter((name) => name.endsWith(".ts"));
  /** @type {[string, Bundle][]} */
  const bundles = triggers.map((name) => {
    const outfile = `${basename(name, ".ts")}.cjs`;
    return [outfile, bundleFunction(root, `handler/triggers/${name}`, { outfile, format: "cjs" })];
  });
  return {
    files: { "index.mjs": entry.code, ...Object.fromEntries(bundles.map(([name, { code }]) => [name, code])) },
    metafiles: [entry.metafile, ...bundles.map(([, { metafile }]) => metafile)],
  };
}

/**
 * Bundles the token function: one file that decides, and one that sends, which it loads when there is something to send.
 *
 * @param {string} root The project's, absolute.
 * @returns {{ readonly files: Files, readonly metafiles: readonly import("esbuild").Metafile[] }}
 */
export function bundleToken(root) {
  const entry = bundleFunction(root, "handler/token/index.ts", { outfile: "index.mjs", format: "esm" });
  const calls = bundleFunction(root, "handler/aws/token-calls.ts", { outfile: "token-calls.cjs", format: "cjs" });
  return {
    files: { "index.mjs": entry.code, "token-calls.cjs": calls.code },
    metafiles: [entry.metafile, calls.metafile],
  };
}

/**
 * @param {string} root
 * @param {string} entry
 * @param {import("esbuild").BuildOptions} options
 */
function bundleFunction(root, entry, options) {
  return bundle(root, entry, {
    ...options,
    minify: true,
    // The oldest runtime that LAMBDA_RUNTIME accepts.
    target: "node22",
    // The SDK's ES modules can be tree-shaken; its CommonJS ones, which `main` names, cannot.
    mainFields: ["module", "main"],
    // What the SDK can do and the handler never asks for; the credential chain alone would be a third of the bundle.
    alias: {
      "@aws-sdk/credential-provider-node": join(root, "handler/aws/no-credential-chain.ts"),
      "@aws-sdk/signature-v4-multi-region": join(root, "handler/aws/no-multi-region.ts"),
      "@smithy/core/event-streams": join(root, "handler/aws/no-event-streams.ts"),
      "@smithy/core/retry": join(root, "handler/aws/no-sdk-retries.ts"),
    },
    legalComments: "none",
  });
}

/**
 * @param {string} root
 * @param {string} entry
 * @param {import("esbuild").BuildOptions} options
 * @returns {Bundle}
 */
function bundle(root, entry, options) {
  const { outputFiles, metafile, warnings } = buildSync({
    ...options,
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  // What esbuild warns of, such as an import that is not there, would be found by the first user.
  if (warnings.length > 0) throw new Error(formatMessagesSync(warnings, { kind: "warning" }).join("\n"));
  const [code] = outputFiles;
  if (code === undefined) throw new Error(`esbuild made no output for ${entry}`);
  return { code: code.contents, metafile };
}

/**
 * Zips so that equal code gives equal bytes on every machine: fixed time, mode and order, and a compressor in plain
 * JavaScript. Otherwise each checkout would look like a new version of the function.
 *
 * @param {Files} files
 */
export function zipFunction(files) {
  // fflate writes the local wall clock, so this is the same in every time zone.
  const options = /** @type {const} */ ({
    level: 9,
    mtime: new Date(1980, 0, 1),
    os: 3,
    attrs: (0o100644 << 16) >>> 0,
  });
  const names = Object.keys(files).sort();
  return zipSync(Object.fromEntries(names.map((name) => [name, [files[name] ?? new Uint8Array(), options]])));
}

/**
 * In one step: whoever reads at the same time must not get half a file.
 *
 * @param {string} path
 * @param {Uint8Array} bytes
 */
function writeWhole(path, bytes) {
  const unfinished = `${path}.${randomUUID()}`;
  mkdirSync(dirname(path), { recursive: true });
  try {
    writeFileSync(unfinished, bytes);
    renameSync(unfinished, path);
  } finally {
    rmSync(unfinished, { force: true });
  }
}

/**
 * The program that the first words name, and what is left for the program itself.
 *
 * @param {readonly string[]} words
 * @returns {[name: string, ...parameters: string[]]}
 */
function programOf([first = "", ...others]) {
  const [second = "", ...rest] = others;
  if (`${first}-${second}` in PROGRAMS) return [`${first}-${second}`, ...rest];
  const kinds = Object.keys(PROGRAMS).filter((name) => name.startsWith(`${first}-`));
  if (kinds.length > 0 && /^[^-]/.test(second))
    throw new Error(`found ${second}, expected ${kinds.map((name) => name.slice(first.length + 1)).join(" or ")}`);
  return [first, ...others];
}

/** `node build.mjs [name …]` builds; `node build.mjs --run name [parameter …]` runs it then, in this process, which signals reach. */
function main() {
  const [option, ...words] = process.argv.slice(2);
  try {
    if (option !== "--run") return build(option === undefined ? undefined : [option, ...words]);
    const [name, ...parameters] = programOf(words);
    build([name]);
    // What is run may stay for hours, and esbuild with it.
    stop();
    process.argv.splice(1, Infinity, join(import.meta.dirname, `build/${name}.js`), ...parameters);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
    return;
  }
  // Whoever runs it here has no choice of the Node.js version that the notice could change.
  process.env["AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED"] ??= "true";
  createRequire(import.meta.url)(process.argv[1] ?? "");
}

const [, started = ""] = process.argv;
if (existsSync(started) && realpathSync(started) === import.meta.filename) main();
