import { statSync } from "node:fs";
import { CommandError, EXIT } from "../program/exit";

/** The page takes the place of what has its name: a device or pipe would be gone, and a link to one was meant to be followed. */
export function refuseOtherThanFile(file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats === undefined || stats.isFile()) return;
  throw new CommandError(
    EXIT.USAGE,
    `--html: found ${file}, which is ${stats.isDirectory() ? "a folder" : "a device, a pipe or a socket"}, expected the name of a file, new or to be replaced`,
  );
}
