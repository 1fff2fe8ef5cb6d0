// @ts-check
import { createHash } from "node:crypto";
import { chmodSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { buildSync, formatMessagesSync } from "esbuild";
import { bundleHandler, bundleToken, sha256Of, zipFunction } from "../../build.mjs";
import { bundledPackages, bundledSbom, licenceTexts } from "./bundled.mjs";
import { declarations } from "./declarations.mjs";
import { manifestOf, PEERS } from "./manifest.mjs";
import { readmeOf } from "./readme.mjs";

/**
 * Makes build/package, which `npm pack ./build/package` packs: the same bytes in every folder.
 *
 * @param {string} root The project's, absolute.
 * @param {import("./manifest.mjs").Publisher} [publisher]
 */
export function makePackage(root, publisher = {}) {
  const own = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const [handler, token] = [bundleHandler(root), bundleToken(root)];
  const zips = { handler: zipFunction(handler.files), token: zipFunction(token.files) };
  const known = { CODE_SHA256: sha256Of(zips.handler), TOKEN_CODE_SHA256: sha256Of(zips.token) };
  const program = bundleCli(root, { VERSION: own.version, ...known });
  const constructs = bundleConstructs(root);
  const packages = bundledPackages(root, [
    ...handler.metafiles,
    ...token.metafiles,
    program.metafile,
    constructs.metafile,
  ]);

  const manifest = manifestOf(own, publisher);
  /** @param {string} page */
  const pageOf = (page) => readmeOf(readFileSync(join(root, page), "utf8"), manifest, publisher);
  /** @type {Readonly<Record<string, string | Uint8Array>>} */
  const contents = {
    "package.json": json(manifest),
    "README.md": pageOf("docs/package.md"),
    // Every message about a setting names it.
    "docs/settings.md": pageOf("docs/settings.md"),
    "THIRD-PARTY-LICENSES.txt": licenceTexts(root, packages),
    ...zipFiles("handler.zip", zips.handler),
    ...zipFiles("token.zip", zips.token),
    "dist/sbom.cdx.json": json(bundledSbom(own, packages)),
    ...program.files,
    ...constructs.files,
    ...declarations(root, "library/index.ts", "dist/constructs", PEERS),
  };
  const out = join(root, "build/package");
  rmSync(out, { recursive: true, force: true });
  for (const [name, content] of Object.entries(contents)) {
    mkdirSync(dirname(join(out, name)), { recursive: true });
    writeFileSync(join(out, name), content);
  }
  chmodSync(join(out, "dist/cli.mjs"), 0o755);
  for (const name of ["LICENSE", "CHANGELOG.md", ".env.example"]) cpSync(join(root, name), join(out, name));
  cpSync(join(root, "modules"), join(out, "modules"), {
    recursive: true,
    // Terraform's own leavings, and what tests the modules.
    filter: (path) => !/\/(tests|\.terraform.*)$/.test(path),
  });
}

/**
 * A zip, and its hash as `sha256sum --check` reads it.
 *
 * @param {string} name
 * @param {Uint8Array} zip
 */
const zipFiles = (name, zip) => ({
  [`dist/${name}`]: zip,
  [`dist/${name}.sha256`]: `${createHash("sha256").update(zip).digest("hex")}  ${name}\n`,
});

/** @param {object} document */
const json = (document) => `${JSON.stringify(document, null, 2)}\n`;

/**
 * dist/cli.mjs, and what it loads when it is asked for: dist/cli/*.mjs.
 *
 * @param {string} root
 * @param {Readonly<Record<string, string>>} known
 */
function bundleCli(root, known) {
  return bundled(root, {
    entryPoints: { cli: "bin/packaged.mjs" },
    format: "esm",
    splitting: true,
    chunkNames: "cli/[name]-[hash]",
    outdir: join(root, "dist"),
    outExtension: { ".js": ".mjs" },
    minify: true,
    // Names of errors and classes are read by the program and by people.
    keepNames: true,
    define: Object.fromEntries(Object.entries(known).map(([name, value]) => [name, JSON.stringify(value)])),
    alias: {
      y18n: join(root, "dev/package/english-texts.mjs"),
      echarts: join(root, "dev/package/echarts-in-use.mjs"),
      // That of cli-table3 for yargs, too: yargs' own make tables of emoji while they are loaded, which is half of what --help takes.
      "string-width": join(root, "node_modules/string-width/index.js"),
    },
    // CommonJS modules in the bundle ask for Node.js' own by require().
    banner: { js: `import{createRequire as __require}from"node:module";const require=__require(import.meta.url);` },
  });
}

/** @param {string} root */
function bundleConstructs(root) {
  return bundled(root, {
    entryPoints: { "constructs/index": "library/index.ts" },
    format: "cjs",
    outdir: join(root, "dist"),
    external: PEERS.flatMap((peer) => [peer, `${peer}/*`]),
    define: { HANDLER_ZIP: JSON.stringify("../handler.zip"), TOKEN_ZIP: JSON.stringify("../token.zip") },
  });
}

/**
 * @param {string} root
 * @param {import("esbuild").BuildOptions} options
 */
function bundled(root, options) {
  const {
    outputFiles = [],
    metafile,
    warnings,
  } = buildSync({
    ...options,
    absWorkingDir: root,
    bundle: true,
    platform: "node",
    target: "node20",
    // ES modules can be tree-shaken; what `main` names cannot.
    mainFields: ["module", "main"],
    legalComments: "none",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  if (warnings.length > 0) throw new Error(formatMessagesSync(warnings, { kind: "warning" }).join("\n"));
  const files = Object.fromEntries(outputFiles.map(({ path, contents }) => [path.slice(root.length + 1), contents]));
  return { files, metafile: /** @type {import("esbuild").Metafile} */ (metafile) };
}
