import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";

export interface HandlerArchive {
  readonly path: string;
  /** What `aws_lambda_function.source_code_hash` and Lambda's own CodeSha256 hold. */
  readonly sha256Base64: string;
  readonly sha256Hex: string;
}

/** There is no zip to deploy. The message is for people and complete. */
export class NoHandlerArchive extends Error {
  override readonly name = "NoHandlerArchive";

  constructor(path: string, build: string) {
    super(`${path}: found no zip of the function, expected the one that ${build} makes. Run ${build}.`);
  }
}

/**
 * Reads the zip that build.mjs has made.
 *
 * @param build The command that makes it.
 * @throws {NoHandlerArchive}
 */
export function readHandlerArchive(path: string, build: string): HandlerArchive {
  if (!existsSync(path)) throw new NoHandlerArchive(path, build);
  const hash = createHash("sha256").update(readFileSync(path)).digest();
  return { path, sha256Base64: hash.toString("base64"), sha256Hex: hash.toString("hex") };
}
