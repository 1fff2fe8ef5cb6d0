import { readFileSync } from "node:fs";
import { join } from "node:path";

/** What npm has installed, as npm writes it down: https://docs.npmjs.com/cli/v10/configuring-npm/package-lock-json#hidden-lockfiles */
const INSTALLED = "node_modules/.package-lock.json";
const WANTED = "package-lock.json";

/**
 * The program loads its packages from node_modules as they are, so a mended one counts once it is installed.
 *
 * @returns what to do when they are not those of package-lock.json.
 */
export function packageProblem(project) {
  if (typeof jsonIn(join(project, "package.json"))?.version !== "string")
    return "package.json: found no description of this program, expected that of this checkout. Get it again.";
  const [wanted, installed] = [WANTED, INSTALLED].map((file) => packagesIn(join(project, file)));
  if (wanted === undefined)
    return `${WANTED}: found no list of packages, expected that of this checkout. Get it again.`;
  if (installed === undefined) return `${INSTALLED}: found no list of packages. Run npm ci first.`;
  const others = Object.keys(wanted).filter((path) => isOther(path, wanted[path], installed[path]));
  const [name] = others;
  if (name === undefined) return undefined;
  const found = `found ${installed[name]?.version ?? "nothing"}, expected ${wanted[name].version}`;
  const more = others.length === 1 ? "" : ` (and ${others.length - 1} more)`;
  return `${name}: ${found}, as in ${WANTED}${more}. Run npm ci first.`;
}

/** Development needs its own, and other systems theirs: those may be missing, and not be others. */
function isOther(path, { version, dev, optional, devOptional }, installed) {
  if (path === "") return false;
  if (installed === undefined) return !(dev || optional || devOptional);
  return installed.version !== version;
}

function packagesIn(file) {
  const packages = jsonIn(file)?.packages;
  return typeof packages === "object" && packages !== null ? packages : undefined;
}

/** @returns undefined for what is not there, or no JSON. */
function jsonIn(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}
