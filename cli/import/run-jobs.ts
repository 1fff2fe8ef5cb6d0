import { CommandError, EXIT } from "../program/exit";
import { finish, follow } from "./end-of-job";
import { ImportJobs } from "./import-job";
import { explainRefusal, giveUpJob, jobOfPart, refuseOldExport } from "./job-of-part";
import { idOf, type JobRun, partNow, stateNow } from "./job-run";
import { csvFile } from "./run-files";
import type { JobResult, RunState } from "./run-state";
import { UploadRefused, upload } from "./upload";

/**
 * Brings one part after the other to the end of its job, from wherever the journal says that it stands.
 *
 * @returns the state in which the run ends: at the first job that has not succeeded, the rest is left.
 * @throws {ExportTooOld} when the export has become too old for the next job.
 */
export async function runJobs(props: JobRun): Promise<RunState> {
  for (const [part, { result }] of stateNow(props.run).parts.entries()) {
    const status = (result ?? (await runPart(props, part))).status;
    if (status !== "Succeeded") break;
  }
  return stateNow(props.run);
}

/** How often a job is made anew because its address was spent before the file had gone. */
const MAX_TRIES = 3;

async function runPart(props: JobRun, part: number): Promise<JobResult> {
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
    const { rows } = partNow(props.run, part);
    return finish(props, part, rows, await follow(props, jobs, jobId, rows));
  }
  throw new CommandError(EXIT.AWS_REFUSED, `Part ${part + 1} could not be uploaded. Nothing of it is imported.`);
}
