import { existsSync, readFileSync } from "node:fs";

/** There is no zip to deploy. The message is for people and complete. */
export class NoHandlerArchive extends Error {
  override readonly name = "NoHandlerArchive";

  constructor(path: string, build: string) {
    super(`${path}: found no zip of the function, expected the one that ${build} makes. Run ${build}.`);
  }
}

/** Reads the zip that the command `build` makes, once: a build meanwhile puts another under its name. @throws {NoHandlerArchive} */
export function readHandlerArchive(path: string, build: string): Uint8Array {
  if (!existsSync(path)) throw new NoHandlerArchive(path, build);
  return readFileSync(path);
}
