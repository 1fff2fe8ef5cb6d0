import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SEED, simulateMonth } from "../../__tests__/constructs/month/simulated-month";
import { synthesize } from "../../sandbox/accounts/synthesize";
import { picture, SETTINGS } from "../../__tests__/constructs/month/watch-month";

async function main(): Promise<void> {
  const outdir = mkdtempSync(join(tmpdir(), "cognito-migration-"));
  try {
    await synthesize(process.cwd(), outdir, SETTINGS);
    const { resource } = JSON.parse(readFileSync(join(outdir, "stacks/destination/cdk.tf.json"), "utf8"));
    writeFileSync("docs/dashboard.svg", picture(resource, simulateMonth(SEED)));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

void main();
