import { setTimeout as wait } from "node:timers/promises";
import type { UserImportJobType } from "@aws-sdk/client-cognito-identity-provider";
import { isActive } from "../aws/import-jobs";
import { UnusableAnswer } from "../aws/unusable-answer";
import { CommandError, EXIT } from "../program/exit";
import { startProgress } from "../program/progress";
import { endStatusOf, ImportJobs } from "./import-job";
import { explainRefusal, giveUpJob, idOf, type JobRun, jobOfPart, refuseOldExport } from "./job-of-part";
import { appendStep, readState } from "./journal";
import { recordOutcomes } from "./record-outcomes";
import { csvFile } from "./run-files";
import type { JobResult } from "./run-state";
import { UploadRefused, upload } from "./upload";

type Recording = Omit<JobRun, "logsRoleArn">;

/**
 * Brings one part after the other to the end of its job, from wherever the journal says that it stands. At the first job that has not
 * succeeded, the rest is left.
 *
 * @throws {ExportTooOld} when the export has become too old for the next job.
 */
export async function runJobs(props: JobRun): Promise<void> {
  for (const [part, { rows, result }] of readState(props.run.directory).parts.entries()) {
    const { status } = result ?? (await runPart(props, part, rows));
    if (status !== "Succeeded") break;
  }
}

/** How often a job is made anew because its address was spent before the file had gone. */
const MAX_TRIES = 3;

async function runPart(props: JobRun, part: number, rows: number): Promise<JobResult> {
  props.context.signal.throwIfAborted();
  const jobs = new ImportJobs(props.destination);
  for (let attempt = 1; attempt <= MAX_TRIES; attempt += 1) {
    const job = await jobOfPart(props, jobs, part);
    const jobId = idOf(job);
    if (job.Status === "Created") {
      refuseOldExport(props);
      try {
        await upload(csvFile(props.run.directory, part), job.PreSignedUrl ?? "", props.context.signal);
      } catch (error) {
        if (!(error instanceof UploadRefused)) throw error;
        props.context.terminal.say(`Job ${jobId}: ${error.message}. Cognito lets it expire; a new one is made.`);
        giveUpJob(props, part);
        continue;
      }
      // Sending a large file can take hours.
      refuseOldExport(props);
      await jobs.start(jobId).catch(explainRefusal);
    }
    return finish(props, part, rows, await follow(props, jobs, jobId, rows));
  }
  throw new CommandError(EXIT.AWS_REFUSED, `Part ${part + 1} could not be uploaded. Nothing of it is imported.`);
}

/** What a job has done that has ended while nobody looked. No other job is made. */
export async function writeDown(props: Recording, job: UserImportJobType): Promise<void> {
  const { parts } = readState(props.run.directory);
  for (const [part, { rows, jobId, result }] of parts.entries())
    if (jobId === job.JobId && result === undefined) await finish(props, part, rows, job);
}

/** Milliseconds from one question to the next: a small job is over at once, a large one takes hours. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;

async function follow(
  { context: { terminal, signal } }: Recording,
  jobs: ImportJobs,
  jobId: string,
  rows: number,
): Promise<UserImportJobType> {
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
  { context, destination, run }: Recording,
  part: number,
  rows: number,
  job: UserImportJobType,
): Promise<JobResult> {
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
  appendStep(run.directory, { event: "finished", part, jobId: idOf(job), result });
  return result;
}
