import { explainAwsError } from "../aws/explain-aws-error";
import { exitCodeOf } from "../pools/exit-code-of";
import { awsCli } from "../pools/sides";
import { CommandError, EXIT, type ExitCode, Interrupted } from "../program/exit";
import { compareUsers } from "./compare-users";
import { MAX_FILE_BYTES } from "./csv";
import { ExportFiles } from "./export-files";
import { originOf } from "./export-origin";
import type { Import } from "./import-context";
import { ExportTooOld } from "./job-of-part";
import { appendStep } from "./journal";
import { endRun, openJobOf, openRun, resumedRun, tooOld } from "./open-run";
import { announceFiles, announceReading } from "./reading";
import { isFullSuccess, renderJobs, renderPlan, report } from "./report";
import { removeRun } from "./run-files";
import { runJobs } from "./run-jobs";
import type { RunState } from "./run-state";
import type { RowRules } from "./user-row";
import { type Run, syncFolder } from "./work-folder";

/** Exports, imports and reports, from wherever an import stands. @throws {Interrupted} saying how to go on. */
export async function apply(given: Import, rules: RowRules): Promise<ExitCode> {
  const { context, folder, places } = given;
  const unlock = folder.lock();
  try {
    const { run, state } = await broughtToItsEnd(given, rules);
    report(given, run, state);
    return isFullSuccess(state) ? EXIT.DONE : EXIT.CHECKS_FAILED;
  } catch (error) {
    if (error instanceof CommandError) throw error;
    const last = folder.runs().at(-1)?.state;
    const explained = context.signal.aborted ? undefined : explainAwsError(error);
    if (explained !== undefined)
      throw new CommandError(exitCodeOf(error), `${explained}\n${whatIsKept(last)}`, { cause: error });
    if (!context.signal.aborted) throw error;
    const jobId = last && openJobOf(last);
    const { side } = places.destination;
    throw new Interrupted(
      jobId === undefined
        ? "Stopped. Run the same command again: it continues where it was."
        : `Stopped watching. Job ${jobId} goes on at AWS; run the same command again to see how it ends. To end it instead:\n` +
            awsCli(side, "cognito-idp", "stop-user-import-job", "--user-pool-id", side.userPoolId, "--job-id", jobId),
    );
  } finally {
    unlock();
  }
}

function whatIsKept(last: RunState | undefined): string {
  const goesOn = "Run the same command again: it continues where it was.";
  const jobId = last && openJobOf(last);
  if (jobId !== undefined) return `Job ${jobId} may go on at AWS, and what was exported is kept. ${goesOn}`;
  if (last?.exported !== undefined && last.ended === undefined) return `What was exported is kept. ${goesOn}`;
  return "What was read is not kept, and no job has begun with it. Run the same command again: it compares both user pools again.";
}

/** An export that has become too old is followed by another one, which has whoever is missing by then. */
async function broughtToItsEnd(given: Import, rules: RowRules): Promise<{ run: Run; state: RunState }> {
  for (;;) {
    const resumed = await resumedRun(given, await openRun(given, rules));
    const run = resumed ?? (await exported(given, rules));
    const state = await imported(given, run);
    if (state.ended !== "too_old") return { run, state };
    if (resumed === undefined && state.parts.every(({ attempts }) => attempts === 0))
      throw new CommandError(
        EXIT.CHECKS_FAILED,
        "Reading both user pools took longer than a day, and nobody may be imported from what is older. Read faster (--requests-per-second).",
      );
  }
}

/** Writes the files of a new run. Until the journal says that they are all there, they are worth nothing. */
async function exported(given: Import, rules: RowRules): Promise<Run> {
  const { options, context, folder } = given;
  await announceReading(given);
  const began = context.now();
  const run = folder.newRun(began);
  try {
    announceFiles(given, run.directory);
    const files = new ExportFiles(run.directory, rules.header, { rows: options.rowsPerJob, bytes: MAX_FILE_BYTES });
    const counts = await compareUsers(given, rules, files);
    const parts = files.close();
    const origin = originOf(given.places, rules);
    appendStep(run.directory, { event: "exported", at: began.toISOString(), origin, counts, parts });
    syncFolder(run.directory);
    syncFolder(folder.directory);
  } catch (error) {
    removeRun(run.directory);
    throw error;
  }
  return folder.run(run.name);
}

async function imported(given: Import, run: Run): Promise<RunState> {
  const { options, context, places, folder } = given;
  const { exported: exportedState, parts } = run.state;
  if (exportedState !== undefined) context.terminal.say(renderPlan(given, exportedState.counts));
  if (parts.length > 0) {
    const { logsRoleArn } = options;
    if (logsRoleArn === undefined) throw new Error("there is a role, or the command would have refused");
    try {
      await runJobs({ context, destination: places.destination, run, logsRoleArn });
    } catch (error) {
      if (!(error instanceof ExportTooOld)) throw error;
      const { state } = folder.run(run.name);
      context.terminal.say(`${tooOld(state.exported?.at ?? "")}: the missing users are exported again.`);
      if (state.parts.some(({ result }) => result !== undefined)) context.terminal.say(renderJobs(state));
      endRun(run, "too_old", context.now());
      return folder.run(run.name).state;
    }
  }
  const { state } = folder.run(run.name);
  const succeeded = state.parts.every(({ result }) => result?.status === "Succeeded");
  endRun(run, succeeded ? "done" : "job_not_succeeded", context.now());
  return state;
}
