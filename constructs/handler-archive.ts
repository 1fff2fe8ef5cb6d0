import { createHash } from "node:crypto";
import { mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSync, formatMessagesSync, type Metafile } from "esbuild";
import { zipSync } from "fflate";

export interface HandlerArchive {
  readonly path: string;
  /** What `aws_lambda_function.source_code_hash` and Lambda's own CodeSha256 hold. */
  readonly sha256Base64: string;
  readonly sha256Hex: string;
}

export interface HandlerBundle {
  /** By file name in the zip. */
  readonly files: Readonly<Record<string, Uint8Array>>;
  /** Every file that went in, by its path from the project's root. */
  readonly metafiles: readonly Metafile[];
}

/** The oldest runtime that LAMBDA_RUNTIME accepts. */
const TARGET = "node22";

/**
 * Bundles the handler with the AWS SDK: Lambda's own copy of the SDK has no stated version and loads more slowly than a
 * bundled one (https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html). Two files: handler/entry/index.ts, which opens
 * connections, and handler/entry/main.ts, which it loads while packets are under way.
 */
export function bundleHandler(root: string): HandlerBundle {
  const entry = bundle(root, "handler/entry/index.ts", "index.mjs", "esm");
  const main = bundle(root, "handler/entry/main.ts", "main.cjs", "cjs");
  return {
    files: { "index.mjs": entry.code, "main.cjs": main.code },
    metafiles: [entry.metafile, main.metafile],
  };
}

function bundle(
  root: string,
  entryPoint: string,
  outfile: string,
  format: "esm" | "cjs",
): { code: Uint8Array; metafile: Metafile } {
  const { outputFiles, metafile, warnings } = buildSync({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outfile,
    format,
    bundle: true,
    minify: true,
    platform: "node",
    target: TARGET,
    // The SDK's ES modules can be tree-shaken; its CommonJS ones, which `main` names, cannot.
    mainFields: ["module", "main"],
    // What the SDK can do and the handler never asks for; the credential chain alone would be a third of the bundle.
    alias: {
      "@aws-sdk/credential-provider-node": join(root, "handler/aws/no-credential-chain.ts"),
      "@aws-sdk/signature-v4-multi-region": join(root, "handler/aws/no-multi-region.ts"),
      "@smithy/core/event-streams": join(root, "handler/aws/no-event-streams.ts"),
    },
    legalComments: "none",
    write: false,
    metafile: true,
    logLevel: "silent",
  });
  // What esbuild warns of, such as an import that is not there, would be found by the first user.
  if (warnings.length > 0) throw new Error(formatMessagesSync(warnings, { kind: "warning" }).join("\n"));
  const [code] = outputFiles;
  if (code === undefined) throw new Error(`esbuild made no output for ${entryPoint}`);
  return { code: code.contents, metafile };
}

/**
 * Zips so that equal code gives equal bytes on every machine: fixed time, mode and order, and a compressor in plain
 * JavaScript. Otherwise each checkout would look like a new version of the function.
 */
export function zipHandler(files: HandlerBundle["files"]): Uint8Array {
  // fflate writes the local wall clock, so this is the same in every time zone.
  const options = { level: 9, mtime: new Date(1980, 0, 1), os: 3, attrs: (0o100644 << 16) >>> 0 } as const;
  const names = Object.keys(files).sort();
  return zipSync(Object.fromEntries(names.map((name) => [name, [files[name] ?? new Uint8Array(), options]])));
}

/** What Lambda tells as CodeSha256 of the function that this checkout deploys. Nothing is written. `root` as below. */
export function handlerCodeSha256(root: string): string {
  return sha256(zipHandler(bundleHandler(root).files)).toString("base64");
}

const sha256 = (zip: Uint8Array): Buffer => createHash("sha256").update(zip).digest();

/** Bundles and zips the handler into build/handler.zip. `root` is the project's root, absolute. */
export function buildHandlerArchive(root: string): HandlerArchive {
  const zip = zipHandler(bundleHandler(root).files);
  const directory = join(root, "build");
  const path = join(directory, "handler.zip");
  mkdirSync(directory, { recursive: true });
  // In one step: a second synthesis at the same time must not read half a file.
  const unfinished = join(directory, `handler.${process.pid}.zip`);
  writeFileSync(unfinished, zip);
  renameSync(unfinished, path);
  const hash = sha256(zip);
  return { path, sha256Base64: hash.toString("base64"), sha256Hex: hash.toString("hex") };
}
