import { setTimeout as wait } from "node:timers/promises";
import { paginateGetLogEvents } from "@aws-sdk/client-cloudwatch-logs";
import type { ConfirmedPool } from "../aws/confirmed-pool";
import { ifThere } from "../aws/if-there";
import { firstLineNumber, JobLog, parseLogLine, type RowOutcome } from "./job-log";

/** What became of each row of a file. */
export interface Outcomes {
  /** By row from 0; undefined where the log does not tell. */
  of(row: number): RowOutcome | undefined;
  /** Rows that were not imported, in order, with Cognito's words. */
  readonly notImported: readonly NotImported[];
  readonly complete: boolean;
  /** Lines of the log that no row could be found for. */
  readonly unplaced: readonly string[];
}

export interface NotImported {
  readonly row: number;
  readonly outcome: RowOutcome;
  readonly message: string;
}

/** The log may come behind the job: it is asked again after so many milliseconds. */
const WAITS = [250, 500, 1000, 2000, 4000, 8000, 16_000];

/**
 * Reads a job's log from CloudWatch Logs and finds the row of each of its lines.
 * https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-using-import-tool-cloudwatch.html
 *
 * @param expected How many rows the job says that it has dealt with.
 */
export async function readOutcomes(
  place: ConfirmedPool,
  job: { readonly jobId: string; readonly jobName: string },
  rows: number,
  expected: number,
  signal: AbortSignal,
): Promise<Outcomes> {
  let found = await readLog(place, job, rows);
  for (const milliseconds of WAITS) {
    if (found.seen >= expected) break;
    await wait(milliseconds, undefined, { signal });
    found = await readLog(place, job, rows);
  }
  return outcomesOf(found, rows);
}

async function readLog(
  { aws, userPool }: ConfirmedPool,
  job: { jobId: string; jobName: string },
  rows: number,
): Promise<JobLog> {
  const lines = new JobLog(rows);
  const stream = { logGroupName: logGroupOf(userPool), logStreamName: `${job.jobId}/${job.jobName}` };
  // The end gives the token back that it was asked with. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetLogEvents.html
  const pages = paginateGetLogEvents({ client: aws.logs(), stopOnSameToken: true }, { ...stream, startFromHead: true });
  // There may be no stream yet.
  await ifThere(["ResourceNotFoundException"], async () => {
    for await (const { events = [] } of pages)
      for (const { message = "" } of events) {
        const line = parseLogLine(message);
        if (line !== undefined) lines.add(line);
      }
  });
  return lines;
}

export const logGroupOf = ({ Id = "", Name = "" }: ConfirmedPool["userPool"]): string =>
  `/aws/cognito/userpools/${Id}/${Name}`;

function outcomesOf(log: JobLog, rows: number): Outcomes {
  const first = log.seen === 0 ? undefined : firstLineNumber(log.lowest, log.highest, log.seen, rows);
  if (first === undefined) {
    const unplaced = log.notImported.map(
      ({ lineNumber, outcome, message }) => `[${outcome}] Line Number ${lineNumber} - ${message}`,
    );
    return { of: () => undefined, notImported: [], complete: false, unplaced };
  }
  const notImported = log.notImported.map(({ lineNumber, ...line }) => ({ row: lineNumber - first, ...line }));
  return {
    of: (row) => log.outcomeOf(row + first),
    notImported: notImported.sort((a, b) => a.row - b.row),
    complete: log.seen === rows,
    unplaced: [],
  };
}
