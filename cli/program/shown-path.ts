import { isAbsolute, relative, sep } from "node:path";

/** As the operator, who stands in the project's folder, would write it. What lies elsewhere keeps its whole path. */
export function shownPath(path: string, from: string = process.cwd()): string {
  const way = relative(from, path);
  if (way === "") return ".";
  return way === ".." || way.startsWith(`..${sep}`) || isAbsolute(way) ? path : way;
}
