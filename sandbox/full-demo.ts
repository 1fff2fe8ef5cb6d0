import { readFileSync, writeFileSync } from "node:fs";
import { holds } from "./claim";
import { openMigration } from "./full-demo/migration";
import { staleIn, withRecordings } from "./full-demo/recordings";
import { follow } from "./full-demo/step";
import { STEPS } from "./full-demo/steps";
import { finalStatement } from "./full-demo/steps/cut-over";

const RUNBOOK = "docs/runbook.md";

/**
 * Follows the runbook in the sandbox. Ends with 0 only if every step held. `--write` puts what the commands have printed into the
 * runbook, `--check` holds it against what stands there.
 */
async function fullDemo(options: readonly string[]): Promise<void> {
  const foreign = options.filter((option) => !["--write", "--check"].includes(option));
  holds(foreign.length === 0, `--write, --check or nothing, not ${foreign.join(" ")}`);
  // `on`, not `once`: npm passes Ctrl-C on, and the second signal would kill what is cleaning up.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
  console.log(`${RUNBOOK}, followed from top to bottom between two AWS accounts on this machine.\n`);
  const migration = await openMigration(process.cwd());
  try {
    await follow(STEPS, migration, (line) => console.log(line));
    console.log(`\n${finalStatement(migration).join("\n")}`);
  } finally {
    await migration.close();
  }
  const page = readFileSync(RUNBOOK, "utf8");
  if (options.includes("--write")) writeFileSync(RUNBOOK, withRecordings(page, migration.recordings));
  if (options.includes("--check")) {
    const stale = staleIn(page, migration.recordings);
    holds(
      stale.length === 0,
      `${RUNBOOK} with what was printed here (npm run demo:full -- --write), not another ${stale}`,
    );
  }
  console.log("\nEvery step held.");
}

fullDemo(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`\nThe demo failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
