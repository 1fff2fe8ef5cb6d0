import type { Context } from "../program/command";
import { EXIT, type ExitCode } from "../program/exit";
import { apply } from "./apply";
import { clean } from "./clean";
import { compareUsers } from "./compare-users";
import type { ExportWriter } from "./export-files";
import { originOf } from "./export-origin";
import { applyCommand, beginWork, type Import, type ImportOptions } from "./import-context";
import { ImportJobs } from "./import-job";
import { openRun } from "./open-run";
import { announceReading } from "./reading";
import { jobsFor, renderJobs, renderPlan } from "./report";
import { importRules, refuseImpossible } from "./rules";
import type { RowRules } from "./user-row";

const COUNT_ONLY: ExportWriter = { row: () => undefined, leftOut: () => undefined };

/** @throws {CommandError} when the pools, the account or the options do not allow it. */
export async function importRest(options: ImportOptions, context: Context): Promise<ExitCode> {
  // It needs neither of the user pools, which may be gone.
  if (options.clean) return clean(options.apply, context);
  const given = { options, ...(await beginWork(context, options.requestsPerSecond)) };
  const { places, settings } = given;
  const rules = await importRules(places, settings);
  refuseImpossible(places, settings, rules, options);
  return options.apply ? apply(given, rules) : plan(given, rules);
}

async function plan(given: Import, rules: RowRules): Promise<ExitCode> {
  const { options, context, places, folder } = given;
  const { terminal, commands } = context;
  const open = await openRun(folder, new ImportJobs(places.destination), originOf(places, rules), context.now());
  if (open.kind === "over") terminal.say(`${open.because}: --apply exports again.`);
  if (open.kind === "going_on") {
    const { state } = open.run;
    if (options.json) terminal.print(JSON.stringify({ underWay: state }, undefined, 2));
    else
      terminal.print(
        `${renderJobs(state)}\n\nThis import is under way. This goes on with it:\n${applyCommand(options, commands)}`,
      );
    return EXIT.DONE;
  }
  await announceReading(given);
  const counts = await compareUsers(given, rules, COUNT_ONLY);
  if (options.json) {
    terminal.print(JSON.stringify({ counts, jobs: jobsFor(counts, options.rowsPerJob) }, undefined, 2));
    return EXIT.DONE;
  }
  terminal.report(renderPlan(given, counts));
  terminal.say(
    `Nothing was changed, and nothing was written to the disk. ${counts.toImport === 0 ? "There is nothing to do." : `This does it:\n${applyCommand(options, commands)}`}`,
  );
  return EXIT.DONE;
}
