import { setTimeout as wait } from "node:timers/promises";
import type { UserImportJobType } from "@aws-sdk/client-cognito-identity-provider";
import { isActive } from "../aws/import-jobs";
import { UnusableAnswer } from "../aws/unusable-answer";
import { startProgress } from "../program/progress";
import { endStatusOf, type ImportJobs } from "./import-job";
import { idOf, type JobRun, stateNow } from "./job-run";
import { recordOutcomes } from "./record-outcomes";
import type { JobResult } from "./run-state";

type Recording = Omit<JobRun, "logsRoleArn">;

/** What a job has done that has ended while nobody looked. No other job is made. */
export async function writeDown(props: Recording, job: UserImportJobType): Promise<void> {
  const { parts } = stateNow(props.run);
  for (const [part, { rows, jobId, result }] of parts.entries())
    if (jobId === job.JobId && result === undefined) await finish(props, part, rows, job);
}

/** Milliseconds from one question to the next: a small job is over at once, a large one takes hours. */
const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;

export async function follow(
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
export async function finish(props: Recording, part: number, rows: number, job: UserImportJobType): Promise<JobResult> {
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
