import { createHash, randomUUID } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** What decides what the program is, and what builds it. Nothing is built of anything else. */
const INPUTS = [
  "bin",
  "cli",
  "config",
  "handler",
  "rules",
  "stacks",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
];
const PROGRAM = /^cli-[0-9a-f]{64}\.js$/;

/**
 * Runs the program as its sources are now, and builds it first where that was never done. Its name holds a hash of everything that it is
 * built from: times of files say nothing, since `tar` and `rsync -a` keep old ones.
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
  for (let hash = hashOfInputs(project); ; ) {
    const program = join(project, "build", `cli-${hash}.js`);
    if (existsSync(program)) return program;
    const code = await bundled(project);
    const since = hashOfInputs(project);
    if (since === hash) {
      keep(program, code);
      return program;
    }
    // Somebody has changed the sources while they were read.
    hash = since;
  }
}

async function bundled(project) {
  const { buildSync } = await import("esbuild");
  const { outputFiles, metafile } = buildSync({
    absWorkingDir: project,
    entryPoints: ["cli/main.ts"],
    tsconfig: "tsconfig.json",
    bundle: true,
    platform: "node",
    target: "node20",
    packages: "external",
    outfile: "build/cli.js",
    logLevel: "warning",
    write: false,
    metafile: true,
  });
  const others = Object.keys(metafile.inputs).filter((name) => !INPUTS.includes(name.split("/")[0]));
  // A change there would not be noticed.
  if (others.length > 0) throw new Error(`${others.join(", ")}: add the folder to INPUTS in bin/current-program.mjs`);
  return outputFiles[0].contents;
}

/** There whole or not at all: another start may look at any moment. What was built from other sources goes. */
function keep(program, code) {
  const directory = join(program, "..");
  mkdirSync(directory, { recursive: true });
  const unfinished = `${program}.${randomUUID()}`;
  try {
    writeFileSync(unfinished, code, { flag: "wx" });
    renameSync(unfinished, program);
  } finally {
    rmSync(unfinished, { force: true });
  }
  for (const name of readdirSync(directory))
    if (PROGRAM.test(name) && join(directory, name) !== program) rmSync(join(directory, name), { force: true });
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
