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
import { endOnSignal } from "./signals";
import { terminal } from "./terminal";

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
  endOnSignal();
  const steps = STEPS.slice(0, through);
  terminal.print(`${RUNBOOK}, followed from top to bottom between two AWS accounts on this machine.\n`);
  const migration = await openMigration(process.cwd());
  try {
    await follow(steps, migration, (line) => terminal.print(line));
    if (steps.length === STEPS.length) terminal.print(`\n${finalStatement(migration).join("\n")}`);
  } finally {
    const lines = migration.world.function.log.trim().split("\n").filter(Boolean);
    if (lines.length > 0) terminal.print(`\nThe function's log, of its ${lines.length} lines the last of each kind:`);
    for (const line of lastOfEachKind(lines)) terminal.print(`   ${shownLine(line, log)}`);
    await migration.close();
  }
  const page = readFileSync(RUNBOOK, "utf8");
  if (write) writeFileSync(RUNBOOK, withRecordings(page, migration.recordings));
  const stale = check ? staleIn(page, migration.recordings) : [];
  holds(
    stale.length === 0,
    `${RUNBOOK} as printed here (npm run demo -- full --write); it is not in: ${stale.join(", ")}`,
  );
  terminal.print("\nEvery step held.");
}

fullDemo(process.argv.slice(2)).catch((error: unknown) => {
  terminal.say(`\nThe demo failed. ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
});
