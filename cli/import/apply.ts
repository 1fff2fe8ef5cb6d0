import { rmSync } from "node:fs";
import { CommandError, EXIT, type ExitCode, Interrupted } from "../exit";
import { MAX_FILE_BYTES } from "./csv";
import { ExportFiles } from "./export-files";
import { applyGroups, planGroups } from "./groups";
import type { Import } from "./import";
import { Journal } from "./journal";
import { endRun, resumedRun, stateOf } from "./open-run";
import { isFullSuccess } from "./plan";
import { renderPlan, report } from "./report";
import type { ImportRules } from "./rules";
import { runJobs } from "./run-jobs";
import type { RunState } from "./run-state";
import { survey } from "./survey";
import { journalFile, type Run, syncFolder } from "./work-folder";

/**
 * Exports, imports, restores groups and reports, from wherever an import stands.
 *
 * @throws {Interrupted} saying how to go on.
 */
export async function apply(given: Import, rules: ImportRules): Promise<ExitCode> {
  const { options, context, folder, places } = given;
  if (options.logsRoleArn === undefined)
    context.terminal.say("There is no --logs-role-arn: users are exported, and the export waits for it.");
  const unlock = folder.lock();
  try {
    const run = resumedRun(folder, context) ?? (await exported(given, rules));
    const state = await imported(given, run);
    if (options.groups) await applyGroups(given, await planGroups(given));
    report(given, run, state);
    return isFullSuccess(state.parts.map(({ result }) => result)) ? EXIT.DONE : EXIT.CHECKS_FAILED;
  } catch (error) {
    if (!context.signal.aborted || error instanceof CommandError) throw error;
    const job = folder
      .runs()
      .at(-1)
      ?.state.parts.find(({ jobId, result }) => jobId !== undefined && result === undefined);
    throw new Interrupted(
      job === undefined
        ? "Stopped. Run the same command again: it goes on where it stands."
        : `Stopped watching. Job ${job.jobId} goes on at AWS; run the same command again to see how it ends. To end it instead:\n` +
            `aws cognito-idp stop-user-import-job --user-pool-id ${places.destination.side.userPoolId} --job-id ${job.jobId}`,
    );
  } finally {
    unlock();
  }
}

/** Writes the files of a new run. Until the journal says that they are all there, they are worth nothing. */
async function exported(given: Import, rules: ImportRules): Promise<Run> {
  const { options, context, folder } = given;
  const run = folder.newRun(context.now());
  try {
    const files = new ExportFiles(run.directory, rules.row.header, { rows: options.rowsPerJob, bytes: MAX_FILE_BYTES });
    const counts = await survey(given, rules, files);
    const parts = files.close();
    const journal = new Journal(journalFile(run.directory));
    journal.append({ event: "exported", at: context.now().toISOString(), counts, parts });
    journal.close();
    syncFolder(run.directory);
    syncFolder(folder.directory);
  } catch (error) {
    rmSync(run.directory, { recursive: true, force: true });
    throw error;
  }
  return folder.runs().find(({ name }) => name === run.name) ?? run;
}

async function imported(given: Import, run: Run): Promise<RunState> {
  const { options, context, places, folder } = given;
  const { exported: exportedState, parts } = run.state;
  if (exportedState !== undefined) context.terminal.say(renderPlan(given, exportedState.counts, undefined));
  if (parts.length > 0) {
    const { logsRoleArn } = options;
    if (logsRoleArn === undefined)
      throw new CommandError(
        EXIT.USAGE,
        "--logs-role-arn is missing: Cognito writes the log of an import job with a role of the destination account. " +
          "docs/cli.md has its policy. The export is ready and waits.",
      );
    const journal = new Journal(journalFile(run.directory));
    try {
      await runJobs({ context, destination: places.destination, run, journal, logsRoleArn });
    } finally {
      journal.close();
    }
  }
  const state = stateOf(folder, run);
  const succeeded = state.parts.every(({ result }) => result?.status === "Succeeded");
  endRun(run, succeeded ? "done" : "job_not_succeeded", context.now());
  return state;
}
