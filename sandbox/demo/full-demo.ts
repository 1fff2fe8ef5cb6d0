import { readFileSync, writeFileSync } from "node:fs";
import { forgetSurroundings } from "../accounts/own-environment";
import { holds } from "./assertion";
import { openMigration } from "./full-demo/migration";
import { staleIn, withRecordings } from "./full-demo/recordings";
import { follow } from "./full-demo/step";
import { STEPS } from "./full-demo/steps";
import { finalStatement } from "./full-demo/steps/cut-over";
import { LOG } from "./option-list";
import { optionsOf } from "./options";
import { lastOfEachKind, shownLine } from "./shown-line";

const RUNBOOK = "docs/runbook.md";

const OPTIONS = {
  ...LOG,
  write: { type: "boolean", default: false, describe: `Put what the commands have printed into ${RUNBOOK}` },
  check: { type: "boolean", default: false, describe: `Hold what the commands have printed against ${RUNBOOK}` },
  through: { type: "number", default: STEPS.length, describe: "Number of the last step" },
} as const;

/** Follows the runbook in the sandbox. Ends with 0 only if every step held. */
async function fullDemo(parameters: string[]): Promise<void> {
  forgetSurroundings(process.env);
  const { log, write, check, through } = optionsOf("npm run demo -- full", OPTIONS, parameters);
  // `on`, not `once`: npm passes Ctrl-C on, and the second signal would kill what is cleaning up.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => process.exit(130));
  const steps = STEPS.slice(0, through);
  console.log(`${RUNBOOK}, followed from top to bottom between two AWS accounts on this machine.\n`);
  const migration = await openMigration(process.cwd());
  try {
    await follow(steps, migration, (line) => console.log(line));
    if (steps.length === STEPS.length) console.log(`\n${finalStatement(migration).join("\n")}`);
  } finally {
    const lines = migration.world.function.log.trim().split("\n").filter(Boolean);
    if (lines.length > 0) console.log(`\nThe function's log, of its ${lines.length} lines the last of each kind:`);
    for (const line of lastOfEachKind(lines)) console.log(`   ${shownLine(line, log)}`);
    await migration.close();
  }
  const page = readFileSync(RUNBOOK, "utf8");
  if (write) writeFileSync(RUNBOOK, withRecordings(page, migration.recordings));
  const stale = check ? staleIn(page, migration.recordings) : [];
  holds(
    stale.length === 0,
    `${RUNBOOK} as printed here (npm run demo -- full --write); it is not in: ${stale.join(", ")}`,
  );
  console.log("\nEvery step held.");
}

fullDemo(process.argv.slice(2)).catch((error: unknown) => {
  console.error(`\nThe demo failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
