import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type BuildOptions, buildSync } from "esbuild";
import { unzipSync, zipSync } from "fflate";
import { FUNCTION_SETTINGS } from "../../rules/function-settings";
import { type Job, SIGN_IN, SIGN_IN_WITH_GROUPS, TOKEN } from "./jobs";

/** What is deployed: the migrating function with and without groups, and the function before tokens. */
const OURS = ["handler", "handler-groups", "token"] as const;
const BASELINES = ["naive", "everyday", "floor"] as const;
/** In the order of the report's columns. */
export const VARIANTS = [...OURS, ...BASELINES] as const;
export type VariantName = (typeof VARIANTS)[number];

/** A function as it lies in Lambda's task root. */
export interface Variant {
  readonly name: string;
  readonly directory: string;
  /** `file.export`. */
  readonly handler: string;
  readonly bundleBytes: number;
  readonly zipBytes: number;
  readonly job: Job;
}

/** Whether it is the handler or another build of it, which the targets are for. */
export const isHandler = ({ name }: Variant): boolean => name.startsWith("handler");

const DEPLOYED: Readonly<Record<(typeof OURS)[number], readonly [zip: string, job: Job]>> = {
  handler: ["dist/handler.zip", SIGN_IN],
  "handler-groups": ["dist/handler.zip", SIGN_IN_WITH_GROUPS],
  token: ["dist/token.zip", TOKEN],
};

/** Builds what is asked for, each variant in a folder of its own. */
export function variantsOf(
  names: readonly VariantName[],
  root: string,
  directory: string,
  handlerZip?: string,
): readonly Variant[] {
  const another = handlerZip === undefined ? [] : [unpack("handler-zip", readFileSync(handlerZip), directory, SIGN_IN)];
  const ours = OURS.filter((name) => names.includes(name)).map((name) => {
    const [zip, job] = DEPLOYED[name];
    return unpack(name, readFileSync(join(root, zip)), directory, job);
  });
  const baselines = BASELINES.filter((name) => names.includes(name));
  return [...ours, ...another, ...baselines.map((name) => baseline(name, root, directory))];
}

/** The floor alone. */
export const buildFloor = (root: string, directory: string): Variant => baseline("floor", root, directory);

function unpack(name: string, zip: Uint8Array, into: string, job: Job): Variant {
  const directory = join(into, name);
  for (const [path, bytes] of Object.entries(unzipSync(zip))) {
    mkdirSync(dirname(join(directory, path)), { recursive: true });
    writeFileSync(join(directory, path), bytes);
  }
  return variantIn(name, directory, zip, job);
}

const variantIn = (name: string, directory: string, zip: Uint8Array, job: Job): Variant => ({
  name,
  directory,
  handler: FUNCTION_SETTINGS.handler,
  bundleBytes: sizeOf(directory),
  zipBytes: zip.length,
  job,
});

/** What esbuild makes of it unless told otherwise: CommonJS, not minified. https://esbuild.github.io/getting-started/#bundling-for-node */
const DEFAULT: BuildOptions = { bundle: true, platform: "node", logLevel: "error" };

function baseline(name: (typeof BASELINES)[number], root: string, into: string): Variant {
  const directory = join(into, name);
  // The floor awaits its connection while it loads, which a CommonJS module cannot.
  const own: BuildOptions = name === "floor" ? { format: "esm", outExtension: { ".js": ".mjs" } } : {};
  const entryPoints = { index: `dev/bench/baselines/${name}.ts` };
  buildSync({ ...DEFAULT, ...own, absWorkingDir: root, entryPoints, outdir: directory });
  const files = Object.fromEntries(readdirSync(directory).map((file) => [file, readFileSync(join(directory, file))]));
  return variantIn(name, directory, zipSync(files), SIGN_IN);
}

function sizeOf(directory: string): number {
  return readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .reduce((sum, { parentPath, name }) => sum + statSync(join(parentPath, name)).size, 0);
}
