import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { invoke, packagedFunction, signInEvent } from "../support/packaged-function";
import { type ScriptedAws, scriptedAws } from "../support/scripted-aws";
import { healthy } from "../support/source-user";

let aws: ScriptedAws;
let scratch: string;

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
  aws = await scriptedAws();
  aws.answers = healthy();
});

afterEach(async () => {
  await aws.close();
  rmSync(scratch, { recursive: true, force: true });
});

/** Told to Node.js: says in the log which of its lazy globals is read for the first time, and by whose line. */
function telling(globals: readonly string[]): Record<string, string> {
  const path = join(scratch, "tell.cjs");
  writeFileSync(
    path,
    `for (const name of ${JSON.stringify(globals)}) {
      const lazy = Object.getOwnPropertyDescriptor(globalThis, name);
      Object.defineProperty(globalThis, name, { configurable: true, get() {
        process.stderr.write("loaded " + name + new Error().stack.split("\\n").slice(2, 3) + "\\n");
        Object.defineProperty(globalThis, name, lazy);
        return globalThis[name];
      } });
    }`,
  );
  return { NODE_OPTIONS: `--require ${path}` };
}

test("a cold start and a sign-in load nothing of Node.js for web streams, which an answer of AWS never is", async () => {
  const fn = packagedFunction(aws.url, telling(["ReadableStream", "performance"]));
  try {
    const { line } = await invoke(fn, signInEvent());
    expect(line["outcome"]).toBe("migrated");
    // The clock is needed, so whatever is read is seen.
    expect(fn.log).toContain("loaded performance");
    expect(fn.log).not.toContain("loaded ReadableStream");
  } finally {
    await fn.stop();
  }
});
