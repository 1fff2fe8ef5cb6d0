import type { UserImportJobType } from "@aws-sdk/client-cognito-identity-provider";
import { isActive } from "../aws/import-jobs";
import { CommandError, EXIT } from "../program/exit";
import { shownPath } from "../program/shown-path";
import { differencesOf, originOf } from "./export-origin";
import type { Work } from "./import-context";
import { hasStarted, ImportJobs } from "./import-job";
import { appendStep } from "./journal";
import { removeRun } from "./run-files";
import { writeDown } from "./run-jobs";
import { type EndReason, isTooOld, type RunState } from "./run-state";
import type { RowRules } from "./user-row";
import type { Run } from "./work-folder";

/** What the last run is worth. */
export type OpenRun =
  | { readonly kind: "none" }
  | { readonly kind: "going_on"; readonly run: Run }
  /** It has not come to its end and is not gone on with. `job` has ended, and what it did is not written down yet. */
  | {
      readonly kind: "over";
      readonly run: Run;
      readonly why: EndReason;
      readonly because: string;
      readonly job?: UserImportJobType;
    };

/**
 * Finds the run that is not at its end. A job that has started is followed whatever its age. One that is only made has imported
 * nobody: it is no reason to import from an old file, or by other rules. The journal names a job before it is started, so one
 * without an id never was.
 *
 * @throws {CommandError} CHECKS_FAILED while a job runs that was made under other settings.
 */
export async function openRun({ folder, places, context }: Work, rules: RowRules): Promise<OpenRun> {
  const run = folder.runs().at(-1);
  if (run?.state.exported === undefined || run.state.ended !== undefined) return { kind: "none" };
  const { at, origin: before } = run.state.exported;
  const jobId = openJobOf(run.state);
  const job = jobId === undefined ? undefined : await new ImportJobs(places.destination).find(jobId);
  const started = job !== undefined && hasStarted(job) ? job : undefined;
  const differences = differencesOf(before, originOf(places, rules));
  if (differences.length > 0) {
    const because = `The export of ${at} was made under other settings (${differences.join("; ")})`;
    if (started !== undefined && isActive(started)) throw underWay(because, started);
    return { kind: "over", run, why: "other_settings", because, ...(started === undefined ? {} : { job: started }) };
  }
  if (started !== undefined) return { kind: "going_on", run };
  if (isTooOld(run.state, context.now())) return { kind: "over", run, why: "too_old", because: tooOld(at) };
  if (jobId !== undefined && job === undefined)
    return { kind: "over", run, why: "job_gone", because: `Cognito no longer knows job ${jobId}` };
  return { kind: "going_on", run };
}

const underWay = (because: string, { JobId }: UserImportJobType): CommandError =>
  new CommandError(
    EXIT.CHECKS_FAILED,
    `${because}. Job ${JobId} is under way with it. Run the same command again when it has ended, or under those settings ` +
      "to follow it. Nothing was changed.",
  );

/** Of the part whose job has been made and is not known to have ended. */
export const openJobOf = ({ parts }: RunState): string | undefined =>
  parts.find(({ jobId, result }) => jobId !== undefined && result === undefined)?.jobId;

export const tooOld = (at: string): string =>
  `The export of ${at} is older than a day, and users may have been disabled since`;

/** Ends what is not gone on with, says why, and removes what is worth nothing. */
export async function resumedRun({ folder, places, context }: Work, open: OpenRun): Promise<Run | undefined> {
  const { terminal } = context;
  if (open.kind === "going_on") {
    terminal.say(`Going on with the import of ${open.run.state.exported?.at}.`);
    return open.run;
  }
  if (open.kind === "over") {
    if (open.job !== undefined) await writeDown({ context, destination: places.destination, run: open.run }, open.job);
    terminal.say(`${open.because}: the missing users are exported again.`);
  }
  for (const run of folder.runs()) {
    // One in which nobody was to import has a list of those who were left out, and the next run writes it anew.
    if (run.state.exported === undefined || run.state.parts.length === 0) {
      for (const path of removeRun(run.directory)) terminal.say(`Kept, because it is not ours: ${shownPath(path)}`);
    } else if (run.state.ended === undefined) endRun(run, open.kind === "over" ? open.why : "too_old", context.now());
  }
  return undefined;
}

export function endRun({ directory }: Run, why: EndReason, now: Date): void {
  appendStep(directory, { event: "ended", at: now.toISOString(), why });
}
