import { visible } from "../../config/visible";
import { BufferedFile } from "../program/buffered-file";
import { csvLine, MAX_FILE_BYTES, MAX_ROWS } from "./csv";
import { csvFile, leftOutFile, usersFile } from "./run-files";
import type { Part } from "./run-state";
import type { LeftOut } from "./user-row";
import { syncFolder } from "./work-folder";

/** Where the sorted users go. The plan only counts them. */
export interface ExportWriter {
  row(user: ExportedUser): void;
  leftOut(username: string, left: LeftOut): void;
}

export interface ExportedUser {
  readonly line: string;
  /** Of the source. */
  readonly username: string;
  readonly sub: string;
  readonly usernameAtDestination: string;
}

/** Writes the CSV files of as many import jobs as are needed. All files have mode 0600. */
export class ExportFiles implements ExportWriter {
  private readonly done: Part[] = [];
  private readonly head: string;
  private readonly left: BufferedFile;
  private csv: BufferedFile | undefined;
  private users: BufferedFile | undefined;
  private rows = 0;

  constructor(
    private readonly directory: string,
    header: readonly string[],
    private readonly limits = { rows: MAX_ROWS, bytes: MAX_FILE_BYTES },
  ) {
    this.head = csvLine(header);
    this.left = new BufferedFile(leftOutFile(directory));
  }

  row({ line, username, sub, usernameAtDestination }: ExportedUser): void {
    const bytes = Buffer.byteLength(line) + 1;
    if (this.csv && (this.rows === this.limits.rows || this.csv.bytes + bytes > this.limits.bytes)) this.endPart();
    if (this.csv === undefined) {
      this.csv = new BufferedFile(csvFile(this.directory, this.done.length));
      this.users = new BufferedFile(usersFile(this.directory, this.done.length));
      this.csv.line(this.head);
    }
    this.csv.line(line);
    this.users?.line(jsonLine([username, sub, usernameAtDestination]));
    this.rows += 1;
  }

  leftOut(username: string, { reason, detail }: LeftOut): void {
    this.left.line(jsonLine({ username, reason, ...(detail === undefined ? {} : { detail }) }));
  }

  /** Everything is on the disk when this returns. */
  close(): Part[] {
    this.endPart();
    this.left.close();
    syncFolder(this.directory);
    return this.done;
  }

  private endPart(): void {
    if (this.csv === undefined) return;
    this.done.push({ rows: this.rows, bytes: this.csv.bytes });
    this.csv.close();
    this.users?.close();
    this.csv = undefined;
    this.users = undefined;
    this.rows = 0;
  }
}

/** On one line, whatever reads it: U+2028 and its like end one for some. Nothing in it steers a terminal. */
const jsonLine = (json: object): string => visible(JSON.stringify(json));
