import { setTimeout as wait } from "node:timers/promises";
import { paginateGetLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { ifThere } from "../aws/if-there";
import { JobLog, parseLogLine } from "./job-log";

export interface EndedJob {
  readonly directory: string;
  readonly part: number;
  /** Users in the file. */
  readonly rows: number;
  readonly jobId: string;
  readonly jobName: string;
  readonly imported: number;
  readonly skipped: number;
  readonly failed: number;
}

/** The log may come behind the job: it is asked again after so many milliseconds. */
const WAITS = [250, 500, 1000, 2000, 4000, 8000, 16_000];

/**
 * Reads a job's log from CloudWatch Logs, until it tells of as many rows as the job says that it has dealt with.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-cloudwatch.html
 */
export async function readJobLog(place: ConfirmedPool, job: EndedJob, signal: AbortSignal): Promise<JobLog> {
  let log = await readOnce(place, job);
  for (const milliseconds of WAITS) {
    if (log.seen >= job.imported + job.skipped + job.failed) break;
    await wait(milliseconds, undefined, { signal });
    log = await readOnce(place, job);
  }
  return log;
}

async function readOnce({ aws, userPool }: ConfirmedPool, { jobId, jobName, rows }: EndedJob): Promise<JobLog> {
  const log = new JobLog(rows);
  const stream = { logGroupName: logGroupOf(userPool), logStreamName: `${jobId}/${jobName}` };
  // The end gives the token back that it was asked with. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
  const pages = paginateGetLogEvents({ client: aws.logs(), stopOnSameToken: true }, { ...stream, startFromHead: true });
  // There may be no stream yet.
  await ifThere(["ResourceNotFoundException"], async () => {
    for await (const { events = [] } of pages)
      for (const { message = "" } of events) {
        const line = parseLogLine(message);
        if (line !== undefined) log.add(line);
      }
  });
  return log;
}

export const logGroupOf = ({ Id = "", Name = "" }: ConfirmedPool["userPool"]): string =>
  `/aws/cognito/userpools/${Id}/${Name}`;
