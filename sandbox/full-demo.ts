import { readFileSync, writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { holds } from "./claim";
import { openMigration } from "./full-demo/migration";
import { staleIn, withRecordings } from "./full-demo/recordings";
import { follow } from "./full-demo/step";
import { STEPS } from "./full-demo/steps";
import { finalStatement } from "./full-demo/steps/cut-over";
import { forgetSurroundings } from "./own-environment";

const RUNBOOK = "docs/runbook.md";

const OPTIONS = {
  /** Puts what the commands have printed into the runbook. */
  write: { type: "boolean", default: false },
  /** Holds what the commands have printed against the runbook. */
  check: { type: "boolean", default: false },
  /** Number of the last step. */
  through: { type: "string", default: String(STEPS.length) },
} as const;

/** Follows the runbook in the sandbox. Ends with 0 only if every step held. */
async function fullDemo(parameters: string[]): Promise<void> {
  forgetSurroundings(process.env);
  const { values } = parseArgs({ args: parameters, options: OPTIONS });
  // `on`, not `once`: npm passes Ctrl-C on, and the second signal would kill what is cleaning up.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
  const steps = STEPS.slice(0, Number(values.through));
  console.log(`${RUNBOOK}, followed from top to bottom between two AWS accounts on this machine.\n`);
  const migration = await openMigration(process.cwd());
  try {
    await follow(steps, migration, (line) => console.log(line));
    if (steps.length === STEPS.length) console.log(`\n${finalStatement(migration).join("\n")}`);
  } finally {
    await migration.close();
  }
  const page = readFileSync(RUNBOOK, "utf8");
  if (values.write) writeFileSync(RUNBOOK, withRecordings(page, migration.recordings));
  const stale = values.check ? staleIn(page, migration.recordings) : [];
  holds(
    stale.length === 0,
    `${RUNBOOK} as printed here (npm run demo:full -- --write); it is not in: ${stale.join(", ")}`,
  );
  console.log("\nEvery step held.");
}

fullDemo(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`\nThe demo failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
