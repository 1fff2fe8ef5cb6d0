import { setTimeout as wait } from "node:timers/promises";
import type { UserImportJobType } from "@aws-sdk/client-cognito-identity-provider";
import { visible } from "../../config/visible";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { activeImportJob, isActive } from "../aws/import-jobs";
import { UnusableAnswer } from "../aws/unusable-answer";
import type { Context } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { startProgress } from "../program/progress";
import { endStatusOf, hasExpiredUnused, ImportJobs } from "./import-job";
import { type Journal, readJournal } from "./journal";
import { recordOutcomes } from "./record-outcomes";
import { csvFile, journalFile } from "./run-files";
import { isTooOld, type JobResult, type PartState, type RunState, runState } from "./run-state";
import { UploadRefused, upload } from "./upload";
import type { Run } from "./work-folder";

export interface JobRun {
  readonly context: Context;
  readonly destination: ConfirmedPool;
  readonly run: Run;
  readonly journal: Journal;
  /** Role with which Cognito writes the job's log. */
  readonly logsRoleArn: string;
}

/** No job may begin with this export any more. */
export class ExportTooOld extends Error {
  override readonly name = "ExportTooOld";
}

/**
 * Brings one part after the other to the end of its job, from wherever the journal says that it stands.
 *
 * @returns the state in which the run ends: at the first job that has not succeeded, the rest is left.
 * @throws {ExportTooOld} when the export has become too old for the next job.
 */
export async function runJobs(props: JobRun): Promise<RunState> {
  const state = (): RunState => runState(readJournal(journalFile(props.run.directory)));
  for (const [part, { result }] of state().parts.entries()) {
    const status = (result ?? (await runPart(props, part, state))).status;
    if (status !== "Succeeded") break;
  }
  return state();
}

/** What a job has done that has ended while nobody looked. No other job is made. */
export async function writeDown(props: Omit<JobRun, "logsRoleArn">, job: UserImportJobType): Promise<void> {
  const { parts } = runState(readJournal(journalFile(props.run.directory)));
  for (const [part, { rows, jobId, result }] of parts.entries())
    if (jobId === job.JobId && result === undefined) await finish(props, part, rows, job);
}

/** How often a job is made anew because its address was spent before the file had gone. */
const MAX_TRIES = 3;

async function runPart(props: JobRun, part: number, state: () => RunState): Promise<JobResult> {
  props.context.signal.throwIfAborted();
  const jobs = new ImportJobs(props.destination);
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const job = await findOrCreate(props, jobs, part, state());
    const jobId = idOf(job);
    if (job.Status === "Created") {
      refuseOldExport(props, state());
      try {
        await upload(csvFile(props.run.directory, part), job.PreSignedUrl ?? "", props.context.signal);
      } catch (error) {
        if (!(error instanceof UploadRefused)) throw error;
        props.context.terminal.say(`Job ${jobId}: ${error.message}. Cognito lets it expire; a new one is made.`);
        forget(props, part);
        continue;
      }
      // Sending a large file can take hours.
      refuseOldExport(props, state());
      await jobs.start(jobId).catch(explainRefusal);
    }
    const { rows } = partOf(state(), part);
    return finish(props, part, rows, await follow(props, jobs, jobId, rows));
  }
  throw new CommandError(EXIT.AWS_REFUSED, `Part ${part + 1} could not be uploaded. Nothing of it is imported.`);
}

const partOf = (state: RunState, part: number): PartState => {
  const found = state.parts[part];
  if (found === undefined) throw new Error(`there is no part ${part}`);
  return found;
};

function idOf({ JobId }: UserImportJobType): string {
  if (JobId === undefined) throw new UnusableAnswer("Cognito", "an import job without its id");
  return JobId;
}

/** A job of this name is asked for in the next attempt, and another one is made. */
function forget({ journal, run }: JobRun, part: number): void {
  journal.append({ event: "creating", part, jobName: jobNameOf(run, part, readAttempts(run, part) + 1) });
}

const readAttempts = (run: Run, part: number): number =>
  partOf(runState(readJournal(journalFile(run.directory))), part).attempts;

const jobNameOf = (run: Run, part: number, attempt: number): string =>
  `cognito-migration-${run.name}-${part + 1}-${attempt}`;

/**
 * The journal says before each CreateUserImportJob what the job will be called. So a job that Cognito has made while this program was
 * killed is found by its name, and no second one is made.
 */
async function findOrCreate(
  { run, journal, logsRoleArn, context, destination }: JobRun,
  jobs: ImportJobs,
  part: number,
  state: RunState,
): Promise<UserImportJobType> {
  const known = partOf(state, part);
  if (known.jobId !== undefined) {
    const job = await jobs.describe(known.jobId);
    if (!hasExpiredUnused(job)) return job;
    context.terminal.say(`Job ${known.jobId} was never started and has expired; a new one is made.`);
  } else if (known.jobName !== undefined) {
    const job = await jobs.named(known.jobName);
    if (job?.JobId !== undefined && !hasExpiredUnused(job)) {
      journal.append({ event: "created", part, jobName: known.jobName, jobId: job.JobId });
      return job;
    }
  }
  refuseOldExport({ context }, state);
  refuseSecondJob(await activeImportJob(destination));
  const named = known.jobId === undefined ? known.jobName : undefined;
  const jobName = named ?? jobNameOf(run, part, known.attempts + 1);
  if (named === undefined) journal.append({ event: "creating", part, jobName });
  const job = await jobs.create(jobName, logsRoleArn).catch(explainRefusal);
  journal.append({ event: "created", part, jobName, jobId: idOf(job) });
  return job;
}

function refuseOldExport({ context }: Pick<JobRun, "context">, state: RunState): void {
  if (isTooOld(state, context.now())) throw new ExportTooOld("the export is older than a day");
}

function refuseSecondJob(active: UserImportJobType | undefined): void {
  if (active === undefined) return;
  throw new CommandError(
    EXIT.CHECKS_FAILED,
    `Another import job is active in this user pool: ${visible(active.JobName ?? "")} (${active.JobId}, ${active.Status}). ` +
      "An account can run one at a time. Run the same command again when it has ended; nothing was changed.",
  );
}

/** https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_StartUserImportJob.html */
const ACCOUNT_IS_BUSY = new Set(["PreconditionNotMetException", "LimitExceededException"]);

function explainRefusal(error: unknown): never {
  if (error instanceof Error && ACCOUNT_IS_BUSY.has(error.name))
    throw new CommandError(
      EXIT.AWS_REFUSED,
      `AWS refused the import job: ${error.name}: ${error.message}\n` +
        "An account can run one import job at a time, in all of its user pools. Run the same command again when that " +
        "one has ended: this import continues where it was.",
      { cause: error },
    );
  throw error;
}

/** Milliseconds from one question to the next: a small job is over at once, a large one takes hours. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;

async function follow(props: JobRun, jobs: ImportJobs, jobId: string, rows: number): Promise<UserImportJobType> {
  const { terminal, signal } = props.context;
  const progress = startProgress(terminal, "imported users", rows);
  try {
    for (let pause = FIRST_PAUSE; ; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
      const job = await jobs.describe(jobId);
      progress.update((job.ImportedUsers ?? 0) + (job.SkippedUsers ?? 0) + (job.FailedUsers ?? 0), rows);
      if (!isActive(job) && job.Status !== "Created") return job;
      await wait(pause, undefined, { signal });
    }
  } finally {
    progress.stop();
  }
}

/** What Cognito did with every row is on the disk before the journal says that the job is over. */
async function finish(
  props: Omit<JobRun, "logsRoleArn">,
  part: number,
  rows: number,
  job: UserImportJobType,
): Promise<JobResult> {
  const { context, destination, run, journal } = props;
  const status = endStatusOf(job);
  if (status === undefined)
    throw new UnusableAnswer("Cognito", `an import job that has ended as ${job.Status ?? "nothing"}`);
  const counts = {
    imported: job.ImportedUsers ?? 0,
    skipped: job.SkippedUsers ?? 0,
    failed: job.FailedUsers ?? 0,
  };
  const logComplete = await recordOutcomes(
    destination,
    { directory: run.directory, part, rows, jobId: idOf(job), jobName: job.JobName ?? "", ...counts },
    context,
  );
  const result: JobResult = {
    status,
    ...counts,
    ...(job.CompletionMessage === undefined ? {} : { message: job.CompletionMessage }),
    ...(job.StartDate === undefined ? {} : { started: job.StartDate.toISOString() }),
    ...(job.CompletionDate === undefined ? {} : { completed: job.CompletionDate.toISOString() }),
    logComplete,
  };
  journal.append({ event: "finished", part, jobId: idOf(job), result });
  return result;
}
