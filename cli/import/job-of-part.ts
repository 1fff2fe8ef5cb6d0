import type { UserImportJobType } from "@aws-sdk/client-cognito-identity-provider";
import { visible } from "../../config/visible";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { activeImportJob } from "../aws/import-jobs";
import { UnusableAnswer } from "../aws/unusable-answer";
import type { Context } from "../program/command";
import { CommandError, EXIT } from "../program/exit";
import { hasExpiredUnused, type ImportJobs } from "./import-job";
import { appendStep, readState } from "./journal";
import { isTooOld, type PartState } from "./run-state";
import type { Run } from "./work-folder";

export interface JobRun {
  readonly context: Context;
  readonly destination: ConfirmedPool;
  readonly run: Run;
  /** Role with which Cognito writes the job's log. */
  readonly logsRoleArn: string;
}

/** No job may begin with this export any more. */
export class ExportTooOld extends Error {
  override readonly name = "ExportTooOld";
}

/**
 * The journal says before each CreateUserImportJob what the job will be called. So a job that Cognito has made while this program was
 * killed is found by its name, and no second one is made.
 */
export async function jobOfPart(
  { run, logsRoleArn, context, destination }: JobRun,
  jobs: ImportJobs,
  part: number,
): Promise<UserImportJobType> {
  const known = partNow(run, part);
  if (known.jobId !== undefined) {
    const job = await jobs.describe(known.jobId);
    if (!hasExpiredUnused(job)) return job;
    context.terminal.say(`Job ${known.jobId} was never started and has expired; a new one is made.`);
  } else if (known.jobName !== undefined) {
    const job = await jobs.named(known.jobName);
    if (job?.JobId !== undefined && !hasExpiredUnused(job)) {
      appendStep(run.directory, { event: "created", part, jobName: known.jobName, jobId: job.JobId });
      return job;
    }
  }
  refuseOldExport({ context, run });
  refuseSecondJob(await activeImportJob(destination));
  const named = known.jobId === undefined ? known.jobName : undefined;
  const jobName = named ?? jobNameOf(run, part, known.attempts + 1);
  if (named === undefined) appendStep(run.directory, { event: "creating", part, jobName });
  const job = await jobs.create(jobName, logsRoleArn).catch(explainRefusal);
  appendStep(run.directory, { event: "created", part, jobName, jobId: idOf(job) });
  return job;
}

/** A job of this name is asked for in the next attempt, and another one is made. */
export function giveUpJob({ run }: JobRun, part: number): void {
  const jobName = jobNameOf(run, part, partNow(run, part).attempts + 1);
  appendStep(run.directory, { event: "creating", part, jobName });
}

function partNow({ directory }: Run, part: number): PartState {
  const found = readState(directory).parts[part];
  if (found === undefined) throw new Error(`there is no part ${part}`);
  return found;
}

export function idOf({ JobId }: UserImportJobType): string {
  if (JobId === undefined) throw new UnusableAnswer("Cognito", "an import job without its id");
  return JobId;
}

const jobNameOf = (run: Run, part: number, attempt: number): string =>
  `cognito-migration-${run.name}-${part + 1}-${attempt}`;

export function refuseOldExport({ context, run }: Pick<JobRun, "context" | "run">): void {
  if (isTooOld(readState(run.directory), context.now())) throw new ExportTooOld("the export is older than a day");
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

export function explainRefusal(error: unknown): never {
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
