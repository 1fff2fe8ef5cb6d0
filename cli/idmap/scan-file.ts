import { createReadStream, statSync, truncateSync } from "node:fs";
import { createInterface } from "node:readline";
import { literal, nullable, number, object, record, string, union } from "valibot";
import { parseJson } from "../../config/json-text";
import { BufferedFile } from "../program/buffered-file";
import { jsonLine, type MapRow, mapRow } from "./map-row";

/** What a reading was begun with: one that was begun with something else is not gone on with. */
export type Origin = Readonly<Record<string, string>>;
const headSchema = object({ began: string(), origin: record(string(), string()) });

export interface Counts {
  readonly destination: number;
  readonly source: number;
  /** Users whose stamp proves nothing. */
  readonly voidStamps: number;
  /** Users whose stamp verifies, and whose carried sub says something else. */
  readonly contradictions: number;
  /** Users of the destination who are not known to have come. */
  readonly strangers: number;
}

/** Up to where both pools have been read. */
export interface Mark {
  readonly side: "destination" | "source";
  /** Where the next page is; null after the last one. */
  readonly next: string | null;
  readonly counts: Counts;
}
const markSchema = object({
  side: union([literal("destination"), literal("source")]),
  next: nullable(string()),
  counts: object({
    destination: number(),
    source: number(),
    voidStamps: number(),
    contradictions: number(),
    strangers: number(),
  }),
});

/**
 * Lines of the map as they were read, and after each page a mark that says where the next one is. A line that a kill has torn, and what follows
 * the last mark, counts for nothing and is read again.
 */
export class ScanFile {
  private readonly file: BufferedFile;

  private constructor(
    path: string,
    readonly began: string,
    isNew: boolean,
  ) {
    this.file = new BufferedFile(path, isNew ? "wx" : "a");
  }

  static begin(path: string, began: string, origin: Origin): ScanFile {
    const scan = new ScanFile(path, began, true);
    scan.file.line(jsonLine({ began, origin }));
    return scan;
  }

  /** @param onRow Is given every line that was read before. @returns undefined where nothing is to be gone on with. */
  static async goOn(
    path: string,
    isWorthIt: (began: string, origin: Origin) => boolean,
    onRow: (row: MapRow) => void,
  ): Promise<{ readonly scan: ScanFile; readonly mark: Mark | undefined } | undefined> {
    const { size } = statSync(path);
    let head: { readonly began: string; readonly origin: Origin } | undefined;
    let mark: Mark | undefined;
    let at = 0;
    let whole = 0;
    let rows: MapRow[] = [];
    for await (const line of linesOf(path)) {
      at += Buffer.byteLength(line) + 1;
      if (at > size) break;
      if (head === undefined) {
        const parsed = parseJson(headSchema, line);
        if ("found" in parsed || !isWorthIt(parsed.value.began, parsed.value.origin)) return undefined;
        head = parsed.value;
        whole = at;
        continue;
      }
      const entry = entryIn(line);
      if (entry === undefined) break;
      if ("side" in entry) {
        for (const row of rows) onRow(row);
        rows = [];
        mark = entry;
        whole = at;
      } else rows.push(entry);
    }
    if (head === undefined) return undefined;
    truncateSync(path, whole);
    return { scan: new ScanFile(path, head.began, false), mark };
  }

  page(rows: readonly MapRow[], mark: Mark): void {
    for (const row of rows) this.file.line(jsonLine(row));
    this.file.line(jsonLine(mark));
    this.file.flush();
  }

  /** Everything is on the disk when this returns. */
  close(): void {
    this.file.close();
  }
}

/** Every line of the map that was read, in order. */
export async function* rowsOf(path: string): AsyncGenerator<MapRow> {
  for await (const line of linesOf(path)) if (line.startsWith("[")) yield JSON.parse(line) as MapRow;
}

const linesOf = (path: string): AsyncIterable<string> =>
  createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });

function entryIn(line: string): MapRow | Mark | undefined {
  const parsed = line.startsWith("[") ? parseJson(mapRow, line) : parseJson(markSchema, line);
  return "found" in parsed ? undefined : parsed.value;
}
