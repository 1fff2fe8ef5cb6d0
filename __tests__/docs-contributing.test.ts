import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { TIERS } from "./support/tiers";

const ROOT = join(__dirname, "..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const page = read("CONTRIBUTING.md");
const [, table = ""] = /^## One place for each thing\n([\s\S]*?)^## /m.exec(page) ?? [];

const rows = [...table.matchAll(/^\| (a[^|]*) \| ([^|]*) \|/gm)].map(([, thing = "", edit = ""]) => {
  const [, names = "", file = ""] = /^(.*?) in \[[^\]]+\]\(([^)]+)\)/.exec(edit.replace("the same, and ", "")) ?? [];
  return { thing, file, names: [...names.matchAll(/`(\w+)`/g)].map(([, name = ""]) => name) };
});

/** The sandbox imitates AWS, so it says by itself what a value must be. */
const FOLDERS = ["bin", "cli", "config", "constructs", "dev", "handler", "rules", "stacks"];
const sources = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => /\.m?[jt]s$/.test(file))
    .map((file) => ({ file: join(folder, file), text: read(join(folder, file)) })),
);

/** What the rows of a table say in words. Who copies a row copies one of these. */
const sentencesIn = (all: unknown): string[] =>
  Object.values(all ?? {})
    .flatMap((row) => (typeof row === "object" && row !== null ? Object.values(row) : [row]))
    .filter((text): text is string => typeof text === "string" && /^\w+ \w+ .*\w/.test(text))
    // What several rows share is a group.
    .filter((text, _, texts) => texts.indexOf(text) === texts.lastIndexOf(text));

test("each kind of change that comes up again has a row", () => {
  const kinds = /setting|log field|outcome|answer of AWS|preflight check|sandbox operation|command|alarm|state backend/;
  expect(new Set(rows.flatMap(({ thing }) => kinds.exec(thing)?.[0] ?? [])).size).toBe(9);
});

test.each(rows)("$thing has its place in $file", async ({ file, names }) => {
  expect(existsSync(join(ROOT, file))).toBe(true);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names)
    expect([name, read(file)]).toEqual([
      name,
      expect.stringMatching(new RegExp(`^export (const|(async )?function) ${name}\\b`, "m")),
    ]);
});

test.each(rows.filter(({ file }) => file !== "build.mjs"))(
  "$thing is written in one place",
  async ({ file, names }) => {
    const exported: Record<string, unknown> = await import(join(ROOT, file));
    for (const sentence of names.flatMap((name) => sentencesIn(exported[name]))) {
      const files = sources.filter(({ text }) => text.includes(`"${sentence}"`)).map((one) => one.file);
      expect([sentence, files.slice(1)]).toEqual([sentence, []]);
    }
  },
);

test("an operator's program reads the keys of stamps in one file, and looks at their lengths in another", () => {
  const readers = sources.filter(({ file, text }) => file.startsWith("cli/") && /STAMP_KEY(_BEFORE)?\b/.test(text));
  expect(readers.map(({ file }) => file).sort()).toEqual([
    "cli/pools/stamp-keys.ts",
    "cli/preflight/function-environment.ts",
  ]);
});

test("the tiers are those that there are, and each is run as the table says", () => {
  const [, tiers = ""] = /^## Tiers of tests\n([\s\S]*?)^## /m.exec(page) ?? [];
  const named = [...tiers.matchAll(/^\| ([a-z, ]+) \| (.*?) \|/gm)].filter(([, name]) => name !== "static");
  expect(named.flatMap(([, names = ""]) => names.split(", ")).sort()).toEqual([...TIERS].sort());
  const { scripts } = JSON.parse(read("package.json"));
  for (const [, names = "", command = ""] of named) {
    const [, script = "", tier] = /^`npm (?:run )?([\w:]+)(?: (\w+))?`$/.exec(command) ?? [];
    expect(scripts).toHaveProperty([script]);
    if (tier !== undefined) expect(tier).toBe(names);
  }
});
