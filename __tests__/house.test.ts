import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { preProcessFile } from "typescript";
import { ROOT } from "./support/program";

/** The folders of the house. Files at the top wire them, and examples are read by nobody. */
const FOLDERS = ["rules", "config", "handler", "constructs", "library", "stacks", "cli", "sandbox", "dev"];

const FILES = FOLDERS.flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .map((name) => `${folder}/${name}`),
);

/** What each file imports of the project, types included. */
const IMPORTS: ReadonlyMap<string, readonly string[]> = new Map(
  FILES.map((file) => [
    file,
    preProcessFile(readFileSync(join(ROOT, file), "utf8"), true, true).importedFiles.flatMap(({ fileName }) => {
      const path = normalize(join(dirname(file), fileName));
      return fileName.startsWith(".") && FILES.includes(`${path}.ts`) ? [`${path}.ts`] : [];
    }),
  ]),
);

/** The first way found from something back to itself. */
function circleIn(graph: ReadonlyMap<string, Iterable<string>>): string | undefined {
  const done = new Set<string>();
  const follow = (node: string, path: readonly string[]): string | undefined => {
    if (path.includes(node)) return [...path.slice(path.indexOf(node)), node].join(" -> ");
    if (done.has(node)) return undefined;
    for (const next of graph.get(node) ?? []) {
      const circle = follow(next, [...path, node]);
      if (circle !== undefined) return circle;
    }
    done.add(node);
    return undefined;
  };
  for (const node of graph.keys()) {
    const circle = follow(node, []);
    if (circle !== undefined) return circle;
  }
  return undefined;
}

/** Folders of the first level, or of the first two; a folder and what lies in it are one house. */
function folders(levels: 1 | 2): Map<string, Set<string>> {
  const folderOf = (file: string): string => dirname(file).split("/").slice(0, levels).join("/");
  const graph = new Map<string, Set<string>>();
  for (const [file, imported] of IMPORTS)
    for (const other of imported) {
      const [from, to] = [folderOf(file), folderOf(other)];
      if (from === to || from.startsWith(`${to}/`) || to.startsWith(`${from}/`)) continue;
      graph.set(from, (graph.get(from) ?? new Set()).add(to));
    }
  return graph;
}

test("every file is read", () => {
  expect(FILES.length).toBeGreaterThan(400);
  expect([...IMPORTS.values()].flat().length).toBeGreaterThan(1000);
});

test("no file imports itself by way of others, not even a type", () => {
  expect(circleIn(IMPORTS)).toBeUndefined();
});

test.each([1, 2] as const)("no folder imports itself by way of others: %d level(s)", (levels) => {
  expect(circleIn(folders(levels))).toBeUndefined();
});

test("circles are found", () => {
  const graph = (...arrows: [string, string[]][]) => new Map(arrows);
  expect(circleIn(graph(["a", ["b"]], ["b", ["c"]], ["c", ["b"]]))).toBe("b -> c -> b");
  expect(circleIn(graph(["a", ["b", "c"]], ["b", ["d"]], ["c", ["d"]], ["d", []]))).toBeUndefined();
});

/** Of the project's own, what a folder may import. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  rules: [],
  config: ["rules"],
  handler: ["rules", "config"],
  constructs: ["rules"],
  library: ["rules", "config", "constructs"],
  stacks: ["rules", "config", "constructs"],
  cli: ["rules", "config"],
};

test.each(Object.entries(MAY_IMPORT))("%s imports what it may", (folder, allowed) => {
  const imported = [...(folders(1).get(folder) ?? [])].filter((other) => !allowed.includes(other));
  expect(imported).toEqual([]);
});
