// In the place of y18n. yargs has it read the texts from a folder that it finds from where its own file lies: in a bundle that is a folder outside of the
// package, where anybody's locales/en.json would be read. The English ones go into the bundle, whatever the locale: the program's own are English, too.
import { format } from "node:util";
import { y18n } from "../../node_modules/y18n/build/lib/index.js";
import english from "../../node_modules/yargs/locales/en.json";

const texts = JSON.stringify(english);
const shim = {
  fs: { readFileSync: () => texts, writeFile: () => undefined },
  format,
  /** @param {readonly string[]} parts */
  resolve: (...parts) => parts.join("/"),
  exists: () => true,
};

// biome-ignore lint/style/noDefaultExport: y18n has one.
export default (/** @type {object} */ options) => y18n({ ...options, updateFiles: false }, shim);
