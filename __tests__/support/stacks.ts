import { mkdirSync, mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Testing } from "cdktf";
import { parseDeployment } from "../../config/deployment";
import type { Environment } from "../../config/settings";
import { DestinationStack } from "../../stacks/destination";
import { SourceStack } from "../../stacks/source";

// biome-ignore lint/suspicious/noExplicitAny: the shape of synthesized JSON is what the tests are about.
export type Json = any;

const scratch = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A stand-in for the bundled handler: these tests are about what surrounds it. */
const ARCHIVE = Buffer.from("zip");

export interface Synthesized {
  readonly source: Json;
  readonly destination: Json;
}

/** What each environment has come to: one is synthesized once in a test file. */
const known = new Map<string, string>();

/** Synthesizes both stacks and reads them back. Validations of cdktf run unless they want a terraform binary. */
export function synthesized(env: Environment): Synthesized {
  const key = JSON.stringify(env);
  const text = known.get(key) ?? JSON.stringify(synthesize(env));
  known.set(key, text);
  return JSON.parse(text);
}

function synthesize(env: Environment): Synthesized {
  const { source, destination } = parseDeployment(env);
  const project = mkdtempSync(join(scratch, "project-"));
  const outdir = join(project, "cdktf.out");
  mkdirSync(outdir);
  // The app runs in the project's folder, and paths are relative to it.
  const cwd = jest.spyOn(process, "cwd").mockReturnValue(realpathSync(project));
  const app = Testing.app({ outdir });
  const validate = source.state.kind !== "cloud";
  const sourceStack = new SourceStack(app, "source", source);
  const destinationStack =
    destination && new DestinationStack(app, "destination", destination, { handler: ARCHIVE, token: ARCHIVE });
  cwd.mockRestore();
  return {
    source: JSON.parse(Testing.synth(sourceStack, validate)),
    destination: destinationStack && JSON.parse(Testing.synth(destinationStack, validate)),
  };
}

/** Resources of a stack without cdktf's metadata, by `type.name`. */
export function resources(stack: Json, kind: "resource" | "data" = "resource"): Record<string, Json> {
  return Object.fromEntries(
    Object.entries<Json>(stack[kind] ?? {}).flatMap(([type, byName]) =>
      Object.entries<Json>(byName).map(([name, { "//": _, ...body }]) => [`${type}.${name}`, body]),
    ),
  );
}
