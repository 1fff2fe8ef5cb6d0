import { readdirSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { COMMANDS } from "../../cli/commands";
import { ROOT } from "../support/program";

/** What several commands stand on. Every other folder is a command. */
const SHARED = ["aws", "pool-change", "pools", "program"];

const folders = readdirSync(join(ROOT, "cli"), { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const camelCase = (name: string): string => name.replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());

test("a folder of cli is a command, and a command has a folder", () => {
  expect(folders.filter((name) => !SHARED.includes(name)).sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
});

test.each(COMMANDS.map(({ name, load }) => [name, load] as const))(
  "%s: its file exports it under its name, and the list loads that",
  async (name, load) => {
    const exported: Readonly<Record<string, unknown>> = await import(join(ROOT, "cli", name, "command"));
    expect(exported).toEqual({ [`${camelCase(name)}Command`]: await load() });
  },
);

describe("what is loaded before a command is chosen", () => {
  const { outputs } = buildSync({
    absWorkingDir: ROOT,
    entryPoints: ["cli/program.ts"],
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    packages: "external",
    outdir: "build",
    write: false,
    metafile: true,
  }).metafile;
  const importsOf = (output: string) =>
    (outputs[output]?.imports ?? []).filter(({ kind }) => kind === "import-statement");
  const withImports = (output: string): string[] => [
    output,
    ...importsOf(output).flatMap(({ path, external }) => (external ? [] : withImports(path))),
  ];
  const loaded = [...new Set(withImports("build/program.js"))];

  test("is nothing of any command", () => {
    const files = loaded.flatMap((output) => Object.keys(outputs[output]?.inputs ?? {}));
    expect(files).toContain("cli/commands.ts");
    const own = new RegExp(`^cli/(${COMMANDS.map(({ name }) => name).join("|")})/`);
    expect(files.filter((file) => own.test(file))).toEqual([]);
  });

  test("is of other people's code what parses a command line", () => {
    const packages = loaded.flatMap((output) =>
      importsOf(output).flatMap(({ path, external }) => (external ? path : [])),
    );
    const others = new Set(packages.filter((path) => !path.startsWith("node:")));
    expect([...others].sort()).toEqual(["fastest-levenshtein", "yargs", "yargs/helpers"]);
  });
});
