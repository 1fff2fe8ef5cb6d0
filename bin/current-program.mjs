import { createHash, randomUUID } from "node:crypto";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What decides what the program is, and what builds it. Nothing is built of anything else. */
const INPUTS = ["bin", "build.mjs", "cli", "config", "rules", "package.json", "package-lock.json", "tsconfig.json"];
const OF_A_PACKAGE = /(^|\/)node_modules\//;
const BUILT = /^cli-[0-9a-f]{64}\.js$/;
const FOLDER = "build/program";
/** Bits of the group and of everybody else. https://man7.org/linux/man-pages/man7/inode.7.html */
const OTHERS_MAY_WRITE = 0o022;

/**
 * Makes the folder of the built program, for this user alone. Anybody can compute the program's name: what lies under it is run only where
 * nobody else can have put it.
 *
 * @returns what was found, expected and is to be done; undefined when the folder is this user's own.
 */
export function programFolderProblem(project) {
  const levels = [
    // Other builds write here, too, with the rights that the sources have: only where it leads matters.
    { name: "build", mode: 0o777, found: (stats) => (stats.isSymbolicLink() ? "a symbolic link" : undefined) },
    { name: FOLDER, mode: 0o700, found: (stats) => (stats.isDirectory() ? strangeIn(stats) : notPlain(stats)) },
  ];
  for (const { name, mode, found } of levels) {
    makeFolder(join(project, name), mode);
    const problem = found(lstatSync(join(project, name)));
    if (problem !== undefined)
      return (
        `${name}: found ${problem}, expected a folder of your own that nobody else may write to. ` +
        `The program is built and run there: remove ${name}, and run the same command again.`
      );
  }
  return undefined;
}

function makeFolder(path, mode) {
  try {
    mkdirSync(path, { mode });
  } catch (error) {
    if (lstatSync(path, { throwIfNoEntry: false }) === undefined) throw error;
  }
}

const notPlain = (stats) => (stats.isSymbolicLink() ? "a symbolic link" : "something else");

/** Where a system has no user ids, as Windows, nothing can be told. */
function strangeIn({ uid, mode }) {
  const user = process.getuid?.();
  if (user === undefined) return undefined;
  if (uid !== user) return `one of user ${uid} (you are ${user})`;
  return (mode & OTHERS_MAY_WRITE) === 0
    ? undefined
    : `one that others may write to (mode ${(mode & 0o7777).toString(8)})`;
}

/** Any other file is built anew over it. */
function isOwnFile(path) {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true && strangeIn(stats) === undefined;
}

/**
 * Runs the program as its sources are now, and builds it first where that was never done. Its name holds a hash of everything that it is
 * built from: times of files say nothing, since `tar` and `rsync -a` keep old ones. Only after {@link programFolderProblem} has found none.
 */
export async function runCurrentProgram(project) {
  const require = createRequire(import.meta.url);
  for (;;) {
    const program = await currentProgram(project);
    try {
      return require(program);
    } catch (error) {
      // A start with other sources may have removed it in between.
      if (existsSync(program)) throw error;
    }
  }
}

async function currentProgram(project) {
  const folder = join(project, FOLDER);
  for (let hash = hashOfInputs(project); ; ) {
    const name = `cli-${hash}.js`;
    if (isOwnFile(join(folder, name))) return join(folder, name);
    const code = await built(project, hash);
    const since = hashOfInputs(project);
    if (since === hash) {
      keep(folder, name, code);
      return join(folder, name);
    }
    // Somebody has changed the sources while they were read.
    hash = since;
  }
}

async function built(project, hash) {
  // Under this name it is loaded anew, should it be what somebody has changed.
  const { bundleProgram } = await import(`../build.mjs?${hash}`);
  // It is told of no zip of the handler: it makes one when it is asked for, of sources that nobody watches here.
  const { code, metafile } = bundleProgram(project, "cli", {});
  const others = Object.keys(metafile.inputs).filter(
    (name) => !(OF_A_PACKAGE.test(name) || INPUTS.includes(name.split("/")[0])),
  );
  // A change there would not be noticed.
  if (others.length > 0) throw new Error(`${others.join(", ")}: add the folder to INPUTS in bin/current-program.mjs`);
  return code;
}

/** There whole or not at all: another start may look at any moment. What was built from other sources goes. */
function keep(folder, program, code) {
  const unfinished = join(folder, `${program}.${randomUUID()}`);
  try {
    writeFileSync(unfinished, code, { flag: "wx", mode: 0o600 });
    renameSync(unfinished, join(folder, program));
  } finally {
    rmSync(unfinished, { force: true });
  }
  for (const name of readdirSync(folder))
    if (BUILT.test(name) && name !== program) rmSync(join(folder, name), { force: true });
}

function hashOfInputs(project) {
  const hash = createHash("sha256");
  for (const input of INPUTS)
    for (const name of filesIn(project, input)) {
      const content = readFileSync(join(project, name));
      hash.update(`${JSON.stringify(name)} ${content.length}\n`).update(content);
    }
  return hash.digest("hex");
}

/** Names from the project's folder on, in one order everywhere. A link that leads nowhere, as editors make them, is no source. */
function filesIn(project, name) {
  const found = statSync(join(project, name), { throwIfNoEntry: false });
  if (found === undefined) return [];
  if (!found.isDirectory()) return [name];
  return readdirSync(join(project, name))
    .sort()
    .flatMap((entry) => filesIn(project, `${name}/${entry}`));
}
