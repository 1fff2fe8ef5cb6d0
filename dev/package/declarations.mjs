// @ts-check
import { dirname, join, posix } from "node:path";
import ts from "typescript";

/**
 * The declarations that whoever imports `entry` needs, by their path in the package.
 *
 * @param {string} root
 * @param {string} entry
 * @param {string} folder Where they will be.
 * @param {readonly string[]} peers
 * @throws {Error} when one needs a package that whoever installs this one does not have.
 */
export function declarations(root, entry, folder, peers) {
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile(join(root, "tsconfig.json"), ts.sys.readFile).config,
    ts.sys,
    root,
  );
  const program = ts.createProgram([join(root, entry)], {
    ...options,
    types: ["node"],
    allowJs: false,
    noEmit: false,
    declaration: true,
    emitDeclarationOnly: true,
    rootDir: root,
    outDir: root,
  });
  /** @type {Map<string, string>} */
  const texts = new Map();
  const { diagnostics } = program.emit(undefined, (path, text) => texts.set(path, text));
  if (diagnostics.length > 0) throw new Error(ts.formatDiagnostics(diagnostics, host(root)));
  /** @type {Record<string, string>} */
  const found = {};
  const needed = [join(root, entry.replace(/\.ts$/, ".d.ts"))];
  for (const path of needed) {
    const name = posix.join(folder, path.slice(dirname(join(root, entry)).length + 1));
    const text = texts.get(path);
    if (text === undefined) throw new Error(`${path}: found no declarations`);
    if (name in found) continue;
    found[name] = text;
    for (const { fileName } of ts.preProcessFile(text, true, true).importedFiles)
      if (fileName.startsWith("./")) needed.push(`${join(dirname(path), fileName)}.d.ts`);
      else if (!peers.some((peer) => fileName === peer || fileName.startsWith(`${peer}/`)))
        throw new Error(`${name} needs the types of ${fileName}, which is not one of ${peers.join(", ")}`);
  }
  return found;
}

/**
 * @param {string} root
 * @returns {import("typescript").FormatDiagnosticsHost}
 */
const host = (root) => ({
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => root,
  getNewLine: () => "\n",
});
