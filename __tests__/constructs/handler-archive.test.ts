import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformOutput, TerraformStack } from "cdktf";
import { readHandlerArchive } from "../../constructs/handler-archive";
import { HandlerAsset } from "../../constructs/handler-asset";

const directory = mkdtempSync(join(tmpdir(), "cognito-migration-test-"));
afterAll(() => rmSync(directory, { recursive: true }));

const zip = join(directory, "handler.zip");
const outdir = join(directory, "out");

/** Has a build put other code there between the moment in which the stack is made, and the one in which it is written. */
function synthesized(before: string, after: string): string {
  writeFileSync(zip, before);
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "stack");
  const asset = new HandlerAsset(stack, "handler", readHandlerArchive(zip, "npm run build"));
  new TerraformOutput(stack, "hash", { value: asset.sha256Base64 });
  writeFileSync(zip, after);
  app.synth();
  return asset.path;
}

test("what was hashed is what is deployed, whatever is built meanwhile", () => {
  const path = synthesized("abc", "of another build");
  // https://csrc.nist.gov/projects/cryptographic-standards-and-guidelines/example-values
  expect(path).toBe("assets/handler/ba7816bf8f01cfea414140de5dae2223/handler.zip");
  expect(readFileSync(join(outdir, "stacks/stack", path), "utf8")).toBe("abc");
  const stack = JSON.parse(readFileSync(join(outdir, "stacks/stack/cdk.tf.json"), "utf8"));
  expect(stack.output.hash.value).toBe("ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
});

test("what an earlier synthesis has left there is taken away", () => {
  const first = synthesized("abc", "abc");
  const second = synthesized("of another build", "of another build");
  expect(second).not.toBe(first);
  expect(readdirSync(join(outdir, "stacks/stack/assets/handler"))).toEqual([second.split("/")[2]]);
});

test("a zip that is not there is said with what makes it", () => {
  const path = join(directory, "dist/handler.zip");
  expect(() => readHandlerArchive(path, "npm run build")).toThrow(
    `${path}: found no zip of the function, expected the one that npm run build makes. Run npm run build.`,
  );
});
