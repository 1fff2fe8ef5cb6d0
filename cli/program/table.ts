import Table from "cli-table3";
import { visible } from "../../config/visible";

/** Rows under a header, aligned, without lines: they can be read, copied and cut. @param rows As many cells as `head`. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const isNumber = (column: number): boolean => rows.length > 0 && rows.every((row) => typeof row[column] === "number");
  const drawn = new Table({
    head: [...head],
    chars: NO_LINES,
    colAligns: head.map((_, column) => (isNumber(column) ? "right" : "left")),
    style: { head: [], border: [], "padding-left": 0, "padding-right": 2 },
  });
  drawn.push(
    ...rows.map((row) => row.map((cell) => (typeof cell === "number" ? cell.toLocaleString("en-US") : visible(cell)))),
  );
  return drawn
    .toString()
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}

const LINES =
  "top top-mid top-left top-right bottom bottom-mid bottom-left bottom-right left left-mid mid mid-mid right right-mid middle";
const NO_LINES = Object.fromEntries(LINES.split(" ").map((name) => [name, ""]));
