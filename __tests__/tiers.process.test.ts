import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { promisify } from "node:util";
import { ROOT } from "./support/program";
import { TIERS } from "./support/tiers";

/** Others run some of these once more, in another way. */
const ONCE_EACH = ["unit", "smoke", "process", "commands", "truth", "deep", "cdktn", "package", "clients"];

const testFiles = readdirSync(join(ROOT, "__tests__"), { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".test.ts"))
  .map((name) => join("__tests__", name))
  .sort();

async function filesOf(tier: string): Promise<string[]> {
  const jest = join(ROOT, "node_modules/jest/bin/jest.js");
  const { stdout } = await promisify(execFile)(process.execPath, [jest, "--listTests", "--selectProjects", tier], {
    cwd: ROOT,
    maxBuffer: 2 ** 24,
  });
  return stdout
    .split("\n")
    .filter((line) => line.endsWith(".test.ts"))
    .map((path) => relative(ROOT, path));
}

test("every test is in one tier, and in no second", async () => {
  const files = await Promise.all(ONCE_EACH.map(filesOf));
  expect(files.flat().sort()).toEqual(testFiles);
});

test("what smoke names is there", async () => {
  expect(await filesOf("smoke")).toHaveLength(8);
});

test("mutants are held against what unit and smoke have of every folder that is mutated", async () => {
  const { mutate } = require(join(ROOT, "stryker.config.cjs")) as { mutate: readonly string[] };
  const folders = mutate.filter((glob) => !glob.startsWith("!")).map((glob) => glob.split("/")[0]);
  const [unit = [], smoke = [], mutation = []] = await Promise.all(["unit", "smoke", "mutation"].map(filesOf));
  expect(mutation.sort()).toEqual([...unit, ...smoke].filter((name) => folders.includes(name.split("/")[1])).sort());
});

test("CONTRIBUTING.md says of every tier when to run it", () => {
  const rows = readFileSync(join(ROOT, "CONTRIBUTING.md"), "utf8").match(/(?<=^\| )[a-z, ]+(?= \| `npm )/gm) ?? [];
  expect(rows.flatMap((row) => row.split(", ")).sort()).toEqual(["static", ...TIERS].sort());
});
