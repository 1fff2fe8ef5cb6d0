import { linkSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, extname } from "node:path";
import { syncFolder } from "../import/work-folder";
import { BufferedFile } from "../program/buffered-file";
import { CommandError, EXIT } from "../program/exit";
import { shownPath } from "../program/shown-path";
import { COLUMNS, type Format, lineOf, type MapRow } from "./map-row";
import { rowsOf } from "./scan-file";

export interface MapOptions {
  readonly out: string;
  readonly format: Format;
  /** A day in UTC, such as 2026-01-31: who came before is left out. */
  readonly since: string | undefined;
  readonly withNotMigrated: boolean;
}

export interface Written {
  /** Lines by `how`. */
  readonly lines: ReadonlyMap<string, number>;
  /** Subs of the source that several users of the destination have. */
  readonly duplicates: number;
}

/** Where the lines go of whom several users of the destination claim to have been: `ids.duplicates.csv` beside `ids.csv`. */
export const duplicatesFile = (out: string): string => {
  const end = extname(out);
  return `${end === "" ? out : out.slice(0, -end.length)}.duplicates${end}`;
};

/**
 * Writes the map, each of its files whole or not at all. One sub of the source is on one line of the map; where several users of the destination
 * have it, all of them are in the other file, and none in this one.
 *
 * @param scan The file of the reading. @param again Old subs that were read more than once.
 */
export async function writeMap(scan: string, again: ReadonlySet<string>, options: MapOptions): Promise<Written> {
  const { out, format, since, withNotMigrated } = options;
  const drafts = [`${out}.unfinished`, `${duplicatesFile(out)}.unfinished`] as const;
  // A kill may have left them; the lock says that nobody writes them now.
  const removeDrafts = (): void => {
    for (const draft of drafts) rmSync(draft, { force: true });
  };
  removeDrafts();
  const lines = new Map<string, number>();
  const isAsked = ([, , , how, when]: MapRow): boolean =>
    how === "not_migrated" ? withNotMigrated : since === undefined || when >= since;
  try {
    const map = newFile(drafts[0], format);
    const write = (row: MapRow): void => {
      if (!isAsked(row)) return;
      map.line(lineOf(row, format));
      lines.set(row[3], (lines.get(row[3]) ?? 0) + 1);
    };
    const claims = new Map<string, Map<string, MapRow>>();
    for await (const row of rowsOf(scan))
      if (row[3] !== "unknown" && again.has(row[0])) claimsOn(claims, row[0]).set(row[1], row);
      else write(row);
    const disputed: MapRow[][] = [];
    for (const rows of [...claims.values()].map((byUser) => [...byUser.values()]))
      if (rows.length === 1) rows.forEach(write);
      else if (rows.some(isAsked)) disputed.push(rows);
    map.close();
    if (disputed.length > 0) {
      const duplicates = newFile(drafts[1], format);
      for (const row of disputed.flat()) duplicates.line(lineOf(row, format));
      duplicates.close();
      publish(drafts[1], duplicatesFile(out));
    }
    publish(drafts[0], out);
    syncFolder(dirname(out));
    return { lines, duplicates: disputed.length };
  } finally {
    removeDrafts();
  }
}

function claimsOn(claims: Map<string, Map<string, MapRow>>, oldSub: string): Map<string, MapRow> {
  const found = claims.get(oldSub) ?? new Map<string, MapRow>();
  claims.set(oldSub, found);
  return found;
}

function newFile(path: string, format: Format): BufferedFile {
  const file = new BufferedFile(path);
  if (format === "csv") file.line(COLUMNS.join(","));
  return file;
}

/** Gives a whole file its name, if nobody has the name. What a kill between the two files has left is the same, byte for byte. */
function publish(draft: string, file: string): void {
  try {
    linkSync(draft, file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const isThere = statSync(file, { throwIfNoEntry: false }) !== undefined;
    if (isThere && readFileSync(file).equals(readFileSync(draft))) return;
    if (isThere) throw taken(file);
    if (code === "EEXIST") throw error;
    // Not every file system has hard links.
    renameSync(draft, file);
  }
}

export const taken = (file: string): CommandError =>
  new CommandError(
    EXIT.USAGE,
    `--out: found ${shownPath(file)} there already, expected a name that is free. Nothing is overwritten: name another file, or move this one away.`,
  );
