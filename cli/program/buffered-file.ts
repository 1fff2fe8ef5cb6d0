import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";

/** Bytes that are collected before they are written. */
const BUFFER_SIZE = 256 * 1024;

/** A text file of the operator's alone (mode 0600), written in large pieces. */
export class BufferedFile {
  /** Written here, or about to be. */
  bytes = 0;
  private readonly descriptor: number;
  private pending: string[] = [];
  private pendingBytes = 0;

  /** @param flag `wx` for a new file, `a` to go on with one. */
  constructor(path: string, flag: "wx" | "a" = "wx") {
    this.descriptor = openSync(path, flag, 0o600);
  }

  line(text: string): void {
    const bytes = Buffer.byteLength(text) + 1;
    this.bytes += bytes;
    this.pendingBytes += bytes;
    this.pending.push(text);
    if (this.pendingBytes >= BUFFER_SIZE) this.flush();
  }

  /** All of it is on the disk when this returns. */
  close(): void {
    this.flush();
    fsyncSync(this.descriptor);
    closeSync(this.descriptor);
  }

  /** Hands everything to the system: a kill loses nothing of it. */
  flush(): void {
    if (this.pending.length === 0) return;
    const bytes = Buffer.from(`${this.pending.join("\n")}\n`);
    for (let at = 0; at < bytes.length; ) at += writeSync(this.descriptor, bytes, at);
    this.pending = [];
    this.pendingBytes = 0;
  }
}
