import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";
import { unzipSync, zipSync } from "fflate";
import { buildHandlerArchive } from "../stacks/handler-archive";

/** A function as it lies in Lambda's task root. */
export interface Variant {
  readonly name: string;
  readonly directory: string;
  /** `file.export`. */
  readonly handler: string;
  readonly bundleBytes: number;
  readonly zipBytes: number;
}

/** As stacks/destination.ts sets it. */
export const HANDLER = "index.handler";

/** The packaged handler, or another build of it. */
export function unpack(name: string, zipFile: string, into: string): Variant {
  const zip = readFileSync(zipFile);
  const directory = join(into, name);
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), bytes);
  }
  return { name, directory, handler: HANDLER, bundleBytes: sizeOf(directory), zipBytes: zip.length };
}

export function packagedHandler(root: string, into: string): Variant {
  return unpack("handler", buildHandlerArchive(root).path, into);
}

/** esbuild's own choices, as its page on bundling for Node.js shows them: CommonJS, not minified. */
const DEFAULT: BuildOptions = { bundle: true, platform: "node", logLevel: "error" };

export function baseline(name: string, root: string, into: string): Variant {
  const directory = join(into, name);
  const options: BuildOptions =
    // The floor awaits its connection while it loads, which a CommonJS module cannot.
    name === "floor"
      ? { format: "esm", outfile: join(directory, "index.mjs") }
      : { outfile: join(directory, "index.js") };
  buildSync({ ...DEFAULT, ...options, absWorkingDir: root, entryPoints: [`bench/baselines/${name}.ts`] });
  const files = Object.fromEntries(readdirSync(directory).map((file) => [file, readFileSync(join(directory, file))]));
  return { name, directory, handler: HANDLER, bundleBytes: sizeOf(directory), zipBytes: zipSync(files).length };
}

function sizeOf(directory: string): number {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
