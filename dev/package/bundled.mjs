// @ts-check
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** @typedef {{ readonly folder: string, readonly name: string, readonly version: string, readonly license: string }} Bundled */

/**
 * The packages that esbuild has put something of into the output. Once bundled, npm does not see them any more.
 *
 * @param {string} root
 * @param {readonly import("esbuild").Metafile[]} metafiles With paths from `root` on.
 * @returns {Bundled[]}
 */
export function bundledPackages(root, metafiles) {
  const inputs = metafiles
    .flatMap(({ outputs }) => Object.values(outputs))
    .flatMap((output) => Object.entries(output.inputs))
    .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && path.includes("node_modules/"));
  const folders = new Set(inputs.map(([path]) => folderOfPackage(root, dirname(path))));
  const packages = [...folders].sort().map((folder) => {
    const { name, version, license } = manifestIn(join(root, folder)) ?? {};
    if (typeof license !== "string") throw new Error(`${folder}: found no license in its package.json, expected one`);
    return { folder, name, version, license };
  });
  // One version may lie in several folders.
  return [...new Map(packages.map((one) => [`${one.name}@${one.version}`, one])).values()];
}

/** @param {string} folder */
function manifestIn(folder) {
  const file = join(folder, "package.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

/**
 * A package.json without a version only says `"type": "module"` of a folder of the package.
 *
 * @param {string} root
 * @param {string} folder
 * @returns {string}
 */
function folderOfPackage(root, folder) {
  return manifestIn(join(root, folder))?.version === undefined ? folderOfPackage(root, dirname(folder)) : folder;
}

/**
 * One text with the licence of every package; equal texts once. Notices of an Apache-2.0 package go with it, whatever name the files have.
 * https://www.apache.org/licenses/LICENSE-2.0#redistribution
 *
 * @param {string} root
 * @param {readonly Bundled[]} packages
 */
export function licenceTexts(root, packages) {
  const ownText = readFileSync(join(root, "LICENSE"), "utf8").trim();
  /** @type {Map<string, string[]>} */
  const byText = new Map();
  for (const { folder, name, version, license } of packages) {
    const files = readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && /^(licen[cs]e|notice|copying)/i.test(entry.name))
      .map((entry) => readFileSync(join(root, folder, entry.name), "utf8").trim());
    // Some have left the file out. This licence is the same text for all, and this project's own.
    const texts = files.length === 0 && license === "Apache-2.0" ? [ownText] : files;
    if (texts.length === 0) throw new Error(`${folder}: found no file with its licence (${license}), expected one`);
    const text = texts.join("\n\n");
    byText.set(text, [...(byText.get(text) ?? []), `${name} ${version} (${license})`]);
  }
  return [...byText].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`).join(`\n${"-".repeat(80)}\n\n`);
}

/**
 * CycloneDX, without a time or a serial number: equal builds are equal.
 * https://cyclonedx.org/docs/1.5/json/
 *
 * @param {{ readonly name: string, readonly version: string, readonly license: string }} product
 * @param {readonly Bundled[]} packages
 */
export function bundledSbom(product, packages) {
  /**
   * @param {typeof product} one
   * @param {string} type
   */
  const component = ({ name, version, license }, type) => {
    // An `@` in a name is escaped, the slash after the scope is not. https://github.com/package-url/purl-spec
    const purl = `pkg:npm/${name.replace("@", "%40")}@${version}`;
    const licenses = [/[ ()]/.test(license) ? { expression: license } : { license: { id: license } }];
    return { type, "bom-ref": purl, name, version, purl, licenses };
  };
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.5",
    version: 1,
    metadata: { component: component(product, "application") },
    components: packages.map((one) => component(one, "library")),
  };
}
