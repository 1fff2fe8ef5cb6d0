import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { TerraformStack } from "cdktf";
// Of the library alone, says its docstring, and in no index: there is no other way to write a file when, and only when, the stack is written.
import { addCustomSynthesis } from "cdktf/lib/synthesize/synthesizer";
import { Construct } from "constructs";

/**
 * A function's zip, beside the stack that names it, at the path that cdktf's own asset would have. That one reads the file a second time
 * to copy it, and a build may have replaced it since it was hashed.
 */
export class HandlerAsset extends Construct {
  /** From the folder of cdk.tf.json on. */
  readonly path: string;
  /** What `aws_lambda_function.source_code_hash` and Lambda's own CodeSha256 hold. */
  readonly sha256Base64: string;

  constructor(scope: Construct, id: string, archive: Uint8Array, fileName = "handler.zip") {
    super(scope, id);
    const stack = TerraformStack.of(this);
    const hash = createHash("sha256").update(archive).digest();
    const folder = posix.join("assets", stack.getLogicalId(this.node));
    this.sha256Base64 = hash.toString("base64");
    this.path = posix.join(folder, hash.toString("hex").slice(0, 32), fileName);
    addCustomSynthesis(this, {
      onSynthesize: ({ manifest }) => {
        const beside = dirname(join(manifest.outdir, manifest.forStack(stack).synthesizedStackPath));
        // What an earlier synthesis has left.
        rmSync(join(beside, folder), { recursive: true, force: true });
        mkdirSync(dirname(join(beside, this.path)), { recursive: true });
        writeFileSync(join(beside, this.path), archive);
      },
    });
  }
}
