import { createReadStream, statSync, truncateSync } from "node:fs";
import { createInterface } from "node:readline";
import { type InferOutput, nullable, number, object, picklist, record, string } from "valibot";
import { parseJson } from "../../config/json-text";
import { BufferedFile } from "../program/buffered-file";
import { jsonLine, type MapRow, mapRow } from "./map-row";

const headSchema = object({ began: string(), origin: record(string(), string()) });
type Head = InferOutput<typeof headSchema>;
/** What a reading was begun with: one that was begun with something else is not gone on with. */
export type Origin = Readonly<Head["origin"]>;

const countsSchema = object({
  destination: number(),
  source: number(),
  /** Users whose stamp proves nothing. */
  voidStamps: number(),
  /** Users whose stamp verifies, and whose carried sub says something else. */
  contradictions: number(),
  /** Users of the destination who are not known to have come. */
  strangers: number(),
});
export type Counts = Readonly<InferOutput<typeof countsSchema>>;

/** Up to where both pools have been read. */
const markSchema = object({
  side: picklist(["destination", "source"]),
  /** Where the next page is; null after the last one. */
  next: nullable(string()),
  counts: countsSchema,
});
export type Mark = Readonly<InferOutput<typeof markSchema>>;

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
    let head: Head | undefined;
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
